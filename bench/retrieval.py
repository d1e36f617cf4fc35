"""Ways to find passages, side by side, on every question set: words, meaning, both, and with routing.

    python -m bench.retrieval ../shared/eval --keep FOLDER [--sets cuad squad2] [--questions 400]

Each set's corpus is taken into a vault of its own below FOLDER (minutes the first time, kept). The same
questions, drawn once by their ids, go to every method: over the whole corpus ("open"), and where the set says
which document a question is about, inside that document ("scoped"). Gold that is spans is measured in
characters, k being a budget of k times 500 of them; gold that is documents by nDCG@10 and recall@100, in the
order in which their places come. The last line is the product as it answers without the reader, which
`bench.reader` measures: the sentences of its best passages in the order of evidence, then the other passages;
with it, evidence sentences and abstention are measured as well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bench.machine import command_line, facts
from evaluation.cached_vault import USER, CachedVault, cached_vault
from evaluation.measures import Place, auroc, character_recall_precision, evidence_hit, ndcg, recall
from evaluation.question_set import TextQuestion, load_set
from evaluation.temporary_vault import COLLECTION
from rag.evidence.abstain import answerability
from rag.evidence.evidence import EvidenceSentence
from rag.evidence.reading_order import reading_order
from rag.retrieval.search import METHOD, Method, Scope, Search
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings

METHODS: dict[str, Method | None] = {
    "BM25": Method(lexical=1, dense=0, document=0, routing=0),
    "dense": Method(lexical=0, dense=1, document=0, routing=0),
    "hybrid": Method(document=0, routing=0),
    "hybrid + document words": Method(routing=0),
    "hybrid + document words + routing": METHOD,
    "the product: with sentences first": None,
}
_RANKED = 120
_CUTS = (1, 8, 64)
_UNNAMED = ("squad2", "policyqa")
"""Sets whose questions do not name their document: nobody could answer them openly."""


@dataclass(slots=True)
class Measured:
    """Values of each measure, one a question."""

    values: dict[str, list[float]] = field(default_factory=dict)
    scores: list[float] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)

    def note(self, name: str, value: float) -> None:
        """Add the value of one question."""
        self.values.setdefault(name, []).append(value)

    def mean(self, name: str) -> str:
        """As a percentage; empty where the set has no gold for the measure."""
        values = self.values.get(name)
        return f"{100 * sum(values) / len(values):.1f}" if values else ""


def drawn(questions: Sequence[TextQuestion], count: int) -> list[TextQuestion]:
    """`count` questions (0: all), the same ones in every run."""
    ordered = sorted(questions, key=lambda one: sha256(one.id.encode()).hexdigest())
    return ordered[: count or None]


def measure(
    there: CachedVault, embedder: Embedder, asked: Sequence[TextQuestion], method: Method | None, scoped: bool
) -> Measured:
    """One method on one set; None is the product with its evidence sentences."""
    measured, names, settings = Measured(), there.names, Settings(data=Path())
    for question in asked:
        inside = (there.ids[question.document],) if scoped and question.document else None
        found = Search(
            there.vault,
            embedder,
            Scope(USER, (COLLECTION,), inside),
            candidates=_RANKED,
            limit=_RANKED,
            method=method or METHOD,
        ).find(question.question)
        places = [
            (passage.document.sha256, piece.span) for passage in found.passages for piece in passage.slices
        ]
        if method is None:
            sentences, places = reading_order(found.question, found.passages, embedder, settings.passages)
            note_evidence(measured, question, sentences, names, settings.abstain_below)
        note_ranking(measured, question, [(names[s], one.start, one.end) for s, one in places])
    return measured


def note_ranking(measured: Measured, question: TextQuestion, places: Sequence[Place]) -> None:
    """What is right among the ranked places and documents."""
    if question.spans:
        for k in _CUTS:
            there, precise = character_recall_precision(places, question.spans, k)
            measured.note(f"recall@{k}", there)
            measured.note(f"precision@{k}", precise)
        first = places[0][0] if places else ""
        measured.note("document@1", float(first == question.spans[0][0]))
    if question.relevant:
        documents = list(dict.fromkeys(name for name, _, _ in places))
        measured.note("nDCG@10", ndcg(documents, set(question.relevant), 10))
        measured.note("recall@100", recall(documents, set(question.relevant), 100))


def note_evidence(
    measured: Measured,
    question: TextQuestion,
    sentences: Sequence[EvidenceSentence],
    names: dict[str, str],
    least: float,
) -> None:
    """Evidence sentences, and what abstention makes of them."""
    if question.spans:
        places = [(names[one.citation.sha256], one.citation.start, one.citation.end) for one in sentences]
        measured.note("evidence hit@1", float(evidence_hit(places, question.spans, 1)))
        measured.note("evidence hit@3", float(evidence_hit(places, question.spans, 3)))
    score = answerability(sentences)
    measured.scores.append(score)
    measured.labels.append(question.answerable)
    if question.answerable:
        measured.note("wrong refusals", float(score < least))
    else:
        measured.note("right refusals", float(score < least))


def rows(
    name: str, there: CachedVault, embedder: Embedder, asked: Sequence[TextQuestion]
) -> Iterator[list[str]]:
    """The set's lines: set, scope, method, then the measures."""
    for scoped in (False, True):
        if (scoped and not any(one.document for one in asked)) or (not scoped and name in _UNNAMED):
            continue
        if scoped and not any(one.spans for one in asked):
            continue
        for label, method in METHODS.items():
            # Only the product says "not found": the others are asked what has an answer.
            kept = asked if method is None else [one for one in asked if one.spans or one.relevant]
            measured = measure(there, embedder, kept, method, scoped)
            separation = auroc(measured.scores, measured.labels)
            line = [name, "scoped" if scoped else "open", label]
            line += [measured.mean(column) for column in COLUMNS]
            line += ["" if separation is None else f"{separation:.3f}", measured.mean("wrong refusals")]
            line += [measured.mean("right refusals")]
            print(" | ".join(line), file=sys.stderr, flush=True)
            yield line


COLUMNS = (
    "nDCG@10", "recall@100", "document@1", "recall@1", "precision@1", "recall@8", "recall@64",
    "evidence hit@1", "evidence hit@3",
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="a folder of sets")
    parser.add_argument("--keep", type=Path, required=True, help="where the vaults are kept")
    parser.add_argument("--sets", nargs="*", help="names of sets; without it, all")
    parser.add_argument("--questions", type=int, default=400, help="of each set; 0 for all")
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.retrieval"))
    cache = Settings.load().data.absolute() / "embedder"
    embedder = load_embedder(cache)
    head = ["set", "search", "method", *COLUMNS, "abstention AUROC", "wrong refusals", "right refusals"]
    lines += ["", "| " + " | ".join(head) + " |", "| --- | --- | --- |" + " ---: |" * (len(head) - 3)]
    for folder in sorted(chosen.folder.iterdir()):
        if (folder / "questions.jsonl.gz").is_file() and folder.name in (chosen.sets or [folder.name]):
            questions = load_set(folder)
            asked = drawn(questions.questions, chosen.questions)
            with cached_vault(questions, chosen.keep, embedder) as there:
                lines += ["| " + " | ".join(row) + " |" for row in rows(folder.name, there, embedder, asked)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
