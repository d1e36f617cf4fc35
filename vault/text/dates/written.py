"""The forms in which one date is written, each a pattern with what its parts mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vault.text.dates.months import MONTH_NAME, MONTH_NUMBERS


class Written(NamedTuple):
    """The parts of a date as written; None for a part that is not."""

    year: int | None
    month: int | None
    day: int | None
    months: int = 1
    """How many months: 3 for a quarter, 6 for half a year."""


class Places(NamedTuple):
    """Where the parts of a date stand in the text, as (start, end); None for a part that is not written."""

    year: tuple[int, int] | None = None
    month: tuple[int, int] | None = None
    """Of the name of a month; None where it is a number."""
    day: tuple[int, int] | None = None
    """Of its figures, without "th"."""


class Atom(NamedTuple):
    """One date in a text, before ranges are put together."""

    start: int
    end: int
    meanings: tuple[Written, ...]
    needs: str = ""
    """What must stand before it so that it is a date at all: "month" or "year" for such words alone."""
    places: Places = Places()


_YEAR = r"(?P<year>(?:18|19|20)\d\d)(?![\w]|[.,]\d)"
_SHORT_YEAR = r"['’]?(?P<short>\d\d)(?![\w%/]|[.,:]\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th|er|\.(?=\s|[a-z]))?"
_BETWEEN = r"\s*(?:,|-|–|—|&|/|,?\s(?:and|to|or|until|through|und|bis|oder|et|au|ou)\s(?:the\s)?)\s*"
_DAYS = rf"(?P<days>{_DAY}{_ORDINAL}(?:{_BETWEEN}{_DAY}{_ORDINAL}){{0,9}})"
_NOT_AMONG_DIGITS = r"(?![\w]|[./-]\d)"
_COUNTED = (
    r"(?!\s*(?:%|per\s?cent|°|(?:mg|mcg|µg|g|kg|ml|l|mmol\w*|units?|tablets?|patients|people|persons|cases|men"
    r"|women|children|days?|weeks?|months?|years?|hours?|minutes?|mins?|times|pages|euros?|pounds|dollars"
    r"|documents|samples|beds|bpm|mmhg)\b))"
)
"""After a number that may be a day or a year: not a unit or what is counted."""

_ISO = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)(?=t\d\d:|{_NOT_AMONG_DIGITS})")
_ISO_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\w-])")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.-])(\d{{1,2}})\2(\d{{1,2}}){_NOT_AMONG_DIGITS}")
_NUMERIC = re.compile(
    rf"(\d{{1,2}})(?P<mark>[/.-])(\d{{1,2}})(?P=mark)(\d{{4}}|\d\d){_NOT_AMONG_DIGITS}"
    rf"|(\d{{1,2}})\. (\d{{1,2}})\. (\d{{4}}){_NOT_AMONG_DIGITS}",
)
_NUMERIC_MONTH = re.compile(r"(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\w/]|[.,-]\d)")
_GERMAN_DAY = re.compile(rf"({_DAY})\.(0?[1-9]|1[0-2])\.(?!\d)")
_DAY_MONTH = re.compile(
    rf"{_DAYS}(?:\s?[-/]\s?|\s*(?:day\s+of\s+|of\s+|de\s+)?)(?P<month>{MONTH_NAME})\.?"
    rf"(?:(?:\s*,\s*|\s+(?:of\s+)?|\s?[-/]\s?|){_YEAR}"
    rf"|(?:\s?[-/]\s?|\s+(?=['’])|\s+(?=\d\d{_COUNTED}(?!\s+(?!was\b|is\b|has\b|as\b|this\b|his\b)[a-z]+s\b)))"
    rf"{_SHORT_YEAR})?",
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{MONTH_NAME})\.?\s+(?:the\s+)?(?P<days>{_DAY}(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)"
    rf"(?:{_BETWEEN}{_DAY}(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)){{0,9}}){_COUNTED}"
    rf"(?:(?:\s*,\s*|\s+(?:of\s+)?){_YEAR}{_COUNTED}|\s*,\s*(?=['’]){_SHORT_YEAR})?",
)
_MONTH_YEAR = re.compile(
    rf"(?P<month>{MONTH_NAME})\.?(?:(?:\s*,?\s*(?:of\s+|de\s+|in\s+)?|-){_YEAR}|\s?-\s?{_SHORT_YEAR}"
    rf"|\s?['’](?P<tick>\d\d)(?!\w))",
)
_MONTH = re.compile(rf"(?P<month>{MONTH_NAME})")
_QUARTERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "erstes": 1, "zweites": 2, "drittes": 3, "viertes": 4, "ersten": 1, "zweiten": 2, "dritten": 3,
    "vierten": 4, "premier": 1, "deuxième": 2, "troisième": 3, "quatrième": 4,
}  # fmt: skip
_QUARTER = re.compile(
    rf"(?:[qt](?P<number>[1-4])\s?[/-]?\s?(?:fy\s?)?|(?P<name>{'|'.join(_QUARTERS)}|[1-4](?:\.|e|er|ème))\s+"
    rf"(?:calendar\s+|financial\s+|fiscal\s+)?(?P<part>quarter|quartals?|trimestre|half|semestre)"
    rf"(?:\s+of|\s+de|\s+in|,)?\s+(?:the\s+year\s+)?|h(?P<half>[12])\s?[/-]?\s?){_YEAR}",
)
_YEAR_QUARTER = re.compile(r"((?:19|20)\d\d)\s?[/-]?\s?(?:[qt]([1-4])|h([12]))(?!\w)")
_YEAR_ALONE = re.compile(rf"((?:18|19|20)\d\d)(?![\w]|[.,:/]\d|-\d(?!\d{{3}}\b)){_COUNTED}")
_NUMBER = re.compile(rf"({_DAY})({_ORDINAL})")


def atoms_at(text: str, place: int) -> list[Atom]:
    """Return the dates that are written in one form from `place` on; none if no date begins there.

    `text` is in lower case.

    "3, 5 and 9 May 2024" is one form with three dates.
    """
    forms = _FORMS_OF_DIGITS if text[place].isdigit() else _FORMS_OF_LETTERS
    for form, atoms in forms:
        match = form.match(text, place)
        if match is not None and (found := list(atoms(match))):
            return found
    return []


def _iso(match: re.Match[str]) -> Iterator[Atom]:
    meaning = Written(int(match[1]), int(match[2]), int(match[3]))
    yield Atom(*match.span(), (meaning,), places=Places(match.span(1), None, match.span(3)))


def _iso_month(match: re.Match[str]) -> Iterator[Atom]:
    yield Atom(*match.span(), (Written(int(match[1]), int(match[2]), None),))


def _year_first(match: re.Match[str]) -> Iterator[Atom]:
    if 1800 <= int(match[1]) <= 2199:
        yield Atom(*match.span(), (Written(int(match[1]), int(match[3]), int(match[4])),))


def _numeric(match: re.Match[str]) -> Iterator[Atom]:
    one, other, year = (match[1], match[3], match[4]) if match["mark"] else (match[5], match[6], match[7])
    years = years_of(year)
    first, second = int(one), int(other)
    meanings = [
        Written(each, month, day) for each in years for month, day in ((second, first), (first, second))
    ]
    places = Places(match.span(4) if match["mark"] else match.span(7))
    yield Atom(*match.span(), tuple(dict.fromkeys(meanings)), places=places)


def _numeric_month(match: re.Match[str]) -> Iterator[Atom]:
    yield Atom(*match.span(), (Written(int(match[2]), int(match[1]), None),))


def _german_day(match: re.Match[str]) -> Iterator[Atom]:
    yield Atom(*match.span(), (Written(None, int(match[2]), int(match[1])),), "german day")


def _days(match: re.Match[str]) -> Iterator[Atom]:
    years: tuple[int | None, ...] = (None,)
    if match["year"]:
        years = (int(match["year"]),)
    elif match["short"]:
        years = years_of(match["short"])
    month = MONTH_NUMBERS[match["month"]]
    numbers = list(_NUMBER.finditer(match.string, *match.span("days")))
    month_first = match.start("month") < match.start("days")
    needs = "day" if years == (None,) and match["month"] in ("may", "march", "mar") else ""
    for index, number in enumerate(numbers):
        start = match.start() if month_first and not index else number.start()
        end = match.end() if index == len(numbers) - 1 else number.end()
        places = Places(_place(match, "year", "short"), match.span("month"), number.span(1))
        yield Atom(start, end, tuple(Written(year, month, int(number[1])) for year in years), needs, places)


def _month_year(match: re.Match[str]) -> Iterator[Atom]:
    short = match["short"] or match["tick"]
    years = years_of(short) if short else (int(match["year"]),)
    month = MONTH_NUMBERS[match["month"]]
    places = Places(_place(match, "year", "short", "tick"), match.span("month"))
    yield Atom(*match.span(), tuple(Written(year, month, None) for year in years), places=places)


def _month(match: re.Match[str]) -> Iterator[Atom]:
    yield Atom(*match.span(), (Written(None, MONTH_NUMBERS[match["month"]], None),), "month")


def _quarter(match: re.Match[str]) -> Iterator[Atom]:
    name, part = match["name"] or "", match["part"] or ""
    number = int(match["number"] or match["half"] or _QUARTERS.get(name) or name[0])
    months = 6 if match["half"] or part in ("half", "semestre") else 3
    if number * months <= 12 or name == "last":
        month = 13 - months if name == "last" else (number - 1) * months + 1
        yield Atom(*match.span(), (Written(int(match["year"]), month, None, months),))


def _year_quarter(match: re.Match[str]) -> Iterator[Atom]:
    months = 3 if match[2] else 6
    month = (int(match[2] or match[3]) - 1) * months + 1
    yield Atom(*match.span(), (Written(int(match[1]), month, None, months),))


def _year_alone(match: re.Match[str]) -> Iterator[Atom]:
    yield Atom(*match.span(1), (Written(int(match[1]), None, None),), "year", Places(match.span(1)))


def _place(match: re.Match[str], *names: str) -> tuple[int, int] | None:
    return next((match.span(name) for name in names if match[name]), None)


def years_of(text: str) -> tuple[int, ...]:
    """Return the years that two or four digits may mean, the likeliest first.

    24 is 2024 and 71 is 1971. From 30 to 68 a date of birth and a date to come are both usual.
    """
    number = int(text)
    if len(text) == 4:
        return (number,)
    if number < 30:
        return (2000 + number,)
    if number > 68:
        return (1900 + number,)
    return (2000 + number, 1900 + number) if number < 40 else (1900 + number, 2000 + number)


_FORMS_OF_DIGITS = (
    (_ISO, _iso),
    (_YEAR_FIRST, _year_first),
    (_NUMERIC, _numeric),
    (_DAY_MONTH, _days),
    (_QUARTER, _quarter),
    (_YEAR_QUARTER, _year_quarter),
    (_ISO_MONTH, _iso_month),
    (_NUMERIC_MONTH, _numeric_month),
    (_GERMAN_DAY, _german_day),
    (_YEAR_ALONE, _year_alone),
)
_FORMS_OF_LETTERS = ((_MONTH_DAY, _days), (_MONTH_YEAR, _month_year), (_QUARTER, _quarter), (_MONTH, _month))


def _by_first_letter(words: Iterable[str]) -> str:
    """Return a pattern for any of the words that tries only those with the right first letter.

    It is four times as fast as one long alternation.
    """
    rests: dict[str, set[str]] = {}
    for word in words:
        rests.setdefault(word[0], set()).add(word[1:3])
    return "|".join(f"{first}(?:{'|'.join(sorted(rest))})" for first, rest in rests.items())


_LETTERS = _by_first_letter([*MONTH_NUMBERS, *(name for name in _QUARTERS if name[0].isalpha())])
BEGINNING = re.compile(rf"\b(?:\d|[qth](?=[1-4])|{_LETTERS})")
"""Where a date may begin, in lower-case text: at a digit, or at the first three letters of a name."""
