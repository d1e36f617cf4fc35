"""Decide whether the evidence answers the question, before any answer is written."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from rag.evidence.evidence import EvidenceSentence
from rag.evidence.fit.misfit import NO_FIT
from rag.weights.weights import load_weights


class Outcome(StrEnum):
    """How a question ends."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    """Passages bear on it; a person must read whether they answer it."""
    NOT_FOUND = "not_found"


INTERCEPT = load_weights().abstention.intercept
WEIGHTS: Mapping[str, float] = load_weights().abstention.signals
"""Weights of the best sentence's signals: with `INTERCEPT` a logistic regression."""

_READER = load_weights().abstention_with_reader
READER_INTERCEPT = _READER.intercept
READER_WEIGHTS: Mapping[str, float] = {
    **{name: _READER.without_reader * weight for name, weight in WEIGHTS.items()},
    "reader_most_answerable": _READER.reader_most_answerable,
}
"""The same where the reader has read the passages: a share of the weights above, and the reader's own
logit."""


_UNDERSTOOD = load_weights().abstention_understood
_WIDEST_GAP = 1.0


def answerability(evidence: Sequence[EvidenceSentence]) -> float:
    """Return how surely the evidence answers the question, 0 to 1; 0 without evidence.

    Where the sentences are annotated, it is the probability that the best one that fits is right.
    """
    if not evidence:
        return 0.0
    if any(sentence.fit is not NO_FIT for sentence in evidence):
        return _probability_of_the_best(evidence)
    signals = evidence[0].signals
    read = "reader_sentence" in signals
    weights, total = (READER_WEIGHTS, READER_INTERCEPT) if read else (WEIGHTS, INTERCEPT)
    total += sum(weight * signals[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-total))


def decision_signals(evidence: Sequence[EvidenceSentence]) -> dict[str, float]:
    """Return the signals of the best sentence that fits; empty if none fits.

    `gap` is how far its score lies above the next one's that fits, at most 1.
    """
    fitting = [sentence for sentence in evidence if sentence.fit.states]
    if not fitting:
        return {}
    best = fitting[0]
    gap = best.score - fitting[1].score if len(fitting) > 1 else _WIDEST_GAP
    return {**best.signals, **best.fit.signals(), "gap": min(gap, _WIDEST_GAP)}


def _probability_of_the_best(evidence: Sequence[EvidenceSentence]) -> float:
    signals = decision_signals(evidence)
    if not signals:
        return 0.0
    total = _UNDERSTOOD.intercept + sum(
        weight * signals.get(name, 0.0) for name, weight in _UNDERSTOOD.signals.items()
    )
    return 1 / (1 + math.exp(-total))


def outcome_of(
    evidence: Sequence[EvidenceSentence], score: float, *, abstain_below: float, not_found_below: float
) -> Outcome:
    """Return the outcome for the evidence and its `score`, which `answerability` gives.

    A score from `abstain_below` up is an answer; one below both bounds is not found; one between is not sure.
    """
    if not evidence:
        return Outcome.NOT_FOUND
    if score >= abstain_below:
        return Outcome.ANSWERED
    return Outcome.UNSURE if score >= not_found_below else Outcome.NOT_FOUND


def recorded_outcome(answer: Mapping[str, Any]) -> Outcome:
    """Return the outcome of an answer in a record.

    Older records only say whether the answer abstained; the page showed that as "not found", so it stays so.
    """
    if "outcome" in answer:
        return Outcome(answer["outcome"])
    return Outcome.NOT_FOUND if answer["abstained"] else Outcome.ANSWERED
