"""Fit the weights of the reader's scores beside the other scores (`rag.retrieval.rerank`, `rag.evidence`).

    python -m bench.fit_reader ../shared --keep FOLDER [--questions 60] [--write]

It uses the documents of the side `fit` (`training/split.py`): the reader was not trained on them, and
`bench/reader.py` takes no figures from them. The weights are printed; `--write` writes them into
`rag/weights/weights.yaml`, except those that were set by hand.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.fit_evidence import Asked, fit_decision, hits, refused, separation, without_answer
from bench.kept import kept
from bench.reader_found import ASKED, EVIDENCE_PASSAGES, FoundQuestion, found_questions, scope_name
from evaluation.measures import character_recall_precision, evidence_hit, ndcg
from rag.evidence import abstain, evidence
from rag.evidence.evidence import candidates
from rag.reader.load import load_reader
from rag.reader.reader import Reader
from rag.retrieval.rerank import read_in_full, sort_by_score
from rag.weights.weights import WEIGHTS_FILE, format_weights, load_weights, with_fitted
from training.split import MEASURE_ONLY, Side
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.settings import Settings

WEIGHTS = (0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.24, 0.4, 1.0)
_MOST_ANSWERABLE, _ANSWERABLE = "reader_most_answerable", "reader_answerable"
SIGNALS = (*dict.fromkeys((*evidence.READER_WEIGHTS, *abstain.READER_WEIGHTS, _ANSWERABLE)),)
SENTENCE_WEIGHTS = (0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0)
_THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
FoundBySet = Mapping[tuple[str, bool], Sequence[FoundQuestion]]
"""By set, and whether each question was asked of its own document only."""
SignalsBySet = dict[tuple[str, bool], list[Asked]]


def ranking_score(one: FoundQuestion, weight: float) -> float | None:
    """Return nDCG@10, or the recall of gold characters in the first 4,000; None without gold."""
    passages = sort_by_score(one.passages, weight)
    if one.asked.spans:
        return character_recall_precision(one.places(passages), one.asked.spans, 8)[0]
    if one.asked.relevant:
        return ndcg(one.documents(passages), set(one.asked.relevant), 10)
    return None


def with_signals(one: FoundQuestion, weight: float, embedder: Embedder, reader: Reader) -> Asked:
    """Return the signals of the sentences in the best passages, ordered by `weight`."""
    best = sort_by_score(one.passages, weight)[:EVIDENCE_PASSAGES]
    passages = read_in_full(one.question, best, reader, EVIDENCE_PASSAGES)
    rows, places, gold = [], [], []
    for index, sentence, signals in candidates(one.question, passages, embedder):
        place = (one.names[passages[index].document.sha256], sentence.span.start, sentence.span.end)
        rows.append([signals[name] for name in SIGNALS])
        places.append(place)
        gold.append(evidence_hit([place], one.asked.spans, 1))
    signals_of = np.array(rows, dtype=np.float32).reshape(-1, len(SIGNALS))
    return Asked(signals_of, np.array(gold), places, list(one.asked.spans), one.asked.answerable, True)


def unanswered(asked: Sequence[Asked]) -> list[Asked]:
    """Return the same questions as if the documents that answer them were not searched."""
    found = without_answer(asked)
    for one in found:
        one.signals[:, SIGNALS.index(_MOST_ANSWERABLE)] = one.signals[:, SIGNALS.index(_ANSWERABLE)].max()
    return found


def decision_signals(one: Asked, ranking: np.ndarray, old: np.ndarray) -> Asked:
    """Return the question with two signals of its best sentence only: the sum that decides without the
    reader, and the reader's logit that the best passage answers."""
    best = one.signals[int(np.argmax(one.signals @ ranking))]
    signals = np.array([[best @ old, best[SIGNALS.index(_MOST_ANSWERABLE)]]], dtype=np.float32)
    return replace(one, signals=signals, places=one.places[:1], gold=one.gold[:1])


def fit_relevance(found: FoundBySet, given: float | None) -> float:
    """Print how well each weight ranks, and return the one with the best mean, or the given one."""
    print("weight", *WEIGHTS, sep="\t")
    means = []
    for (name, scoped), each in found.items():
        values = [
            [score for one in each if (score := ranking_score(one, weight)) is not None] for weight in WEIGHTS
        ]
        line = [100 * float(np.mean(some)) for some in values]
        # The licence of some sets allows measuring only: they are printed, and do not count in the choice.
        means += [] if name in MEASURE_ONLY else [line]
        print(f"{name} {scope_name(scoped)}", *(f"{value:.1f}" for value in line), sep="\t")
    mean = np.mean(means, axis=0)
    print("mean", *(f"{value:.1f}" for value in mean), sep="\t")
    weight = WEIGHTS[int(np.argmax(mean))] if given is None else given
    print("weight of relevance:", weight)
    return weight


def signals_by_set(
    found: FoundBySet, weight: float, embedder: Embedder, reader: Reader, cache: Path
) -> SignalsBySet:
    """Return the signals of the questions whose gold is spans, from the file if it exists."""
    return kept(
        cache,
        lambda: {
            key: [with_signals(one, weight, embedder, reader) for one in each]
            for key, each in found.items()
            if any(one.asked.spans for one in each)
        },
    )


