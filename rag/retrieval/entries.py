"""Entries of notes: a paragraph that begins with a date is all of that date.

"5.2.24 Slept well. Catheter out." says in its second sentence what happened on 5 February. What follows a
line of its own that only says when and who ("MON 9/6 (Winsome)") belongs to that entry too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.retrieval.passage import Passage, Sentence
from vault.records import Slice, Span
from vault.text.dates.find import find_dates
from vault.text.dates.found import FoundDate, reading_of
from vault.text.dates.months import WEEKDAYS

_LEAD = 40
"""Characters at the beginning of a paragraph in which its date stands."""
_LATEST_START = 2
_DAYS = "|".join(sorted({day[:length] for day in WEEKDAYS for length in (2, 3, 4, 5, len(day))}))
_SHORT = re.compile(
    rf"\W{{0,2}}(?:(?:{_DAYS})\.?,?\s+)?(?P<day>0?[1-9]|[12]\d|3[01])[./](?P<month>0?[1-9]|1[0-2])\.?"
    r"(?![\w/%]|[.,]\d)",
    re.I,
)
_TIME = re.compile(r"\s*(?:,\s*)?(?:[ap]m\b|\d{1,2}[:.]\d\d|[-–]\s|\(|$)", re.I)
_MOST_WORDS_OF_A_HEAD = 6
"""Words beside its date in a line that only says when and who."""


@dataclass(frozen=True, slots=True)
class EntryDate:
    """The date with which an entry begins, and its place."""

    found: FoundDate
    span: Span
    text: str


def entry_date(passage: Passage, sentence: Sentence) -> EntryDate | None:
    """Return the date with which the paragraph or row of a sentence begins, or that of the head above it.

    None if there is none.
    """
    for place, piece in enumerate(passage.slices):
        inside = piece.span.page == sentence.span.page and (
            piece.span.start <= sentence.span.start < piece.span.end
        )
        if inside:
            return _head_inside(piece, sentence) or _beginning(piece) or _head_above(passage.slices[:place])
    return None


def leading_date(text: str) -> FoundDate | None:
    """Return the date with which a text begins, also without a year ("MON 16/6", "14/03 pm")."""
    for found in find_dates(text[:_LEAD]):
        if found.start <= _LATEST_START:
            return found
    short = _SHORT.match(text)
    if short is None:
        return None
    written = text[short.start("day") : short.end("month")]
    weekday = short.start("day") > _LATEST_START
    padded = written.startswith("0") or "/0" in written or ".0" in written
    if not (weekday or padded or _TIME.match(text, short.end())):
        # "1/2 tablet" is no date.
        return None
    reading = reading_of(None, int(short["month"]), int(short["day"]))
    return FoundDate(short.start("day"), short.end(), (reading,)) if reading else None


def dated_heading(heading: str) -> FoundDate | None:
    """Return the date with which the nearest heading begins: "14/03 pm" above the notes of that day."""
    return leading_date(heading.rpartition(" › ")[2].lstrip())


def _beginning(piece: Slice) -> EntryDate | None:
    found = leading_date(piece.text)
    if found is None:
        return None
    start = piece.span.start
    place = Span(piece.span.page, start + found.start, start + found.end)
    return EntryDate(found, place, piece.text[found.start : found.end])


def _head_inside(piece: Slice, sentence: Sentence) -> EntryDate | None:
    """Return the date of the last line that only says when and who, before a sentence or at its beginning."""
    end = sentence.span.start - piece.span.start + len(sentence.quote.partition("\n")[0])
    place, last = 0, None
    for line in piece.text[:end].splitlines(keepends=True):
        found = leading_date(line)
        if found is not None and _is_head(line, found):
            start = piece.span.start + place
            span = Span(piece.span.page, start + found.start, start + found.end)
            last = EntryDate(found, span, line[found.start : found.end])
        place += len(line)
    return last


def _is_head(line: str, found: FoundDate) -> bool:
    beside = f"{line[: found.start]} {line[found.end :]}".split()
    return len(beside) <= _MOST_WORDS_OF_A_HEAD and not line.rstrip().endswith(".")


def _head_above(pieces: tuple[Slice, ...]) -> EntryDate | None:
    """Return the date of the nearest entry above, if its first line only says when and who."""
    for piece in reversed(pieces):
        found = _beginning(piece)
        if found is not None:
            line = piece.text.partition("\n")[0]
            return found if (date := leading_date(line)) is not None and _is_head(line, date) else None
    return None
