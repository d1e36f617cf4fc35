"""Read text that is one date from its beginning to its end, as people and manifests write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.text.dates.found import Reading, reading_of
from vault.text.dates.months import MONTH_NUMBERS, MONTHS

DATE_FORMS = "2024, 2024-05, 2024-05-01 or 1 May 2024"
"""Forms that a message suggests when a date cannot be parsed."""
_YEAR = r"(?P<year>[12]\d{3})"
_DAY = r"(?P<day>\d{1,2})"
_NAMED = r"(?P<named>[^\W\d_]{3,9})\.?"
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


def parse_date(text: str) -> tuple[Reading, ...]:
    """Return the readings that `text` may mean: none if it is not a date, two for "03/04/2024"."""
    plain = " ".join(text.casefold().split())
    found = [
        made for form in _FORMS if (match := form.fullmatch(plain)) and (made := _matched_reading(match))
    ]
    if not found and (ambiguous := _DAY_MONTH_YEAR.fullmatch(plain)):
        found = list(_both_orders(*(int(part) for part in ambiguous.groups())))
    return tuple(dict.fromkeys(found))


def _matched_reading(match: re.Match[str]) -> Reading | None:
    """Return the reading in a match of one of `_FORMS`, or None if the calendar does not have it."""
    given = match.groupdict()
    month = int(given["month"]) if given.get("month") else None
    if given.get("named"):
        month = _month_number(given["named"])
    return reading_of(int(given["year"]), month, int(given["day"]) if given.get("day") else None)


def _month_number(named: str) -> int:
    """Return 1 to 12 for the name of a month or its beginning, 0 for anything else."""
    if named in MONTH_NUMBERS:
        return MONTH_NUMBERS[named]
    return next((number for number, name in enumerate(MONTHS, start=1) if name.lower().startswith(named)), 0)


def _both_orders(first: int, second: int, year: int) -> Iterator[Reading]:
    """Yield the reading for day before month, then for month before day, where the calendar has them."""
    for month, day in ((second, first), (first, second)):
        reading = reading_of(year, month, day)
        if reading is not None:
            yield reading
