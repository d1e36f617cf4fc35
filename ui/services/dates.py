"""Dates as people and manifests write them: a day, a month or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FORMS = "2024, 2024-05, 2024-05-01 or 1 May 2024"
"""What a message tells people to write."""
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_YEAR = r"(?P<year>[12]\d{3})"
_DAY = r"(?P<day>\d{1,2})"
_NAMED = r"(?P<named>[a-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _YEAR,
        rf"{_YEAR}-(?P<month>\d\d?)",
        # What stands behind the day is a time.
        rf"{_YEAR}-(?P<month>\d\d?)-{_DAY}(?:[t ]\d\d:\d\d.*)?",
        rf"{_YEAR}/(?P<month>\d\d?)/{_DAY}",
        rf"{_DAY}\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"{_NAMED},? {_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th|\.)? (?:of )?{_NAMED},? {_YEAR}",
        rf"{_NAMED} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    )
)
_EITHER = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]([12]\d{3})")
"""Day and month in an order that differs from country to country."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a date stands for: one, or all of a month or year."""

    first: date
    last: date

    def __str__(self) -> str:
        """As it is said: 1 May 2024, May 2024, 2024."""
        month = _MONTHS[self.first.month - 1].capitalize()
        if self.first == self.last:
            return said(self.first)
        if self.first.month == self.last.month:
            return f"{month} {self.first.year}"
        return str(self.first.year)


def said(day: date) -> str:
    """A day as it is said: 1 May 2024."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"


def periods(text: str) -> tuple[Period, ...]:
    """What `text` may mean as a date: nothing when it is none, two periods for 03/04/2024."""
    plain = " ".join(text.casefold().split())
    found = [made for form in _FORMS if (match := form.fullmatch(plain)) and (made := _of(match))]
    if not found and (either := _EITHER.fullmatch(plain)):
        found = list(_either_way(*(int(part) for part in either.groups())))
    return tuple(dict.fromkeys(found))


def _of(match: re.Match[str]) -> Period | None:
    given = match.groupdict()
    month = int(given["month"]) if given.get("month") else None
    if given.get("named"):
        month = _month(given["named"])
    return _period(int(given["year"]), month, int(given["day"]) if given.get("day") else None)


def _month(named: str) -> int:
    """1 to 12 for a name or its beginning; 0 when it is none."""
    named = "sep" if named == "sept" else named
    return next((number for number, name in enumerate(_MONTHS, start=1) if name.startswith(named)), 0)


def _period(year: int, month: int | None, day: int | None) -> Period | None:
    """None where the calendar has no such day."""
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return Period(first, date(year, 12, 31))
    if day is None:
        return Period(first, date(year, month, monthrange(year, month)[1]))
    return Period(first, first)


def _either_way(one: int, other: int, year: int) -> Iterator[Period]:
    for month, day in ((other, one), (one, other)):
        period = _period(year, month, day)
        if period is not None:
            yield period