def fit_sentences(asked: SignalsBySet) -> tuple[float, np.ndarray]:
    """Return the best weight of the reader's logit of a sentence, and the weights of all signals with it.

    Print how often each weight puts a right sentence first, or among the first three.
    """
    others = np.array([evidence.WEIGHTS.get(name, 0.0) for name in SIGNALS])
    readers = np.array([float(name == "reader_sentence") for name in SIGNALS])
    print("reader_sentence", *SENTENCE_WEIGHTS, sep="\t")
    found_right = []
    for (name, scoped), each in asked.items():
        weights = [others + weight * readers for weight in SENTENCE_WEIGHTS]
        shares = [(hits(each, some, 1), hits(each, some, 3)) for some in weights]
        found_right.append([one + three for one, three in shares])
        cells = [f"{100 * one:.0f}/{100 * three:.0f}" for one, three in shares]
        print(f"{name} {scope_name(scoped)}, hit@1/@3", *cells, sep="\t")
    best = SENTENCE_WEIGHTS[int(np.argmax(np.mean(found_right, axis=0)))]
    print("weight of reader_sentence:", best)
    return best, others + best * readers


def careful_intercept(asked: SignalsBySet, best: np.ndarray, decision: np.ndarray) -> float:
    """Return the least intercept with which, on the mean of the sets, no more questions that have an answer
    are refused than without the reader."""
    threshold = Settings(data=Path()).abstain_below

    def wrongly_refused(decided: np.ndarray) -> float:
        return float(np.mean([refused(each, best, decided, threshold)[0] for each in asked.values()]))

    allowed = wrongly_refused(np.array([abstain.INTERCEPT, 1.0, 0.0]))
    shifts = np.arange(-3.0, 3.0, 0.05)
    return min(
        float(decision[0] + shift)
        for shift in shifts
        if wrongly_refused(decision + np.array([shift, 0.0, 0.0])) <= allowed
    )


def fit_abstention(asked: SignalsBySet, ranking: np.ndarray) -> np.ndarray:
    """Return the logistic regression: intercept, share of the decision without the reader, weight of the
    reader.

    Print what it, and the weights that are used now, make of the questions.
    """
    for (_, scoped), each in asked.items():
        each += [] if scoped else unanswered(each)
    old = np.array([abstain.WEIGHTS.get(name, 0.0) for name in SIGNALS])
    asked = {
        key: [decision_signals(one, ranking, old) for one in each if len(one.signals)]
        for key, each in asked.items()
    }
    best = np.array([1.0, 0.0])
    fitted = fit_decision(list(asked.values()), best)
    used = load_weights().abstention_with_reader
    now = np.array([used.intercept, used.without_reader, used.reader_most_answerable])
    for title, decision in (("fitted", fitted), (f"as it is in {WEIGHTS_FILE.name}", now)):
        print(
            f"abstention, {title}: intercept, what is decided without the reader, the reader:",
            decision.round(2),
            "; intercept with the wrong refusals that there are without the reader:",
            round(careful_intercept(asked, best, decision), 2),
        )
        for (name, scoped), each in asked.items():
            if all(one.answerable for one in each):
                continue
            print(
                f"{name} {scope_name(scoped)} (fitted on): "
                f"AUROC {separation(each, best, decision):.3f}, refused wrongly/rightly",
                *(
                    f"{threshold}: {100 * wrong:.0f}/{100 * right:.0f} %"
                    for threshold in _THRESHOLDS
                    for wrong, right in [refused(each, best, decision, threshold)]
                ),
            )
    return fitted


def write(relevance: float, reader_sentence: float, decision: np.ndarray, questions: int) -> None:
    """Write the fitted weights into the file of the weights."""
    command = f"python -m bench.fit_reader SETS --keep FOLDER --questions {questions} --write"
    source = f"{questions} questions of each set, on the documents of the side fit (training/split.py)"
    intercept, without_reader, most_answerable = map(float, decision)
    weights = load_weights()
    for group, fitted in (
        ("reranking", {"relevance": relevance}),
        ("evidence_with_reader", {"reader_sentence": reader_sentence}),
        (
            "abstention_with_reader",
            {"intercept": intercept, "without_reader": without_reader, _MOST_ANSWERABLE: most_answerable},
        ),
    ):
        weights = with_fitted(weights, group, fitted, command=command, questions=source)
    WEIGHTS_FILE.write_text(format_weights(weights), encoding="utf-8")
    print(f"Written: {WEIGHTS_FILE}")


def main() -> None:
    """Search and read, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="where the vaults are kept")
    parser.add_argument("--questions", type=int, default=60, help="of each set")
    parser.add_argument("--weight", type=float, help="of the reader's relevance; without it, the best")
    parser.add_argument("--write", action="store_true", help=f"write the weights into {WEIGHTS_FILE.name}")
    given = parser.parse_args()
    embedder = load_embedder(given.keep / "embedder")
    reader = load_reader(given.keep / "embedder")
    found = {
        (name, scoped): found_questions(
            given.shared, given.keep, name, scoped, Side.FIT, given.questions, embedder, reader
        )
        for name, scoped in ASKED
    }
    weight = fit_relevance(found, given.weight)
    file = f"signals-{reader.sha256[:12]}-{given.questions}-{weight}-{len(SIGNALS)}.pickle"
    asked = signals_by_set(found, weight, embedder, reader, given.keep / "found" / file)
    reader_sentence, ranking = fit_sentences(asked)
    decision = fit_abstention(asked, ranking)
    if given.write:
        write(weight, reader_sentence, decision, given.questions)


if __name__ == "__main__":
    main()
