"""Dates: many ways of writing one day, compared by what they may mean."""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.verification.lexicon.numbers import MONTHS

_MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, start=1)}
_DAY_WORDS = re.compile(r"\d+(?:st|nd|rd|th)?|day of|\bof\b")
_NAME = re.compile(r"[A-Za-z]{3,}")


class Day(NamedTuple):
    """A date as far as it is written. A part that is not written is None."""

    year: int | None
    month: int | None
    day: int | None


def days_of(text: str) -> frozenset[Day]:
    """Return the days that `text` may mean: two for 03/04/2024, none if it is not a date."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    name = _NAME.search(_DAY_WORDS.sub("", text))
    if name:
        month = _MONTH_NUMBERS.get(name.group()[:3].lower())
        days = [number for number in numbers if number <= 31]
        years = [number for number in numbers if number > 31]
        return frozenset({Day(years[0] if years else None, month, days[0] if days else None)})
    if len(numbers) != 3:
        return frozenset()
    if numbers[0] > 31:
        return _valid(numbers[0], numbers[1], numbers[2])
    year = numbers[2] if numbers[2] > 99 else 2000 + numbers[2]
    day_first = _valid(year, numbers[1], numbers[0])
    return day_first if "." in text else day_first | _valid(year, numbers[0], numbers[1])


def covers(passage: frozenset[Day], stated: frozenset[Day]) -> bool:
    """Return whether a date of the passage says all that a stated date says, however both are read.

    "12 June 2023" covers "June 2023"; a date with two readings covers only the same two.
    """
    if not stated or not passage:
        return False
    if stated == passage:
        return True
    return len(stated) == len(passage) == 1 and all(
        part is None or part == other
        for part, other in zip(next(iter(stated)), next(iter(passage)), strict=True)
    )


def _valid(year: int, month: int, day: int) -> frozenset[Day]:
    return frozenset({Day(year, month, day)}) if 1 <= month <= 12 and 1 <= day <= 31 else frozenset()
