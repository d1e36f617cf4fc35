"""The dates that a question writes out, those in short forms too that only a question has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rag.question.understanding.understood import Relation
from vault.text.dates.find import find_dates
from vault.text.dates.found import NO_YEAR, FoundDate, Reading, range_of, reading_of
from vault.text.dates.months import ENGLISH_SHORT_ALONE, MONTH_NUMBERS

_MONTHS_ALONE = sorted(
    (name for name in MONTH_NUMBERS if len(name) > 3 or name == "sept"), key=len, reverse=True
)
_MONTH_ALONE = re.compile(rf"\b(?:{'|'.join((*_MONTHS_ALONE, *ENGLISH_SHORT_ALONE))})\b\.?", re.I)
_NEVER_LOWER = frozenset(("may", "march", "mar", "mai", "mars"))
"""Months that are usual words: only with a capital letter are they months by themselves."""
_DOTTED = re.compile(r"(?<![\w.,/-])(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(?!\d)")
_SLASHED = re.compile(r"(?<![\w.,/-])(0?[1-9]|[12]\d|3[01])/(0?[1-9]|[12]\d|3[01])(?![\w/]|[.,]\d)")
_BEFORE_A_SLASHED = re.compile(
    r"\b(?:on|of|from|since|until|till|before|after|by|at|the|to|and|between)\s+$", re.I
)
_PLEASE = re.compile(r"\b(?:please|pls|plz|thanks|thank you|thx|bitte|merci)\b", re.I)
_NO_DATE_BEFORE = re.compile(
    r"\b(?:clauses?|cl|sections?|sec|paragraphs?|paras?|articles?|art|rules?|protocol|procedure|policy|bp|pressure|"
    r"version|page|no|number|schedule|part|item|under)\.?\s*$",
    re.I,
)
_YEAR = re.compile(
    r"(?<![\w.,/£$€-])((?:19[3-9]|20[0-4])\d)(?![\w%/]|[.,]\d|-\d)(?!\s*(?:mg|ml|pounds|euros?|units?|words)\b)"
)
_NO_YEAR_BEFORE = re.compile(
    r"\b(?:no|number|ref|invoice|order|clause|room|form|ext|extension|policy|claim)\.?\s*$", re.I
)
_IN_A_MONTH = re.compile(
    r"\b(?:in|during|since|until|till|before|after|by|from|of|early|late|mid|end of)\s+"
    r"(?P<month>may|march|mar)\b(?P<year>\s+['’]?\d\d(?!\w|[.,:/]\d))?(?!\s+\d)",
    re.I,
)
"""In a question these are months in small letters too, and "in may 24" is a month of 2024."""
_MONTH_OF_A_YEAR = re.compile(
    rf"\b(?:in|during)\s+(?P<month>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\.?\s+"
    r"['’]?(?P<year>\d\d)(?!\w|[.,:/]\d|\s*(?:st|nd|rd|th)\b)",
    re.I,
)
_SEASON = re.compile(
    r"\b(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b", re.I
)
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_ORDINAL = re.compile(
    r"\b(?:on|of|by|since|until|before|after|from|for)\s+the\s+(\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?!and\b|or\b|of\b)[a-z]{3,})",
    re.I,
)
_RANGE_IN_WORDS = re.compile(
    r"\s(?:to|until|till|through|thru|and|bis|au|à)\s|\d\s?[–—-]\s?(?:\d{1,2}\s?[a-z]|\d{1,2}[./])|\s[–—-]\s",
    re.I,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date or range as a question writes it: `question[start:end]`."""

    start: int
    end: int
    found: tuple[Reading, ...]
    is_range: bool = False
    """Whether it is written as a range: "from 3 to 9 May"."""
    relation: Relation | None = None
    """Where the words themselves tell it: "in the last two weeks"."""
    day_only: int = 0
    """The day of "the 13th", whose month is not written."""

    @property
    def yearless(self) -> bool:
        """Whether no year is written."""
        return bool(self.day_only) or self.found[0].yearless

    @property
    def readings(self) -> list[tuple[date, date]]:
        """(first, last) day of each meaning; of the year `NO_YEAR` where none is written."""
        return [(one.first, one.last) for one in self.found]

    @property
    def day_and_month(self) -> tuple[int, int] | None:
        """(day, month) where no year is written: day 0 for a whole month, month 0 for "the 13th"."""
        if self.day_only:
            return (self.day_only, 0)
        if not self.yearless:
            return None
        first, last = self.found[0].first, self.found[0].last
        if first == last:
            return (first.day, first.month)
        same_month = (first.year, first.month) == (last.year, last.month)
        return (0, first.month) if same_month and first.day == 1 and not self.is_range else None

    def in_year(self, year: int) -> list[tuple[date, date]]:
        """Return each meaning with that year, the likeliest first."""
        if self.day_only:
            days = (reading_of(year, month, self.day_only) for month in range(12, 0, -1))
            return [(day.first, day.last) for day in days if day is not None]
        return [(dated.first, dated.last) for one in self.found for dated in [one.in_year(year)]]

    def up_to(self, other: WrittenDate) -> WrittenDate | None:
        """Return the range from this date to another; None if it is none."""
        if self.day_only or other.day_only:
            return None
        mine, theirs = self.found, other.found
        if self.yearless and not other.yearless:
            mine = tuple(one.in_year(theirs[0].last.year) for one in mine)
        ranges = [whole for one in mine for another in theirs if (whole := range_of(one, another))]
        return WrittenDate(self.start, other.end, tuple(dict.fromkeys(ranges)), True) if ranges else None


