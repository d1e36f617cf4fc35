"""Build the training rows from the question sets, with hard negatives from the product's own search.

    python -m training.rows ../shared --keep FOLDER --to bench/out/rows [--sets eval/squad2 train/fever_pairs]

Each set is added to a vault below FOLDER, which is kept as in `bench/retrieval.py`, and written into one
file; a set whose file exists is skipped. Questions on documents of the side `fit` (`split.py`) go into files
ending in `.fit.jsonl.gz`, which give the figures that training prints. Those of the side `report` are not
written.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evaluation.cached_vault import USER, CachedVault, cached_vault
from evaluation.question_set import QuestionSet, TextQuestion
from evaluation.temporary_vault import COLLECTION
from rag.retrieval.passage import Passage
from rag.retrieval.search import Scope, Search
from training.hypotheses import hypothesis_claims
from training.marks import candidate
from training.reduced import home, reduced, side_of
from training.row import Group, Row, write_rows
from training.sets import labels_of, questions_of, statements_of
from training.split import MEASURE_ONLY, Side, linked, side
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress

_INSIDE = frozenset(
    {"squad2", "contractnli", "policyqa", "cuad", "covid_qa", "doc2dial_val", "evidence_inference"}
)
"""Sets of long documents: for them the passages of a group come from the question's own document."""
_FOUND = 24
_RIGHT, _WRONG = 3, 7
"""Passages kept for each question."""


def groups_of(
    questions: QuestionSet, cached: CachedVault, embedder: Embedder, wanted: Side
) -> Iterator[tuple[TextQuestion, Group]]:
    """Yield the set's questions on the wanted side, each with the passages that a search finds for it."""
    name = questions.name
    links = linked([one.relevant for one in questions.questions if one.relevant])
    names = cached.names
    sides = {document: side(name, links.get(document, document)) for document in cached.ids}
    for question in questions.questions:
        if side_of(name, question, links) is not wanted:
            continue
        documents = (cached.ids[home(question, {})],) if name in _INSIDE else None
        found = Search(
            cached.vault, embedder, Scope(USER, (COLLECTION,), documents), candidates=60, limit=_FOUND
        ).find(question.question)
        passages = [one for one in found.passages if sides[names[one.document.sha256]] is wanted]
        missed = _missed(question, passages, cached, names)
        candidates = [candidate(one, names[one.document.sha256], question) for one in (*missed, *passages)]
        right = [one for one in candidates if one.relevant][:_RIGHT]
        wrong = [one for one in candidates if not one.relevant][:_WRONG]
        if wrong and (right or not question.answerable):
            forms = (found.question.asking, *_forms(question))
            yield question, Group(name, tuple(dict.fromkeys(forms)), (*right, *wrong))


def _missed(
    question: TextQuestion, found: Sequence[Passage], cached: CachedVault, names: dict[str, str]
) -> list[Passage]:
    """Return a passage that answers if the search found none: these are the hardest examples."""
    if question.spans or not question.relevant:
        return []
    if any(names[one.document.sha256] in question.relevant for one in found):
        return []
    collection = cached.collection
    document = collection.catalogue.document(cached.ids[question.relevant[0]])
    return [
        Passage(collection.name, document, stored.id, stored.chunk.ordinal, stored.chunk.heading,
                tuple(collection.slices(stored)), 0.0, 0.0, 0.0, 0.0)
        for stored in collection.catalogue.chunks.of(document.sha256)[:1]
    ]  # fmt: skip


def _forms(question: TextQuestion) -> Iterator[str]:
    """Yield other ways to ask for the same passages: the whole question, and its answer as a claim."""
    yield question.question
    if question.relevant and not question.spans and question.answers:
        claim = question.answers[0]
        if 5 <= len(claim.split()) <= 60:
            yield claim


def rows_of(folder: Path, keep: Path, embedder: Embedder, wanted: Side) -> Iterator[Row]:
    """Yield the groups of a set, and its own statements."""
    questions = reduced(questions_of(folder), random.Random(1))
    yield from statements_of(folder, wanted)
    if not questions.questions:
        return
    labels = labels_of(folder)
    with cached_vault(questions, keep, embedder) as cached:
        for question, group in groups_of(questions, cached, embedder, wanted):
            if question.id in labels:
                hypothesis, label = labels[question.id]
                group = replace(group, forms=(*group.forms, hypothesis))
                yield from hypothesis_claims(group, hypothesis, label)
            yield group


def main() -> None:
    """Build the rows, write them and print how many there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="where the vaults are kept")
    parser.add_argument("--to", type=Path, required=True, help="where the rows go")
    parser.add_argument("--sets", nargs="+", required=True, help="such as eval/squad2")
    chosen = parser.parse_args()
    guard_egress()
    chosen.to.mkdir(parents=True, exist_ok=True)
    embedder = load_embedder(chosen.keep / "embedder")
    for name in chosen.sets:
        folder = chosen.shared / name
        if folder.name in MEASURE_ONLY:
            sys.exit(f"{name} may not train: its licence lets it measure only.")
        for wanted in (Side.FIT, Side.TRAIN):
            path = chosen.to / f"{folder.name}{'.fit' if wanted is Side.FIT else ''}.jsonl.gz"
            if path.is_file():
                continue
            started = time.monotonic()
            count = write_rows(path, rows_of(folder, chosen.keep, embedder, wanted))
            print(f"{path.name}: {count} rows, {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
