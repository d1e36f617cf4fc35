"""Find references as they are written: clauses, pages, exhibits, numbers of invoices, cases and patients.

In: text. Out: places with kind and normal form, from `find_references`. A reference is never cut: "3.2" and
"R-04417" stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vault.text.dates.months import MONTH_NAME
from vault.text.lists.first_letters import any_of
from vault.text.lists.parts import PARTS
from vault.text.quantities.units import UNITS


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference in a text: `text[start:end]`."""

    start: int
    end: int
    kind: str
    """What it refers to: "clause", "page", "invoice", "hospital", "bates" …; "number" if that is not said."""
    normal: str
    """Its normal form: "clause 4.2(b)", "page 14"; of a number its capitals without spaces, "R-04417"."""


_IDENTIFIERS = {
    "invoice": "invoice invoices inv rechnung facture",
    "case": "case cases claim claims action docket aktenzeichen proceedings",
    "hospital": "mrn hospital patient nhs chi",
    "order": "order orders po",
    "policy": "policy policies",
    "account": "account accounts iban",
    "contract": "contract agreement lease deed",
    "file": "file files matter document",
    "title": "title",
    "number": "ref reference references no nos number numbers nr #",
}
"""Whose number it is, by kind with the words that stand before it."""

_PART_OF = {name: kind for kind, names in PARTS.items() for name in names.split()}
_IDENTIFIED_BY = {name: kind for kind, names in _IDENTIFIERS.items() for name in names.split()}
_WORDS = [name for name in (*_PART_OF, *_IDENTIFIED_BY) if name.isalpha()]
_LABEL = re.compile(rf"§§?|#|\b{any_of(_WORDS)}(?![^\W_])")
"""Words before a number, in lower-case text."""

