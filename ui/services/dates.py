"""Parses dates as people and manifests write them: a day, a month or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

DATE_FORMS = "2024, 2024-05, 2024-05-01 or 1 May 2024"
"""Forms that a message suggests when a date cannot be parsed."""
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
        # What follows the day is a time.
        rf"{_YEAR}-(?P<month>\d\d?)-{_DAY}(?:[t ]\d\d:\d\d.*)?",
        rf"{_YEAR}/(?P<month>\d\d?)/{_DAY}",
        rf"{_DAY}\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"{_NAMED},? {_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th|\.)? (?:of )?{_NAMED},? {_YEAR}",
        rf"{_NAMED} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    )
)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]([12]\d{3})")
"""Day and month, whose order differs from country to country."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a date means: one day, or all days of a month or year."""

    first: date
    last: date

    def __str__(self) -> str:
        """Return the period in words: "1 May 2024", "May 2024" or "2024"."""
        month = _MONTHS[self.first.month - 1].capitalize()
        if self.first == self.last:
            return format_day(self.first)
        if self.first.month == self.last.month:
            return f"{month} {self.first.year}"
        return str(self.first.year)


def format_day(day: date) -> str:
    """Return a day in words: "1 May 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"


def parse_periods(text: str) -> tuple[Period, ...]:
    """Return the periods that `text` may mean: none if it is not a date, two for "03/04/2024"."""
    plain = " ".join(text.casefold().split())
    found = [made for form in _FORMS if (match := form.fullmatch(plain)) and (made := _matched_period(match))]
    if not found and (ambiguous := _DAY_MONTH_YEAR.fullmatch(plain)):
        found = list(_both_orders(*(int(part) for part in ambiguous.groups())))
    return tuple(dict.fromkeys(found))


def _matched_period(match: re.Match[str]) -> Period | None:
    """Return the period in a match of one of `_FORMS`, or None if the calendar does not have it."""
    given = match.groupdict()
    month = int(given["month"]) if given.get("month") else None
    if given.get("named"):
        month = _month_number(given["named"])
    return _calendar_period(int(given["year"]), month, int(given["day"]) if given.get("day") else None)


def _month_number(named: str) -> int:
    """Return 1 to 12 for the name of a month or its beginning, 0 for anything else."""
    named = "sep" if named == "sept" else named
    return next((number for number, name in enumerate(_MONTHS, start=1) if name.startswith(named)), 0)


def _calendar_period(year: int, month: int | None, day: int | None) -> Period | None:
    """Return the period of a year, month or day, or None if the calendar does not have it."""
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return Period(first, date(year, 12, 31))
    if day is None:
        return Period(first, date(year, month, monthrange(year, month)[1]))
    return Period(first, first)


def _both_orders(first: int, second: int, year: int) -> Iterator[Period]:
    """Yield the period for day before month, then for month before day, where the calendar has them."""
    for month, day in ((second, first), (first, second)):
        period = _calendar_period(year, month, day)
        if period is not None:
            yield period