def written_dates(question: str) -> list[WrittenDate]:
    """Return the dates that are written out in a question, in order; no two overlap.

    Beside the forms of documents: "September" and "2024" alone, "13.3.", "5/2" and "the 13th".
    """
    found = list(_months_and_seasons(question))
    grammar = [_from_grammar(question, one) for one in find_dates(question)]
    for one in (*grammar, *_short_forms(question)):
        if not any(known.start < one.end and one.start < known.end for known in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _months_and_seasons(question: str) -> Iterator[WrittenDate]:
    for match in _MONTH_OF_A_YEAR.finditer(question):
        month, year = MONTH_NUMBERS[match["month"].lower()], 2000 + int(match["year"])
        if (reading := reading_of(year, month, None)) and year < 2050:
            yield WrittenDate(match.start("month"), match.end(), (reading,))
    for match in _SEASON.finditer(question):
        first_month, last_month = _SEASON_MONTHS[match["season"].lower()]
        year = int(match["year"])
        first = reading_of(year, first_month, None)
        last = reading_of(year + (last_month < first_month), last_month, None)
        if first and last:
            yield WrittenDate(match.start(), match.end(), (Reading(first.first, last.last),))


def _from_grammar(question: str, one: FoundDate) -> WrittenDate:
    first, last = one.readings[0].first, one.readings[0].last
    tied = _RANGE_IN_WORDS.search(question[one.start : one.end]) is not None
    return WrittenDate(
        one.start, one.end, one.readings, first != last and (tied or not _is_unit(first, last))
    )


def _is_unit(first: date, last: date) -> bool:
    """Return whether the days are one month, quarter, half or year."""
    following = date.fromordinal(last.toordinal() + 1)
    return first.day == 1 and following.day == 1


def _short_forms(question: str) -> Iterator[WrittenDate]:
    for match in _DOTTED.finditer(question):
        if not _NO_DATE_BEFORE.search(question[: match.start()]):
            yield from _one(match, [reading_of(None, int(match[2]), int(match[1]))])
    for match in _SLASHED.finditer(question):
        before = question[: match.start()]
        rest = _PLEASE.sub("", question[match.end() :])
        alone = not rest.strip(" ?!.,") and not _NO_DATE_BEFORE.search(before)
        if alone or _BEFORE_A_SLASHED.search(before):
            one, other = int(match[1]), int(match[2])
            yield from _one(match, [reading_of(None, other, one), reading_of(None, one, other)])
    for match in _ORDINAL.finditer(question):
        day = int(match[1])
        if 1 <= day <= 31:
            only = date(NO_YEAR, 1, day)
            yield WrittenDate(match.start(1), match.end(), (Reading(only, only),), day_only=day)
    for match in _IN_A_MONTH.finditer(question):
        yield from _one(match, [reading_of(None, MONTH_NUMBERS[match["month"].lower()], None)], "month")
    for match in _MONTH_ALONE.finditer(question):
        name = match.group().rstrip(".").lower()
        sentence_start = not question[: match.start()].strip()
        if name not in _NEVER_LOWER or (match.group()[0].isupper() and not sentence_start):
            end = match.end() if match.group().endswith(".") and question[match.end() :].strip() else (
                match.start() + len(name)
            )  # fmt: skip
            reading = reading_of(None, MONTH_NUMBERS[name], None)
            if reading is not None:
                yield WrittenDate(match.start(), end, (reading,))
    for match in _YEAR.finditer(question):
        if not _NO_YEAR_BEFORE.search(question[: match.start()]):
            yield from _one(match, [reading_of(int(match[1]), None, None)])


def _one(match: re.Match[str], readings: list[Reading | None], group: str | int = 0) -> Iterator[WrittenDate]:
    real = tuple(dict.fromkeys(one for one in readings if one is not None))
    if real:
        yield WrittenDate(match.start(group), match.end(group), real)
