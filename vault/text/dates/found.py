"""Dates as they are found: a place in the text, and what may be meant by it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time

from vault.text.dates.months import MONTHS

NO_YEAR = 4
"""The year of `Reading.first` and `Reading.last` where none is written: a leap year that no document has."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a date: the days from `first` to `last`; both are the same for a single day."""

    first: date
    last: date

    def __str__(self) -> str:
        """Return the days in words: "1 May 2024", "May 2024", "2024", "3 May 2024 to 9 May 2024"."""
        whole = reading_of(self.first.year, self.first.month, None)
        if self.first == self.last:
            return format_day(self.first)
        if whole is not None and self.last == whole.last and self.first.day == 1:
            return format_day(self.first).partition(" ")[2]
        if reading_of(self.first.year, None, None) == self:
            return str(self.first.year)
        return f"{format_day(self.first)} to {format_day(self.last)}"

    @property
    def yearless(self) -> bool:
        """Whether no year is written: only month and day count."""
        return self.first.year == NO_YEAR

    @property
    def iso(self) -> str:
        """The date in ISO 8601, as short as it is exact.

        A day "2024-05-17", a month "2024-05", a year "2024", other ranges "2024-05-03/2024-05-09" and
        "2025-07/2025-09"; without a year "--05-17".
        """
        first, last = self.first, self.last
        if first == last:
            return _written(first, 3)
        if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
            parts = 1 if first.month == 1 and last.month == 12 and not self.yearless else 2
            ends = _written(first, parts), _written(last, parts)
        else:
            ends = _written(first, 3), _written(last, 3)
        return ends[0] if ends[0] == ends[1] else "/".join(ends)

    def overlaps(self, other: Reading) -> bool:
        """Return whether some day is in both. Where one has no year, only month and day are compared."""
        if self.yearless == other.yearless:
            return self.first <= other.last and other.first <= self.last
        with_year, without = (other, self) if self.yearless else (self, other)
        years = range(with_year.first.year - 1, with_year.last.year + 1)
        return any(with_year.overlaps(without.in_year(year)) for year in years)

    def in_year(self, year: int) -> Reading:
        """Return the reading with `year` where none is written; a range over New Year ends in the next one.

        29 February becomes 28 February in a year without it.
        """
        if not self.yearless:
            return self
        return Reading(_in_year(self.first, year), _in_year(self.last, year + self.last.year - NO_YEAR))


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `text[start:end]`, with a time if one follows."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    """What it may mean, the likeliest first: two for 04/05/2024 (4 May, then 5 April)."""
    clock: time | None = None
    """The time of day that follows the date."""

    @property
    def first(self) -> date:
        """The first day of the likeliest reading; of the year `NO_YEAR` if no year is written."""
        return self.readings[0].first

    @property
    def last(self) -> date:
        """The last day of the likeliest reading."""
        return self.readings[0].last

    @property
    def yearless(self) -> bool:
        """Whether no year is written."""
        return self.readings[0].yearless

    @property
    def iso(self) -> str:
        """The likeliest reading in ISO 8601."""
        return self.readings[0].iso

    def meets(self, other: FoundDate) -> bool:
        """Return whether both may mean the same day, or share one."""
        return any(one.overlaps(another) for one in self.readings for another in other.readings)


def format_day(day: date) -> str:
    """Return a day in words: "1 May 2024"; without a year "1 May"."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year - NO_YEAR in (0, 1) else f"{words} {day.year}"


def _written(day: date, parts: int) -> str:
    year = "-" if day.year - NO_YEAR in (0, 1) else f"{day.year:04}"
    return "-".join([year, f"{day.month:02}", f"{day.day:02}"][:parts])


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=day.day - 1)


def reading_of(year: int | None, month: int | None, day: int | None, months: int = 1) -> Reading | None:
    """Return the reading of a date as far as it is written; None if there is no such day.

    A year alone is the whole year; a month alone is `months` months, so that a quarter has three.
    """
    base = NO_YEAR if year is None else year
    try:
        if month is None:
            return None if year is None else Reading(date(base, 1, 1), date(base, 12, 31))
        if day is not None:
            only = date(base, month, day)
            return Reading(only, only)
        first = date(base, month, 1)
    except ValueError:
        return None
    end = month + months - 1
    return Reading(first, first.replace(month=end, day=monthrange(base, end)[1]))


def range_of(first: Reading, last: Reading) -> Reading | None:
    """Return the days from the beginning of `first` to the end of `last`; None if that is no range.

    Without years the range may go over New Year: "December to March".
    """
    if first.yearless != last.yearless:
        return None
    if last.last >= first.first:
        return Reading(first.first, last.last) if last.first >= first.first else None
    if not first.yearless:
        return None
    return Reading(first.first, _in_year(last.last, NO_YEAR + 1))
