"""Dates for the verifier: many ways of writing, one set of readings."""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.verification.words import MONTHS

_MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, start=1)}


class Day(NamedTuple):
    """A date as far as it was written; what was left out is None."""

    year: int | None
    month: int | None
    day: int | None


def readings(text: str) -> frozenset[Day]:
    """The dates that `text` may mean: two for 03/04/2024, none when it is no date."""
    digits = [int(number) for number in re.findall(r"\d+", text)]
    named = re.search(r"[A-Za-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)|day of|\bof\b", _digits_only, text))
    if named:
        month = _MONTH_NUMBERS.get(named.group()[:3].lower())
        days = [number for number in digits if number <= 31]
        years = [number for number in digits if number > 31]
        return frozenset({Day(years[0] if years else None, month, days[0] if days else None)})
    if len(digits) != 3:
        return frozenset()
    if digits[0] > 31:
        return _real(digits[0], digits[1], digits[2])
    year = digits[2] if digits[2] > 99 else 2000 + digits[2]
    day_first = _real(year, digits[1], digits[0])
    return day_first if "." in text else day_first | _real(year, digits[0], digits[1])


def says(stated: frozenset[Day], passage: frozenset[Day]) -> bool:
    """Whether the passage's date says at least what the stated one does, whichever way both are read."""
    if not stated or not passage:
        return False
    if stated == passage:
        return True
    return len(stated) == len(passage) == 1 and all(
        part is None or part == other
        for part, other in zip(next(iter(stated)), next(iter(passage)), strict=True)
    )


def _digits_only(match: re.Match[str]) -> str:
    return "".join(character for character in match.group() if character.isdigit())


def _real(year: int, month: int, day: int) -> frozenset[Day]:
    return frozenset({Day(year, month, day)}) if 1 <= month <= 12 and 1 <= day <= 31 else frozenset()
