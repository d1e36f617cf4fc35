"""Fit how the reader's scores are joined with the others (`rag.retrieval.rerank`, `rag.evidence`).

    python -m bench.fit_reader ../shared --keep FOLDER [--questions 60]

On the documents that choose (`training/split.py`): the reader was not trained on them, and `bench/reader.py`
takes no figure from them. Prints what to put into the three files.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.fit_evidence import Asked, fit_decision, hits, refused, separation, without_answer
from bench.reader_found import ASKED, CLOSELY, Held, held, how
from evaluation.measures import character_recall_precision, evidence_hit, ndcg
from rag.evidence import abstain, evidence
from rag.evidence.evidence import candidates
from rag.reader.load import load_reader
from rag.reader.reader import Reader
from rag.retrieval.rerank import completed, in_order
from training.split import MEASURE_ONLY, Side
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.settings import Settings

WEIGHTS = (0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.24, 0.4, 1.0)
_MOST_ANSWERABLE, _ANSWERABLE = "reader_most_answerable", "reader_answerable"
SIGNALS = (*dict.fromkeys((*evidence.READER_WEIGHTS, *abstain.READER_WEIGHTS, _ANSWERABLE)),)
SENTENCE_WEIGHTS = (0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0)
_LEASTS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
Searched = Mapping[tuple[str, bool], Sequence[Held]]
"""By set, and whether the questions were asked of their document only."""
Signalled = dict[tuple[str, bool], list[Asked]]


def ranked_well(one: Held, weight: float) -> float | None:
    """nDCG@10, or recall of gold characters in the first 4,000; None without gold."""
    passages = in_order(one.passages, weight)
    if one.asked.spans:
        return character_recall_precision(one.places(passages), one.asked.spans, 8)[0]
    if one.asked.relevant:
        return ndcg(one.documents(passages), set(one.asked.relevant), 10)
    return None


def asked_of(one: Held, weight: float, embedder: Embedder, reader: Reader) -> Asked:
    """The signals of the sentences of the best passages in the order that `weight` gives."""
    passages = completed(one.understood, in_order(one.passages, weight)[:CLOSELY], reader, CLOSELY)
    rows, places, gold = [], [], []
    for index, sentence, signals in candidates(one.understood, passages, embedder):
        place = (one.names[passages[index].document.sha256], sentence.span.start, sentence.span.end)
        rows.append([signals[name] for name in SIGNALS])
        places.append(place)
        gold.append(evidence_hit([place], one.asked.spans, 1))
    signals_of = np.array(rows, dtype=np.float32).reshape(-1, len(SIGNALS))
    return Asked(signals_of, np.array(gold), places, list(one.asked.spans), one.asked.answerable, True)


def unanswered(asked: Sequence[Asked]) -> list[Asked]:
    """The same questions where the documents that answer them are not among those searched."""
    made = without_answer(asked)
    for one in made:
        one.signals[:, SIGNALS.index(_MOST_ANSWERABLE)] = one.signals[:, SIGNALS.index(_ANSWERABLE)].max()
    return made


def judged(one: Asked, ranking: np.ndarray, old: np.ndarray) -> Asked:
    """The best sentence alone: what the decision without the reader makes of it, and the reader's best
    word."""
    best = one.signals[int(np.argmax(one.signals @ ranking))]
    signals = np.array([[best @ old, best[SIGNALS.index(_MOST_ANSWERABLE)]]], dtype=np.float32)
    return replace(one, signals=signals, places=one.places[:1], gold=one.gold[:1])


def fit_relevance(found: Searched, given: float | None) -> float:
    """Print how well each weight ranks, and return the one that is best on the mean, or the one given."""
    print("weight", *WEIGHTS, sep="\t")
    means = []
    for (name, scoped), each in found.items():
        values = [
            [score for one in each if (score := ranked_well(one, weight)) is not None] for weight in WEIGHTS
        ]
        line = [100 * float(np.mean(some)) for some in values]
        # A set whose licence lets it measure only is printed, and chooses nothing.
        means += [] if name in MEASURE_ONLY else [line]
        print(f"{name} {how(scoped)}", *(f"{value:.1f}" for value in line), sep="\t")
    mean = np.mean(means, axis=0)
    print("mean", *(f"{value:.1f}" for value in mean), sep="\t")
    weight = WEIGHTS[int(np.argmax(mean))] if given is None else given
    print("WEIGHT =", weight)
    return weight


def signals_of(found: Searched, weight: float, embedder: Embedder, reader: Reader, cache: Path) -> Signalled:
    """The signals of the questions whose gold is spans, from the file when they are there."""
    if cache.is_file():
        kept: Signalled = pickle.loads(cache.read_bytes())  # our own file, written below
        return kept
    asked = {
        where: [asked_of(one, weight, embedder, reader) for one in each]
        for where, each in found.items()
        if any(one.asked.spans for one in each)
    }
    cache.write_bytes(pickle.dumps(asked))
    return asked


def fit_sentences(asked: Signalled) -> np.ndarray:
    """Print how often each weight of the reader's word on a sentence puts a right one first, or among the
    first three; returns the weights of all signals with the best one."""
    others = np.array([evidence.WEIGHTS.get(name, 0.0) for name in SIGNALS])
    readers = np.array([float(name == "reader_sentence") for name in SIGNALS])
    print("reader_sentence", *SENTENCE_WEIGHTS, sep="\t")
    found_right = []
    for (name, scoped), each in asked.items():
        weights = [others + weight * readers for weight in SENTENCE_WEIGHTS]
        shares = [(hits(each, some, 1), hits(each, some, 3)) for some in weights]
        found_right.append([one + three for one, three in shares])
        cells = [f"{100 * one:.0f}/{100 * three:.0f}" for one, three in shares]
        print(f"{name} {how(scoped)}, hit@1/@3", *cells, sep="\t")
    best = SENTENCE_WEIGHTS[int(np.argmax(np.mean(found_right, axis=0)))]
    print("weight of reader_sentence:", best)
    return others + best * readers


def as_careful(asked: Signalled, best: np.ndarray, decision: np.ndarray) -> float:
    """The intercept with which, on the mean over the sets, no more questions that have an answer are refused
    than without the reader, and as many of the others as that allows."""
    least = Settings(data=Path()).abstain_below

    def wrongly(decided: np.ndarray) -> float:
        return float(np.mean([refused(each, best, decided, least)[0] for each in asked.values()]))

    allowed = wrongly(np.array([abstain.INTERCEPT, 1.0, 0.0]))
    shifts = np.arange(-3.0, 3.0, 0.05)
    return min(
        float(decision[0] + shift)
        for shift in shifts
        if wrongly(decision + np.array([shift, 0.0, 0.0])) <= allowed
    )


def fit_abstention(asked: Signalled, ranking: np.ndarray) -> None:
    """Print the logistic regression, and what it and `rag/evidence/abstain.py` make of the questions."""
    for (_, scoped), each in asked.items():
        each += [] if scoped else unanswered(each)
    old = np.array([abstain.WEIGHTS.get(name, 0.0) for name in SIGNALS])
    asked = {
        where: [judged(one, ranking, old) for one in each if len(one.signals)]
        for where, each in asked.items()
    }
    best = np.array([1.0, 0.0])
    fitted = fit_decision(list(asked.values()), best)
    word = abstain.READER_WEIGHTS[_MOST_ANSWERABLE]
    given = np.array([abstain.READER_INTERCEPT, abstain.KEPT, word])
    for title, decision in (("fitted", fitted), ("as it is in rag/evidence/abstain.py", given)):
        print(
            f"abstention, {title}: intercept, what is decided without the reader, the reader:",
            decision.round(2),
            "; intercept with the wrong refusals that there are without the reader:",
            round(as_careful(asked, best, decision), 2),
        )
        for (name, scoped), each in asked.items():
            if all(one.answerable for one in each):
                continue
            print(
                f"{name} {how(scoped)} (fitted on): "
                f"AUROC {separation(each, best, decision):.3f}, refused wrongly/rightly",
                *(
                    f"{least}: {100 * wrong:.0f}/{100 * right:.0f} %"
                    for least in _LEASTS
                    for wrong, right in [refused(each, best, decision, least)]
                ),
            )


def main() -> None:
    """Search and read, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="where the vaults are kept")
    parser.add_argument("--questions", type=int, default=60, help="of each set")
    parser.add_argument("--weight", type=float, help="of the reader's relevance; without it, the best")
    given = parser.parse_args()
    embedder = load_embedder(given.keep / "embedder")
    reader = load_reader(given.keep / "embedder")
    found = {
        (name, scoped): held(
            given.shared, given.keep, name, scoped, Side.FIT, given.questions, embedder, reader
        )
        for name, scoped in ASKED
    }
    weight = fit_relevance(found, given.weight)
    file = f"signals-{reader.sha256[:12]}-{given.questions}-{weight}-{len(SIGNALS)}.pickle"
    asked = signals_of(found, weight, embedder, reader, given.keep / "found" / file)
    fit_abstention(asked, fit_sentences(asked))


if __name__ == "__main__":
    main()
