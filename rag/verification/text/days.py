"""Dates: many ways of writing one day, compared by what they may mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vault.text.dates.find import written_dates
from vault.text.dates.found import reading_of


class Day(NamedTuple):
    """A date as far as it is written. A part that is not written is None."""

    year: int | None
    month: int | None
    day: int | None


Days = frozenset[Day]
"""What a date may mean."""


def days_in(text: str) -> Iterator[tuple[int, int, Days]]:
    """Yield the places (start, end) of the dates of `text`, with the days that each may mean.

    There are two for 03/04/2024. A year alone is a number here, and a month alone a word.
    """
    for atom in written_dates(text):
        meanings = atom.meanings
        if "." in text[atom.start : atom.end] and None not in meanings[0]:
            meanings = meanings[:1]  # With full stops the day is first.
        days = frozenset(Day(*meaning[:3]) for meaning in meanings if reading_of(*meaning))
        if days and not atom.needs and all(meaning.months == 1 for meaning in meanings):
            yield atom.start, atom.end, days


def covers(passage: Days, stated: Days) -> bool:
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
