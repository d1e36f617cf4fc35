"""With the reader and without, side by side: ranking, evidence, words, abstention, support, and time.

    python -m bench.reader ../shared --keep FOLDER [--questions 80] [--sets squad2 cuad]

The questions are on documents that neither trained the reader nor chose a weight (`training/split.py`), in
parts of the sets that two cores can embed in minutes (`training/reduced.py`). Compare the figures within a
line, not with those of whole sets. Each question is searched once, and both ways continue with the same
passages.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bench.machine import command_line, facts
from bench.reader_found import ASKED, FoundQuestion, found_questions, scope_name, without_readings
from evaluation.measures import auroc, character_recall_precision, evidence_hit, ndcg, percentile, token_f1
from rag.evidence.abstain import answerability
from rag.evidence.evidence import EvidenceSentence, find_evidence, with_answer_words
from rag.reader.load import load_reader
from rag.reader.reader import NO_SUPPORT, SUPPORTS, Reader, Support
from rag.retrieval.rerank import read_in_full, sort_by_score
from rag.retrieval.shown import reader_passage
from training.figures import macro_f1
from training.hypotheses import LABELS
from training.sets import labels_of
from training.split import Side
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings

_READ_FOR_SUPPORT = 8
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
COLUMNS = ("nDCG@10", "recall@8", "evidence hit@1", "evidence hit@3", "words F1", "AUROC", "wrong", "right")
Measures = dict[str, list[float]]


def measure(
    each: Sequence[FoundQuestion], embedder: Embedder, reader: Reader | None
) -> tuple[Measures, list[float]]:
    """Return the values of each measure, one for each question, and the milliseconds from search to
    evidence."""
    settings = Settings(data=Path())
    values: Measures = {}
    times: list[float] = []
    scores: list[float] = []
    labels: list[bool] = []

    def note(name: str, value: float) -> None:
        values.setdefault(name, []).append(value)

    for one in each:
        passages = without_readings(one.passages)
        if one.asked.relevant:
            ranked = passages if reader is None else sort_by_score(one.passages)
            note("nDCG@10", ndcg(one.documents(ranked), set(one.asked.relevant), 10))
        if one.asked.answerable and not one.asked.spans:
            # Gold that names only documents says nothing about sentences.
            continue
        started = time.perf_counter()
        if reader is not None:
            passages = read_in_full(one.question, sort_by_score(one.passages), reader, settings.passages)
        best = passages[: settings.passages]
        sentences = find_evidence(one.question, best, embedder, None)
        shown = with_answer_words(sentences[: settings.evidence_sentences], best)
        times.append((time.perf_counter() - started) * 1000 + (one.read_ms if reader else 0.0))
        score = answerability(sentences)
        scores.append(score)
        labels.append(one.asked.answerable)
        note("wrong" if one.asked.answerable else "right", float(score < settings.abstain_below))
        evidence = [(one.names[s.citation.sha256], s.citation.start, s.citation.end) for s in sentences]
        if one.asked.spans:
            places = evidence + one.places(passages[settings.passages :])
            note("recall@8", character_recall_precision(places, one.asked.spans, 8)[0])
            note("evidence hit@1", float(evidence_hit(evidence, one.asked.spans, 1)))
            note("evidence hit@3", float(evidence_hit(evidence, one.asked.spans, 3)))
            if one.asked.answers and shown:
                note("words F1", token_f1(_answer_words(shown[0]), one.asked.answers))
    separation = auroc(scores, labels)
    if separation is not None:
        values["AUROC"] = [separation]
    return values, times


def _answer_words(sentence: EvidenceSentence) -> str:
    """Return the words that the reader marks, or else the whole sentence."""
    place, words = sentence.citation, sentence.words
    return place.quote if words is None else place.quote[words.start - place.start : words.end - place.start]


def support_lines(shared: Path, each: Sequence[FoundQuestion], reader: Reader) -> Iterator[str]:
    """Yield the lines of the support head: hypotheses on contracts, judged by the best passages of the
    contract."""
    labels = labels_of(shared / "eval" / "contractnli")
    supports: list[tuple[Support, int]] = []
    for one in each:
        hypothesis, label = labels[one.asked.id]
        best = sort_by_score(one.passages)[:_READ_FOR_SUPPORT]
        of_passages = reader.support(hypothesis, [reader_passage(passage) for passage in best])
        supports.append((clearest(of_passages), SUPPORTS.index(LABELS[label])))
    for threshold in _THRESHOLDS:
        pairs = [(label_of(support, threshold), right) for support, right in supports]
        confusion = Counter(pairs)
        rows = " / ".join(" ".join(str(confusion[found, right]) for found in range(3)) for right in range(3))
        yield f"| contractnli | {threshold} | {100 * macro_f1(pairs):.1f} | {rows} |"


def clearest(supports: Sequence[Support]) -> Support:
    """Return the judgement of the passage that addresses the statement most surely, either way."""
    return min(supports, key=lambda one: one.not_addressed, default=NO_SUPPORT)


def label_of(support: Support, threshold: float) -> int:
    """Return the label's index: supported or contradicted if the two together reach the threshold."""
    if 1 - support.not_addressed < threshold:
        return 2
    return int(support.contradicted > support.supported)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="where the vaults are kept")
    parser.add_argument("--questions", type=int, default=80, help="of each set")
    parser.add_argument("--sets", nargs="*", help="names of sets; without it, all")
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.reader"))
    embedder = load_embedder(chosen.keep / "embedder")
    reader = load_reader(chosen.keep / "embedder")
    lines += ["", "| set | search | reader | " + " | ".join(COLUMNS) + " | evidence, ms p50 |"]
    lines += ["| --- | --- | --- |" + " ---: |" * (len(COLUMNS) + 1)]
    support: list[str] = []
    read_ms: list[float] = []
    for name, scoped in ASKED:
        if chosen.sets and name not in chosen.sets:
            continue
        each = found_questions(
            chosen.shared, chosen.keep, name, scoped, Side.REPORT, chosen.questions, embedder, reader
        )
        read_ms += [one.read_ms for one in each]
        for way in (None, reader):
            values, times = measure(each, embedder, way)
            cells = [f"{100 * float(np.mean(values[c])):.1f}" if c in values else "" for c in COLUMNS]
            cells.append(f"{percentile(times, 0.5):.0f}" if times else "")
            line = f"| {name} | {scope_name(scoped)} | {'with' if way else 'without'} | "
            lines.append(line + " | ".join(cells) + " |")
            print(lines[-1], file=sys.stderr, flush=True)
        if name == "contractnli" and scoped:
            support += support_lines(chosen.shared, each, reader)
    lines += [
        "",
        f"30 candidates read: p50 {percentile(read_ms, 0.5):.0f} ms, p95 {percentile(read_ms, 0.95):.0f} ms",
    ]
    lines += [
        "",
        "| support | least | macro F1 | supported / contradicted / not addressed, as found |",
        "| --- | ---: | ---: | --- |",
    ]
    lines += support
    print("\n".join(lines))


if __name__ == "__main__":
    main()
