"""Dates in cells and in the names of columns, and how they lie to the dates of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rag.question.understanding.understood import AskedDate, Relation
from vault.text.dates.find import find_dates
from vault.text.dates.found import NO_YEAR, Reading, reading_of
from vault.text.dates.months import MONTHS

_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)\s*")
_YEAR = re.compile(r"\s*(?P<year>(?:19|20)\d\d)\b(?!\s*[-/.]\d)")
_SHORT_DAY = re.compile(
    r"\s*(?P<weekday>(?:mon?|tue?s?|wed?|thu?r?s?|fri?|sat?|sun?|di|mi|do|so)(?:\w*day)?\.?,?\s+)?"
    r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?P<dot>\.)?(?:\s+(?:\d{1,2}[:.]\d\d(?:\s?[ap]m)?|[ap]m))?\s*",
    re.IGNORECASE,
)
_WITH_ZERO = re.compile(r"(?:0\d/\d{1,2}|\d{1,2}/0\d)(?!\d|/)")
"""How a day and month begin that are no score or ratio: nobody writes "04/10" of a pain or "120/08"."""
_ORDER = re.compile(r"(?<![\d/.-])(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-]\d{2,4}\b")
_MOST_WORDS = 14
"""Characters of a cell that are not part of its date: a weekday, "planned"."""


_LONGEST_DATE = 31
"""Days. A longer range is a period in which something holds."""


@lru_cache(maxsize=1 << 16)
def cell_date(text: str, named: bool = False) -> tuple[Reading, ...]:
    """Return what the date of a cell may mean, the likeliest first; empty for a cell that is no date.

    A cell that says much more than a date ("until 17 October, then stop") is none. "2.4" is a date only where
    the column is `named` so, or a weekday stands before it.
    """
    if not any(character.isdigit() for character in text):
        return ()
    iso = _ISO.fullmatch(text)
    if iso:
        reading = reading_of(*map(int, iso.groups()))
        return (reading,) if reading else ()
    found = find_dates(text)
    if found:
        one = found[0]
        others = len(text.strip()) - (one.end - one.start)
        return one.readings if others <= _MOST_WORDS and len(found) == 1 else ()
    short = _SHORT_DAY.fullmatch(text)
    if short and (named or short["dot"] or short["weekday"]):
        reading = reading_of(None, int(short["month"]), int(short["day"]))
        return (reading,) if reading else ()
    return ()


@lru_cache(maxsize=4096)
def name_date(text: str) -> tuple[Reading, ...]:
    """Return what a date in the name of a column or sheet may mean: "18 September", "2023 (£)"."""
    year = _YEAR.match(text)
    if year and len(text.strip()) <= len("2023 (£000s)"):
        reading = reading_of(int(year["year"]), None, None)
        return (reading,) if reading else ()
    found = find_dates(text) or find_dates(f"in {text}")
    if not found and _WITH_ZERO.match(text):
        return cell_date(text, named=True)
    return found[0].readings if found else ()


def day_readings(texts: Sequence[str], named: bool = False) -> list[Reading | None]:
    """Return one reading for the date of each cell of a column; None for a cell that is no date.

    Where day and month may be exchanged, the other cells of the column decide: beside 04/25/2024 the month
    of 04/05/2024 comes first as well. Where nothing decides, the likelier reading counts. And where one cell
    says "06/03", "10/03" is no score beside it.
    """
    named = named or any(_WITH_ZERO.match(text) for text in texts)
    orders = [match for text in texts for match in _ORDER.finditer(text)]
    month_first = any(int(one["second"]) > 12 for one in orders) and not any(
        int(one["first"]) > 12 for one in orders
    )
    return [
        readings[1] if month_first and len(readings) == 2 else readings[0] if readings else None
        for readings in (cell_date(text, named) for text in texts)
    ]


def as_words(reading: Reading) -> str:
    """Return a reading in words: "13 March 2026", "March 2026", "2026", "18 September"."""
    first, last = reading.first, reading.last
    month = MONTHS[first.month - 1]
    year = "" if reading.yearless else f" {first.year}"
    if first == last:
        return f"{first.day} {month}{year}"
    if first.day == 1 and first.month == 1 and last.month == 12 and first.year == last.year:
        return str(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{month}{year}"
    return f"{day_in_words(first)} to {day_in_words(last)}"


def day_in_words(day: date) -> str:
    """Return a day in words: "13 March 2026"."""
    year = "" if day.year == NO_YEAR else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def spans_of(asked: AskedDate) -> list[Reading]:
    """Return what a date of a question may mean, as ranges of days; without a year where none was asked."""
    first, last = asked.readings[0]
    without_year = asked.day_and_month is not None and asked.year is None
    if without_year and asked.relation is Relation.ON and first.year == last.year:
        return [Reading(first.replace(year=NO_YEAR), last.replace(year=NO_YEAR))]
    return [Reading(first, last) for first, last in asked.readings]


def fits(reading: Reading, asked: AskedDate) -> bool:
    """Return whether a date lies to the date of a question as that asks: on it, before it, after it …

    Before a month is before its first day, after it after its last one; a month or year that is asked for
    holds its days. A range in a cell must lie wholly on the asked side; a period of several months holds
    before a day as soon as it begins before it.
    """
    return any(_lies(reading, span, asked.relation) for span in spans_of(asked))


def _lies(reading: Reading, span: Reading, relation: Relation) -> bool:
    if relation in (Relation.ON, Relation.BETWEEN):
        if reading.yearless or span.yearless:
            return reading.overlaps(span)
        return span.first <= reading.first and reading.last <= span.last
    if reading.yearless:
        reading = reading.in_year(span.first.year)
    if relation is Relation.BEFORE:
        lasts = (reading.last - reading.first).days > _LONGEST_DATE
        return (reading.first if lasts else reading.last) < span.first
    if relation is Relation.AFTER:
        return reading.first > span.last
    if relation is Relation.SINCE:
        return reading.first >= span.first
    return reading.last <= span.last
