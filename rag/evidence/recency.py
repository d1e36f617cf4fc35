"""Put what a later document says before what an earlier one says of the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.evidence.evidence import EvidenceSentence, best_first
from rag.question.understanding.understood import Intent, Understood
from rag.retrieval.entries import entry_date
from rag.retrieval.passage import Passage

_OLDER = 0.4
"""What a sentence loses that is older than another one which names as much of what is asked."""
_AS_MUCH = 0.5
"""Share of the best coverage of the topic from which a sentence says something of the same thing."""


def prefer_later(
    understood: Understood, evidence: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> list[EvidenceSentence]:
    """Return the evidence, sorted; where the question asks for what holds now, later sentences come first."""
    if not (understood.current or understood.intent is Intent.LATEST) or understood.dates:
        return list(evidence)
    best = max((one.signals["topic_in_sentence"] for one in evidence if one.fit.states), default=0.0)
    dates = [
        _date(one, passages[one.passage])
        if one.fit.states and one.signals["topic_in_sentence"] >= _AS_MUCH * best
        else None
        for one in evidence
    ]
    newest = max((day for day in dates if day is not None), default=None)
    if newest is None:
        return list(evidence)
    found = [
        replace(one, score=one.score - _OLDER) if day is not None and day < newest else one
        for one, day in zip(evidence, dates, strict=True)
    ]
    return best_first(found)


def _date(one: EvidenceSentence, passage: Passage) -> date | None:
    """Return the date of a sentence's entry, else that of its document."""
    entry = entry_date(passage, passage.sentences()[one.number])
    if entry is not None and not entry.found.yearless:
        return entry.found.last
    return passage.profile.date if passage.profile is not None else None
