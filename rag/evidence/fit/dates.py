"""Compare the dates of a sentence with those that the question asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rag.question.understanding.understood import AskedDate, Relation
from vault.text.dates.found import FoundDate, Reading

_EVER = (date(1000, 1, 1), date(9999, 12, 31))
_EVER_PART = frozenset(_EVER)
_DAY = timedelta(days=1)


def meets(asked: AskedDate, found: Iterable[FoundDate]) -> bool:
    """Return whether one of the dates that were found may be one that is asked for, in any reading."""
    return any(
        _overlaps(asked, first, last, reading)
        for one in found
        for reading in one.readings
        for first, last in _spans(asked)
    )


def fit_of_dates(asked: Sequence[AskedDate], own: Sequence[FoundDate], around: Sequence[FoundDate]) -> float:
    """Return 1 if the sentence fits each date that is asked for, -1 if it has only other dates, else 0.

    `own` are the dates of the sentence. `around` are those of its headings, its row and its document: they
    date what has no date of its own, and a question may name a document by its date.
    """
    if not asked:
        return 0.0
    results = [_fit(one, own, around) for one in asked]
    return min(results)


def _fit(asked: AskedDate, own: Sequence[FoundDate], around: Sequence[FoundDate]) -> float:
    if meets(asked, own):
        return 1.0
    if meets(asked, around):
        return 0.5
    return -1.0 if own else 0.0


def _spans(asked: AskedDate) -> list[tuple[date, date]]:
    """Return the days that are asked for, in each reading, with the relation applied."""
    found = []
    for first, last in asked.readings:
        match asked.relation:
            case Relation.ON | Relation.BETWEEN:
                found.append((first, last))
            case Relation.BEFORE:
                found.append((_EVER[0], first - _DAY))
            case Relation.UNTIL:
                found.append((_EVER[0], last))
            case Relation.AFTER:
                found.append((last + _DAY, _EVER[1]))
            case Relation.SINCE:
                found.append((first, _EVER[1]))
    return found


def _overlaps(asked: AskedDate, first: date, last: date, reading: Reading) -> bool:
    """Return whether a reading has a day in common with the days that are asked for."""
    if asked.day_and_month is not None and asked.year is None and asked.relation is Relation.ON:
        day, month = asked.day_and_month
        if reading.first == reading.last or reading.yearless:
            return month in (0, reading.first.month) and day in (0, reading.first.day)
    if reading.yearless and (first, last) != _EVER and _EVER_PART & {first, last}:
        # A day without a year is before or after the other one in its year.
        reading = reading.in_year(last.year if first == _EVER[0] else first.year)
    return Reading(first, last).overlaps(reading)
