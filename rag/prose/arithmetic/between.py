"""Answer "how many days from … to …" with the days between two events, computed by code."""

from __future__ import annotations

import re
from datetime import date

from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.prose.arithmetic.days import dated
from rag.prose.arithmetic.events import Event, event_of
from rag.prose.arithmetic.wording import Documents
from rag.question.understanding.understood import Understood
from rag.tables.cells.days import day_in_words
from rag.tables.composing.durations import spoken_duration
from rag.verification.verify import Verdict
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.readable import readable

_SURE = 0.8
_UNIT = r"(?:days?|nights?|weeks?|months?|years?)"
_FORMS = (
    re.compile(
        rf"\b{_UNIT}\b.*?\b(?:between|from|since)\s+(?P<first>.+?)\s+(?:and|to|until|till)\s+(?P<last>.+?)\W*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bhow (?:many {_UNIT}|long) (?P<side>before|after)\s+(?P<first>.+?)\s+"
        r"(?:is|was|were|did|does|do|will|are)\s+(?P<last>.+?)\W*$",
        re.IGNORECASE,
    ),
)
_STAY = re.compile(
    r"\bhow (?:many (?:nights|days)|long)\b.*\b(?:in (?:the )?(?:hospital|ward|unit)|in-?patient"
    r"|on the ward|stay)\b",
    re.IGNORECASE,
)
_LONGEST = 120
"""Characters of a quote in the line."""
_VERB_AND_THING = 2
_AS_BOOKED = re.compile(
    r"\s+(?:as|which) (?:it|they|that)?(?:['’]s| is| are| was)?\s*(?:booked|scheduled|planned)\b.*", re.I
)
_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)


def days_between(understood: Understood, documents: Documents) -> DirectAnswer | None:
    """Return how long it is from one event to another; None where the day of one of them is not sure."""
    asked = _ends(understood.text)
    if asked is None:
        return None
    known = dated(documents)
    first, last = (event_of(one, understood, known) for one in asked)
    if first is None or last is None or first.day == last.day:
        return None
    if first.day > last.day:
        first, last = last, first
    days = (last.day - first.day).days
    spoken = spoken_duration(understood.text, days, first.day, last.day)
    text = f"{spoken}: {_named(first)}, to {_named(last)}"
    return DirectAnswer(
        text,
        Verdict.COMPUTED,
        tuple(dict.fromkeys((first.citation, last.citation))),
        AnswerForm.SUM,
        _SURE,
        rows=tuple(_row(one) for one in (first, last)),
    )


def _ends(text: str) -> tuple[str, str] | None:
    """Return the words for the two events; "it" in the second is what the first one is about."""
    for form in _FORMS:
        found = form.search(text)
        if found is not None:
            first, last = found["first"], _AS_BOOKED.sub("", found["last"])
            if _IT.search(first):
                return None
            if _IT.search(last):
                thing = [word for word in first.split() if word.lower() not in STOP_WORDS]
                # Of "starting it and stopping it" the thing is clear; of more words it is not.
                last = _IT.sub(thing[-1], last) if len(thing) == _VERB_AND_THING else ""
            return (first, last) if last else None
    return ("admission", "discharge") if _STAY.search(text) else None


def _named(event: Event) -> str:
    quote = readable(event.quote)
    said = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}…"
    return f"{day_in_words(event.day)} (“{said}”)"


def _row(event: Event) -> AnswerRow:
    day: date = event.day
    return AnswerRow(day_in_words(day), readable(event.quote), event.citation, day)
