"""False statements by date: another day, month or year."""

from __future__ import annotations

import random
import re
from calendar import monthrange
from collections.abc import Sequence

from training.edits import Edit, ahead_of
from vault.text.dates.find import single_dates
from vault.text.dates.months import MONTHS

_ENDING = re.compile("st|nd|rd|th")
_OF_A_LAW = re.compile(r"\b(?:Act|Code|Law|Rules?|Regulations?|Convention|Directive|Order) $")
_LONG_MONTHS = [name for number, name in enumerate(MONTHS, start=1) if monthrange(2024, number)[1] == 31]


def other_dates(text: str, chance: random.Random) -> list[Edit]:
    """Return an edit to another day, month or year for each date."""
    edits: list[Edit] = []
    for found in single_dates(text):
        year, month, day = found.places
        if _OF_A_LAW.search(ahead_of(text, found.start, 12)):
            continue  # The year is part of the law's name.
        if month and not day and not year:
            continue  # "May" and "March" alone may be anything.
        if day:
            edits.append(_other_day(text, day, chance))
        if month:
            late = bool(day) and (found.meanings[0].day or 0) > 28
            edits.append(_other_month(text, month, _LONG_MONTHS if late else MONTHS, chance))
        if year:
            old = text[slice(*year)]
            shifted = (int(old) + chance.choice((-3, -2, -1, 1, 2, 3))) % 10 ** len(old)
            edits.append(Edit(*year, str(shifted).zfill(len(old))))
    return edits


def _other_day(text: str, place: tuple[int, int], chance: random.Random) -> Edit:
    start, end = place
    number = chance.choice([number for number in range(1, 29) if number != int(text[start:end])])
    ending = _ENDING.match(text, end)
    if ending is None:
        padded = text[start] == "0" or text[start - 1 : start] == "-"
        return Edit(start, end, str(number).zfill(2 if padded else 1))
    new = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return Edit(start, ending.end(), f"{number}{new}")


def _other_month(text: str, place: tuple[int, int], months: Sequence[str], chance: random.Random) -> Edit:
    start, end = place
    old = text[start:end]
    new = chance.choice([month for month in months if month[:3] != old[:3]])
    if len(old) <= 4 and old not in MONTHS:
        stop = text[end : end + 1] == "."
        new = new[:3]
        if stop and new == "May":
            end += 1
    return Edit(start, end, new)
