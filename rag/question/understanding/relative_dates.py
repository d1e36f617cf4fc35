"""Dates that a question counts from today: "yesterday", "last month", "two weeks ago"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from rag.question.understanding.understood import Relation
from rag.question.understanding.written_dates import WrittenDate
from vault.text.dates.found import Reading
from vault.text.dates.months import MONTHS, WEEKDAYS

_NUMBERS = {
    name: number
    for number, name in enumerate("a one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple of": 2, "few": 3, "": 1}
_COUNT = (
    r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|few|couple of)"
)
_UNIT = r"(?P<unit>day|night|week|fortnight|month|year)s?"
_MONTHS = [month.lower() for month in MONTHS]
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
_DAYS = [day.lower() for day in WEEKDAYS]
_DAY_WORD = re.compile(
    r"\b(?P<word>the day before yesterday|the day after tomorrow|today|tonight|yesterday|last night|tomorrow|"
    r"this (?:morning|afternoon|evening))\b",
    re.I,
)
_AGO = re.compile(rf"\b(?:a )?{_COUNT} {_UNIT} ago\b", re.I)
_LAST_MANY = re.compile(
    rf"\b(?:in|over|during|for|within)?\s*(?:the )?(?:last|past|previous) {_COUNT} {_UNIT}\b", re.I
)
_UNIT_WORD = re.compile(
    r"\b(?P<which>last|this|next|previous|current) (?P<unit>week|month|quarter|year)(?:['’]s)?\b", re.I
)
_WEEKDAY = re.compile(
    rf"\b(?P<which>last|this|next|on|since|until|by|before|after) "
    rf"(?P<day>{'|'.join(_DAYS)})\b(?!\s*,?\s*(?:the )?\d)",
    re.I,
)
_LAST_NAMED_MONTH = re.compile(
    rf"\blast (?P<month>{'|'.join((*_MONTHS, *_SEASONS))})\b",
    re.I,
)
_SO_FAR = re.compile(r"\b(?:so far this (?P<unit>week|month|year)|(?:this )?year to date|ytd)\b", re.I)


def relative_dates(question: str, today: date) -> list[WrittenDate]:
    """Return the dates that are counted from `today`, in order of their kind."""
    return [
        *_days(question, today),
        *_ago(question, today),
        *_units(question, today),
        *_named(question, today),
    ]


def _days(question: str, today: date) -> Iterator[WrittenDate]:
    for match in _DAY_WORD.finditer(question):
        word = match["word"].lower()
        shift = {"yesterday": -1, "last night": -1, "the day before yesterday": -2, "tomorrow": 1,
                 "the day after tomorrow": 2}.get(word, 0)  # fmt: skip
        yield _span(match, today + timedelta(days=shift), today + timedelta(days=shift))


def _ago(question: str, today: date) -> Iterator[WrittenDate]:
    for match in _AGO.finditer(question):
        count, unit = _count(match), match["unit"].lower()
        day = _back(today, count, unit)
        # "Two months ago" is no exact day.
        slack = {"week": 3, "fortnight": 3, "month": 15, "year": 183}.get(unit, 0)
        yield _span(match, day - timedelta(days=slack), day + timedelta(days=slack))
    for match in _LAST_MANY.finditer(question):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        first = _back(today, _count(match), match["unit"].lower())
        yield WrittenDate(start, match.end(), (Reading(first, today),), True, Relation.BETWEEN)


def _units(question: str, today: date) -> Iterator[WrittenDate]:
    for match in _SO_FAR.finditer(question):
        first, _ = _unit(today, (match["unit"] or "year").lower())
        yield WrittenDate(match.start(), match.end(), (Reading(first, today),), True, Relation.BETWEEN)
    for match in _UNIT_WORD.finditer(question):
        unit, which = match["unit"].lower(), match["which"].lower()
        first, last = _unit(today, unit)
        if which in ("last", "previous"):
            first, last = _unit(first - timedelta(days=1), unit)
        elif which == "next":
            first, last = _unit(last + timedelta(days=1), unit)
        yield _span(match, first, last)


def _named(question: str, today: date) -> Iterator[WrittenDate]:
    for match in _WEEKDAY.finditer(question):
        which, number = match["which"].lower(), _DAYS.index(match["day"].lower())
        back = (today.weekday() - number) % 7
        day = today - timedelta(days=back or (7 if which == "last" else 0))
        if which in ("next", "by", "until"):
            day = today + timedelta(days=(number - today.weekday()) % 7 or 7)
        start = match.start() if which in ("last", "this", "next") else match.start("day")
        yield WrittenDate(start, match.end(), (Reading(day, day),))
    for match in _LAST_NAMED_MONTH.finditer(question):
        name = match["month"].lower()
        first_month, last_month = _SEASONS.get(name) or (_MONTHS.index(name) + 1,) * 2
        year = today.year
        if date(year, min(first_month, 12), 1) > today.replace(day=1):
            year -= 1
        if last_month <= 12 and (year, last_month) >= (today.year, today.month):
            year -= 1
        last_year, month = (year, last_month) if last_month <= 12 else (year + 1, last_month - 12)
        last = date(last_year, month, monthrange(last_year, month)[1])
        yield _span(match, date(year, first_month, 1), last)


def _count(match: re.Match[str]) -> int:
    written = match["count"].lower()
    return int(written) if written.isdigit() else _NUMBERS[written]


def _back(day: date, count: int, unit: str) -> date:
    """Return the day that lies `count` units before."""
    if unit in ("month", "year"):
        months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
        year, month = divmod(max(months, 12), 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day - timedelta(days=count * {"week": 7, "fortnight": 14}.get(unit, 1))


def _unit(day: date, unit: str) -> tuple[date, date]:
    """Return the first and last day of the week, month, quarter or year that holds the day."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    first = day.month if unit == "month" else (day.month - 1) // 3 * 3 + 1
    last = first if unit == "month" else first + 2
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def _span(match: re.Match[str], first: date, last: date) -> WrittenDate:
    return WrittenDate(match.start(), match.end(), (Reading(first, last),))