_SUB = r"(?:\s?\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,3}|[A-Z]{1,2})\)){0,5}"
_PART_NUMBER = (
    r"(?:\d{1,4}[A-Z]?(?:\.\d{1,3}){0,5}[A-Za-z]?(?![\w/]|\.\d|-[A-Z]|-\d\d-)"
    r"|(?:[IVXLC]{1,6}|[A-Z]{1,2}\d{0,3}(?:[.-]\d{1,3})?)(?![\w'’/.-]\w|\w))"
)
_ONE = re.compile(
    rf"(?P<number>{_PART_NUMBER})(?P<sub>{_SUB})"
    r"|(?P<lone>(?:\s?\((?:[a-z]{1,2}|[ivx]{1,5})\)){1,4})"
)
_OPENING = re.compile(r"\.?\s?(?:(?:nos?\.?|numbers?)\s)?")
_TIE = re.compile(r"\s?(?:,|&)\s?(?:and\s|or\s)?|\s(?:and|or|to|und|et|bis|through)\s|\s?[–—-]\s?")
_NO_PART = re.compile(rf"\s?(?:{any_of(UNITS)}|{MONTH_NAME})(?![^\W_])|\s?[%°]|\.\d", re.IGNORECASE)
"""After a number of a list: it is the number of something else."""
_RANGE = re.compile(r"\sto\s|\sbis\s|\sthrough\s|\s?[–—-]\s?")
_CODE = re.compile(
    r"(?:\.?\s(?:no|nos|number|numbers|num|nr|id|ref|reference)\b)?\.?\s?(?::|#|=)?\s?"
    r"(?P<code>(?=[A-Za-z/_.:-]{0,12}\d)[A-Z0-9]+(?:[-/_.:]?[A-Za-z0-9]+){0,8}(?:\s\d{2,6}){0,4})(?![\w/])",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(r"\.?\s(?:no|number|num|nr|id|ref|reference)\b", re.IGNORECASE)
_ONLY_WITH_A_STOP = frozenset("p s ss app abs fig figs".split())
"""Short forms that without a full stop are mostly something else."""
_MUST_BE_NAMED = frozenset("case claim action order policy account contract file title number".split())
"""Kinds whose words stand before other numbers too: "5 cases 2019", "order 2 tablets"."""
_BARE = re.compile(
    r"[A-Z\d\[(](?:(?<![\w./-].)|(?<=^.))(?:(?<=[A-Z])(?:"
    r"(?P<bates>[A-Z]+(?:[_-][A-Z]+)?[_-]?\d{6,})"
    r"|(?P<letters>[A-Z]{0,5}(?:[-/_][A-Z0-9]{1,12}){0,4}[-/_]?\d{2,}(?:[-/_][A-Z0-9]+)*)"
    r"|(?P<mixed>[A-Z0-9]*(?:[-/][A-Z0-9]+){1,5}))"
    r"|(?<=\d)(?:"
    r"(?P<digits>\d{0,7}(?:[-/:]\d{1,8}){0,8}[-/:][A-Za-z]{1,6}\d{0,6}(?:[-/][A-Za-z0-9]{1,10})*)"
    r"|(?P<clause>\d{0,2}(?:\.\d{1,3}){0,5}(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)){1,4})"
    r"|(?P<deep>\d?(?:\.\d{1,2}){2,5}(?=\s))"
    r"|(?P<nhs>\d\d \d{3} \d{4}))"
    r"|(?<=[\[(])(?P<citation>(?:1[89]|20)\d\d[\])]\s(?:\d+\s)?[A-Z]{2,6}(?:\s\(?[A-Z][A-Za-z]+\)?)?"
    r"\s\d+(?:\s\([A-Z][a-z]+\))?)"
    r")(?![\w/]|-\w|\.\d)"
)
_ENOUGH_DIGITS = {"letters": 3, "mixed": 3, "digits": 3}
_VERSION = re.compile(r"\b(?:version|release|v)\.?\s$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def find_references(text: str) -> list[FoundReference]:
    """Return the references of `text` in order; no two overlap.

    Each number of a list is one: "clauses 4.2 and 7(a)" are two, "pages 3-5" is one. A number without a word
    before it is a reference if it holds letters and at least three figures ("R-04417", "2024/ABC/117"), if it
    is a clause with a letter in brackets ("4.2(b)"), or a citation ("[2019] EWCA Civ 123"). Dates are left
    out by those who look for both (`vault/text/facts.py`).
    """
    found = list(_labelled(text))
    taken = [(one.start, one.end) for one in found]
    for one in _bare(text):
        if not any(start < one.end and one.start < end for start, end in taken):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _labelled(text: str) -> Iterator[FoundReference]:
    lower = text.replace("\u0130", "i").lower()
    place = 0
    while (label := _LABEL.search(lower, place)) is not None:
        place = label.end()
        name = label.group()
        several = list(_parts(text, label)) if name in _PART_OF else []
        if not several and name in _IDENTIFIED_BY:
            several = list(_identified(text, label))
        yield from several
        if several:
            place = several[-1].end


def _parts(text: str, label: re.Match[str]) -> Iterator[FoundReference]:
    """Yield the numbered parts that a word such as "clauses" begins."""
    name, kind = label.group(), _PART_OF[label.group()]
    opening = _OPENING.match(text, label.end())
    place = opening.end() if opening else label.end()
    if name in _ONLY_WITH_A_STOP and text[label.end() : label.end() + 1] != ".":
        return
    one = _ONE.match(text, place)
    if one is None or not one["number"] or (one["number"].isalpha() and not _may_be_letters(text, name, one)):
        return
    start, base = label.start(), one["number"]
    while one is not None:
        end, normal = one.end(), _part_normal(one, base)
        tie = _TIE.match(text, end)
        following = _ONE.match(text, _skip_label(text, tie.end())) if tie else None
        following = following if following and _is_listed(text, following) else None
        if tie and following and _RANGE.fullmatch(tie.group()) and following["number"]:
            end, normal = following.end(), f"{normal}-{_part_normal(following, base)}"
            tie = _TIE.match(text, end)
            following = _ONE.match(text, tie.end()) if tie else None
            following = following if following and _is_listed(text, following) else None
        yield FoundReference(start, end, kind, f"{kind} {normal}")
        if following is not None and following["number"]:
            base = following["number"]
        start, one = (following.start(), following) if following else (end, None)


def _is_listed(text: str, one: re.Match[str]) -> bool:
    """Return whether a number after the first belongs to the same list."""
    number = one["number"]
    return number is None or (not number.isalpha() and _NO_PART.match(text, one.end()) is None)


def _may_be_letters(text: str, name: str, one: re.Match[str]) -> bool:
    """Return whether letters after a word are its number: "Schedule B", "Part IV", but not "part I take"."""
    alone = text[one.end() : one.end() + 1] in ("", ".", ",", ")", ":", "\n")
    return len(name) > 3 and (one["number"] not in ("I", "A") or alone)


def _skip_label(text: str, place: int) -> int:
    match = _AGAIN.match(text, place)
    return match.end() if match else place


_AGAIN = re.compile(rf"{any_of(_PART_OF)}\.?\s")


def _part_normal(one: re.Match[str], base: str) -> str:
    number = one["number"] or base
    return number.rstrip(".") + _SPACE.sub("", one["sub"] or one["lone"] or "")


def _identified(text: str, label: re.Match[str]) -> Iterator[FoundReference]:
    """Yield the number that a word such as "invoice" begins."""
    kind = _IDENTIFIED_BY[label.group()]
    code = _CODE.match(text, label.end())
    if code is None:
        return
    number = code["code"].rstrip(".:")
    between = text[label.end() : code.start("code")].strip()
    named = _NAMED_NUMBER.match(text, label.end()) or between in (":", "#", ".", ".:")
    short = not any(mark in number for mark in "-/_") and (
        sum(map(str.isdigit, number)) < (3 if kind not in _MUST_BE_NAMED else 5)
    )
    if (short and not named) or not _is_code(number):
        return
    yield FoundReference(label.start(), code.start("code") + len(number), kind, _code_normal(number))


def _is_code(number: str) -> bool:
    letters = sum(map(str.isalpha, number))
    return any(map(str.isdigit, number)) and not (letters > 6 and number[-1].islower())


def _code_normal(number: str) -> str:
    return _SPACE.sub("", number).upper()


def _bare(text: str) -> Iterator[FoundReference]:
    for match in _BARE.finditer(text):
        kind = match.lastgroup or ""
        number = match.group()
        if sum(map(str.isdigit, number)) < _ENOUGH_DIGITS.get(kind, 0):
            continue
        if kind == "deep" and _VERSION.search(text, max(0, match.start() - 12), match.start()):
            continue
        if kind in ("clause", "deep"):
            yield FoundReference(*match.span(), "clause", f"clause {number}")
        elif kind == "citation":
            yield FoundReference(*match.span(), "citation", number)
        else:
            name = {"bates": "bates", "nhs": "hospital"}.get(kind, "number")
            yield FoundReference(*match.span(), name, _code_normal(number))
