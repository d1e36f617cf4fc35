"""Decide whether the evidence answers the question, before any answer is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from rag.evidence.evidence import EvidenceSentence
from rag.evidence.fit.misfit import NO_FIT, Misfit
from rag.question.understanding.understood import Intent
from rag.weights.logistic import probability_of
from rag.weights.weights import load_weights
from vault.text.quantities.find import find_quantities
from vault.text.quantities.units import Dimension


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
_LEAST_TOPIC = 0.2
"""Share of what is asked about, by rarity, that a sentence with its headings must name to be stated."""
_READER_KNOWS = 1.0
"""The reader's logit from which a sentence may answer in other words."""
_CLEARLY_MORE = 0.2
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Letters of Chinese, Japanese and Thai."""
_ASKED_UNIT = re.compile(r"\b(day|night|week|month|year|hour|minute)s?\b", re.IGNORECASE)
_SAME_UNIT = {"night": ("night", "day")}


def answerability(evidence: Sequence[EvidenceSentence]) -> float:
    """Return how surely the evidence answers the question, 0 to 1; 0 without evidence.

    Where the sentences are annotated, it is the probability that the best one that fits is right; 0 if none
    fits.
    """
    if not evidence:
        return 0.0
    if all(sentence.fit is NO_FIT for sentence in evidence):
        return probability_of(_logit(evidence[0]))
    signals = decision_signals(evidence)
    if not signals:
        return 0.0
    return probability_of(
        _UNDERSTOOD.intercept
        + _UNDERSTOOD.answerable * signals["answerable"]
        + _UNDERSTOOD.gap * signals["gap"]
    )


def names_what_is_asked(asked: str, evidence: Sequence[EvidenceSentence]) -> bool:
    """Return whether the best sentence that fits says something of what is asked about.

    Without a word of it, only the reader can know that it answers. A question `asked` in a script without
    spaces is one word to us, so nothing can be said of its words. And where a sentence that does not fit
    names clearly more of it, that one is what the documents say: of somebody else, or of another day.
    """
    fitting = next((sentence for sentence in evidence if sentence.fit.states), None)
    if fitting is None:
        return False
    own = fitting.signals
    if _WITHOUT_SPACES.search(asked):
        return True
    if all(sentence.fit is NO_FIT for sentence in evidence):
        return True
    if own["topic_in_context"] < _LEAST_TOPIC and own.get("reader_sentence", 0.0) < _READER_KNOWS:
        return False
    first = evidence[0]
    return (
        first.fit.states
        or Misfit.FORMALITY in first.fit.misfits
        or first.signals["topic_in_sentence"] <= own["topic_in_sentence"] + _CLEARLY_MORE
    )


def says_duration(asked: str, intent: Intent, evidence: Sequence[EvidenceSentence]) -> bool:
    """Return False if a span of time is asked for and the best sentence that fits says none in that unit.

    "How many days from the operation to her discharge?" is not answered by a sentence with twelve weeks.
    """
    fitting = next((sentence for sentence in evidence if sentence.fit.states), None)
    if intent is not Intent.DURATION or fitting is None:
        return True
    unit = _ASKED_UNIT.search(asked)
    units = _SAME_UNIT.get(unit[1].lower(), (unit[1].lower(),)) if unit else ()
    return any(
        quantity.dimension is Dimension.DURATION and (not units or quantity.unit in units)
        for quantity in find_quantities(fitting.citation.quote)
    )


def decision_signals(evidence: Sequence[EvidenceSentence]) -> dict[str, float]:
    """Return the signals of the best sentence that fits, by their weights' names; empty if none fits."""
    fitting = [sentence for sentence in evidence if sentence.fit.states]
    if not fitting:
        return {}
    best = fitting[0]
    if len(fitting) > 1:
        gap = best.score - fitting[1].score
    else:
        # Others may only lack a number: what names nothing that is asked is no clearer for that.
        named = best.signals["topic_in_sentence"] or best.signals["topic_in_context"]
        gap = _WIDEST_GAP if named else 0.0
    return {"answerable": _logit(best), "gap": min(gap, _WIDEST_GAP)}


def _logit(sentence: EvidenceSentence) -> float:
    """Return how surely the sentence answers, by its signals alone."""
    read = "reader_sentence" in sentence.signals
    weights, total = (READER_WEIGHTS, READER_INTERCEPT) if read else (WEIGHTS, INTERCEPT)
    return total + sum(weight * sentence.signals[name] for name, weight in weights.items())


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
