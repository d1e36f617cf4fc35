"""Decide what an answer is: answered, not sure or not found, and whether it can be said in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.describing import Describe, described_direct
from rag.direct.answer import DirectAnswer
from rag.directing import from_sentences
from rag.evidence.abstain import (
    Outcome,
    answerability,
    names_what_is_asked,
    outcome_of,
    says_duration,
)
from rag.evidence.evidence import EvidenceSentence
from rag.evidence.worked_out import is_left_to_work_out
from rag.prose.alternatives import alternatives_in, one_of_two
from rag.prose.changed import changed_value
from rag.question.question import Question
from rag.question.understanding.understood import Understood
from rag.retrieval.passage import Passage
from vault.settings import Settings

_SURENESS = (Outcome.NOT_FOUND, Outcome.UNSURE, Outcome.ANSWERED)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an answer is."""

    outcome: Outcome
    score: float
    """How likely the evidence answers the question, from 0 to 1."""
    direct: DirectAnswer | None


@dataclass(frozen=True, slots=True)
class RankedEvidence:
    """What was found for a question, best first."""

    question: Question
    understood: Understood
    passages: Sequence[Passage]
    ranked: Sequence[EvidenceSentence]
    shown: Sequence[EvidenceSentence]
    """The first of `ranked`: the evidence that the answer shows."""
    describe: Describe


def decide(
    evidence: RankedEvidence, direct: DirectAnswer | None, settings: Settings, *, only_near: bool
) -> Decision:
    """Return what the answer is.

    `direct` was made from rows and lists. `only_near` says that rows of other days were found, and none of
    the day that is asked for.
    """
    asked, understood = evidence.understood.text, evidence.understood
    score = answerability(evidence.shown)
    outcome = outcome_of(
        evidence.shown, score, abstain_below=settings.abstain_below, not_found_below=settings.not_found_below
    )
    if only_near:
        outcome = _at_most_unsure(outcome)
    direct = direct or _described(
        one_of_two(evidence.question, understood, evidence.ranked)
        or changed_value(evidence.question, understood, evidence.ranked, evidence.passages),
        evidence,
    )
    if direct is not None:
        return Decision(Outcome.ANSWERED, score, direct)
    if alternatives_in(understood) or not names_what_is_asked(asked, evidence.shown):
        return Decision(_at_most_unsure(outcome), score, None)
    if outcome is not Outcome.ANSWERED:
        return Decision(outcome, score, None)
    direct = _described(
        from_sentences(evidence.question, understood, evidence.ranked, evidence.passages), evidence
    )
    if direct is None and (
        not says_duration(asked, understood.intent, evidence.shown)
        or is_left_to_work_out(asked, understood.intent, evidence.shown, evidence.passages)
    ):
        outcome = Outcome.UNSURE
    return Decision(outcome, score, direct)


def _at_most_unsure(outcome: Outcome) -> Outcome:
    return min(outcome, Outcome.UNSURE, key=_SURENESS.index)


def _described(direct: DirectAnswer | None, evidence: RankedEvidence) -> DirectAnswer | None:
    return None if direct is None else described_direct(direct, evidence.describe)
