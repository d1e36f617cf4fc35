"""What a sentence says of a change: the value before it, and the one after it.

"Furosemide up from 40 to 60 mg", "glargine 14 units down to 12", "his feed until now: 75 ml/h", "the scan is
now on Tuesday 29/04".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vault.text.dates.find import find_dates, single_dates
from vault.text.dates.found import reading_of
from vault.text.quantities.find import find_quantities

_CHANGES = (
    r"(?:increas\w*|rais\w*|reduc\w*|decreas\w*|lower\w*|cut|dropp?\w*|chang\w*|switch\w*|mov\w*|titrat\w*|doubl\w*|"
    r"halv\w*|put|went|goes|go|going|gone|comes?|came|brought|taken|stepp?\w*|adjust\w*|amend\w*|rebook\w*|"
    r"re-book\w*|reschedul\w*|rearrang\w*|postpon\w*|shift\w*|push\w*|ris\w*|rose|fall\w*|fell|wean\w*|upped|"
    r"extend\w*|shorten\w*|replac\w*|correct\w*)"
)
_CHANGE = re.compile(rf"\b(?:{_CHANGES}|up|down|back)\b", re.I)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+)?$", re.I)
_OFTEN = (
    r"(?:(?:once|twice|three times|four times|daily|nightly|weekly|monthly|every|each|a|per|day|"
    r"week|month|morning|"
    r"evening|night|bd|od|tds|qds|om|on|mane|nocte|in the|at|over|hours?|h|hrs?|\d+)\b[\s,]*){1,5}"
)
_TO = re.compile(
    rf"^[\s,]*(?:{_OFTEN})?(?:(?:was|is|has been|were|then|and|now)\s+)*(?:{_CHANGES}\s+)?(?:up\s+|"
    rf"down\s+|back\s+)?(?:to|→|->|=>)\s*"
    r"(?:the\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+)?$",
    re.I,
)
_WORDS = r"(?:[\w'’/-]+[\s,]+){0,3}"
_OLD_BEFORE = re.compile(
    rf"\b(?:(?:un)?till? now|up to now|so far|previously|formerly|before (?:that|this|then|now)|"
    rf"used to (?:be|take|pay|get)"
    rf"|originally|instead of|rather than|no longer|replac(?:es|ing)|in place of)\b\W*{_WORDS}$",
    re.I,
)
_OLD_IN_BRACKETS = re.compile(r"\(\s*(?:was|were|previously|formerly|before|until now|old)\W+$", re.I)
_OLD_AFTER = re.compile(
    r"^\W*(?:(?:un)?till? (?:now|then|today)|so far|previously|before (?:that|this|then|now))\b", re.I
)
_NEW_BEFORE = re.compile(
    rf"\b(?:(?:is|are|will be|runs?|be) now|now|with immediate effect|{_CHANGES}(?:\s+\w+){{0,2}}\s+to|"
    rf"(?:rebook\w*|re-book\w*|reschedul\w*|rearrang\w*|postpon\w*)\s+(?:for|on|until|till)|"
    rf"from (?:now|today|tonight|tomorrow)(?: on)?|new (?:date|dose|time|rate|rent|price|fee|"
    rf"slot)(?: is|:)?)\W*"
    rf"(?:(?:on|at|for|to|the|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*)[\s,]+){{0,3}}$",
    re.I,
)
_NEW_AFTER = re.compile(r"^\W*(?:from (?:now|today|tonight|tomorrow|then)\b|instead\b(?! of))", re.I)
_SCHEDULE = re.compile(
    r"(?:[\s,]+(?:once|twice|three times|four times|daily|nightly|weekly|monthly|bd|od|tds|qds|mane|nocte|"
    r"(?:a|per|each|every) (?:day|week|month|night|morning|year|hour)|in the (?:morning|evening)|at night|"
    r"over \d+ ?h(?:ours?|rs?)?|\d+[- ]hourly)\b)+",
    re.I,
)
_SHORT = re.compile(r"(?<![\w./])(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])(?![\w/%]|[.,]\d)")
_NEAR = 70
"""Characters before a value in which a verb of change stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """The values before and after a change, as written; empty where the sentence does not say one."""

    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class _Value:
    start: int
    end: int
    text: str


def change_in(text: str, *, dates: bool) -> Change | None:
    """Return the change of a quantity, or of a date with `dates`, that a line says; None if it says none."""
    values = list(_dates(text) if dates else _quantities(text))
    for index, value in enumerate(values):
        before = text[max(0, value.start - _NEAR) : value.start]
        following = values[index + 1] if index + 1 < len(values) else None
        gap = text[value.end : following.start] if following else ""
        if following and _TO.match(gap) and _CHANGE.search(f"{before} {gap}"):
            return Change(
                _with_unit(value.text, following.text), _with_unit(_said(text, following), value.text)
            )
    for index, value in enumerate(values):
        start = values[index - 1].end if index else 0
        before, after = text[start : value.start], text[value.end :]
        if _OLD_BEFORE.search(before) or _OLD_IN_BRACKETS.search(before) or _OLD_AFTER.match(after):
            return Change(old=_said(text, value))
    for index, value in enumerate(values):
        start = values[index - 1].end if index else 0
        before, after = text[start : value.start], text[value.end :]
        if _NEW_BEFORE.search(before) or _NEW_AFTER.match(after):
            return Change(new=_said(text, value))
    return None


def _dates(text: str) -> Iterator[_Value]:
    found = [(one.start, one.end) for one in single_dates(text)]
    starts = {start for start, _ in found}
    # With its time of day, but no range.
    clocks = {
        one.start: one.end
        for one in find_dates(text)
        if not any(one.start < start < one.end for start in starts)
    }
    found = [(start, clocks.get(start, end)) for start, end in found]
    for match in _SHORT.finditer(text):
        taken = any(start < match.end() and match.start() < end for start, end in found)
        if not taken and reading_of(None, int(match[2]), int(match[1])):
            found.append(match.span())
    for start, end in sorted(found):
        yield _Value(start, end, text[start:end])


def _quantities(text: str) -> Iterator[_Value]:
    when = sorted((one.start, one.end) for one in find_dates(text))
    for one in find_quantities(text, when):
        written = text[one.start : one.end]
        tie = re.search(r"\s+(?:up |down )?to\s+", written) if one.upper is not None else None
        if tie is None:
            yield _Value(one.start, one.end, written)
            continue
        # "from 40 to 60 mg" is a range in other sentences.
        middle, rest = one.start + tie.start(), one.start + tie.end()
        yield _Value(one.start, middle, text[one.start : middle])
        yield _Value(rest, one.end, text[rest : one.end])


def _with_unit(value: str, other: str) -> str:
    """Return a value with the unit of the other one, if it has none: "40" beside "60 mg" is "40 mg"."""
    if not re.fullmatch(r"[\d.,]+", value):
        return value
    unit = re.fullmatch(r"[\d.,]+\s?(?P<unit>[^\d\s].*)", other)
    return f"{value} {unit['unit']}" if unit else value


def _said(text: str, value: _Value) -> str:
    schedule = _SCHEDULE.match(text, value.end)
    return text[value.start : schedule.end() if schedule else value.end]
