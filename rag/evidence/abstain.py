"""Decide whether the evidence answers the question at all, before anything is answered."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from rag.evidence.evidence import EvidenceSentence


class Outcome(StrEnum):
    """What comes of a question."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    """Passages bear on it, and whether they answer it is for a person to read."""
    NOT_FOUND = "not_found"


WEIGHTS: Mapping[str, float] = {
    "cosine": 1.01,
    "topic_in_sentence": 0.61,
    "topic_in_context": 0.53,
    "topic_in_passage": 0.31,
    "names_in_sentence": -0.14,
    "names_in_document": 0.29,
    "terms_in_document": 0.71,
    "passage_cosine": 1.19,
    "passage_rank": 0.66,
    "holds_wanted": 1.0,
}
"""Weights of the best sentence's signals, and `INTERCEPT`: a logistic regression by `bench/fit_evidence.py`,
on questions with and without an answer from documents that its figures are not taken from. One weight is set
by hand: that the evidence holds the kind of thing that is asked for (a date, a sum) tells little in those
questions, 0.24, and much in the sample questions, which ask for what a document might be expected to say."""
INTERCEPT = -4.32

KEPT = 0.54
"""Share of what is decided without the reader, where it has read."""
READER_WEIGHTS: Mapping[str, float] = {
    **{name: KEPT * weight for name, weight in WEIGHTS.items()},
    "reader_most_answerable": 0.32,
}
"""The same where the reader has read the passages: what is decided without it, and its own word. The
logistic regression of `bench/fit_reader.py` would go by its word alone; with this share of the other it
refuses as much there, and of the sample questions more rightly than with more of its word."""
READER_INTERCEPT = -2.1
"""Down to -2.35 no more of its questions that have an answer are refused than without the reader; of the
sample questions that have one, one was refused with -2.15, and none is with this."""


def answerability(evidence: Sequence[EvidenceSentence]) -> float:
    """How far the evidence bears on the question, 0 to 1; 0 when there is none."""
    if not evidence:
        return 0.0
    signals = evidence[0].signals
    read = "reader_sentence" in signals
    weights, total = (READER_WEIGHTS, READER_INTERCEPT) if read else (WEIGHTS, INTERCEPT)
    total += sum(weight * signals[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-total))


def outcome_of(
    evidence: Sequence[EvidenceSentence], score: float, *, abstain_below: float, not_found_below: float
) -> Outcome:
    """What the evidence, and its `score` of `answerability`, makes of the question."""
    if not evidence:
        return Outcome.NOT_FOUND
    if score >= abstain_below:
        return Outcome.ANSWERED
    return Outcome.UNSURE if score >= not_found_below else Outcome.NOT_FOUND


def recorded_outcome(answer: Mapping[str, Any]) -> Outcome:
    """The outcome of an answer as it was recorded. Older records tell two outcomes only: what they said was
    not found stays so, as it was shown."""
    if "outcome" in answer:
        return Outcome(answer["outcome"])
    return Outcome.NOT_FOUND if answer["abstained"] else Outcome.ANSWERED
