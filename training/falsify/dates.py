"""False statements by date: another day, month or year."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from training.edits import Edit, ahead_of
from vault.text.dates.months import MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?P<s1>st|nd|rd|th)?(?: day of | of | )(?P<m1>{_MONTH})"
    r"(?:,? (?P<y1>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<m2>{_MONTH})(?: (?P<d2>\d{{1,2}})(?P<s2>st|nd|rd|th)?\b(?!,\d))?"
    r"(?:(?:,? | of )(?P<y2>(?:19|20)\d\d)\b)?"
    r"|\b(?P<y3>(?:19|20)\d\d)-\d\d-(?P<d3>\d\d)\b"
    r"|(?<![\d/])\d{1,2}/\d{1,2}/(?P<y4>(?:19|20)?\d\d)(?![\d/])"
    r"|\b(?:in|since|until|by|from|to|and|between|during|before|after|year|of) (?P<y5>(?:19|20)\d\d)\b"
    r"(?![-–/,.]\d| [a-z]+s\b)"
)
"""A date or part of one: days are d1 to d3, their endings s1 and s2, months m1 and m2, years y1 to y5."""
_OF_A_LAW = re.compile(r"\b(?:Act|Code|Law|Rules?|Regulations?|Convention|Directive|Order) $")
_LONG_MONTHS = [
    month for month in MONTHS if month not in ("February", "April", "June", "September", "November")
]


def other_dates(text: str, chance: random.Random) -> list[Edit]:
    """Return an edit to another day, month or year for each date."""
    edits: list[Edit] = []
    for match in DATE.finditer(text):
        day, month = _given(match, "d1", "d2", "d3"), _given(match, "m1", "m2")
        year = _given(match, "y1", "y2", "y3", "y4", "y5")
        if _OF_A_LAW.search(ahead_of(text, match.start(), 12)):
            continue  # The year is part of the law's name.
        if month and not day and not year:
            continue  # "May" and "March" alone may be anything.
        if day:
            edits.append(_other_day(match, day, chance))
        if month:
            late = bool(day) and int(match[day]) > 28
            edits.append(_other_month(match, month, _LONG_MONTHS if late else MONTHS, chance))
        if year:
            old = match[year]
            shifted = (int(old) + chance.choice((-3, -2, -1, 1, 2, 3))) % 10 ** len(old)
            edits.append(Edit.of(match, str(shifted).zfill(len(old)), year))
    return edits


def _given(match: re.Match[str], *names: str) -> str:
    """Return the first of the groups that matched; empty if none did."""
    return next((name for name in names if match[name]), "")


def _other_day(match: re.Match[str], name: str, chance: random.Random) -> Edit:
    number = chance.choice([number for number in range(1, 29) if number != int(match[name])])
    suffix = name.replace("d", "s")
    if name == "d3" or not match[suffix]:
        padded = name == "d3" or match[name].startswith("0")
        return Edit.of(match, str(number).zfill(2 if padded else 1), name)
    ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return Edit(match.start(name), match.end(suffix), f"{number}{ending}")


def _other_month(match: re.Match[str], name: str, months: Sequence[str], chance: random.Random) -> Edit:
    old = match[name]
    new = chance.choice([month for month in months if month[:3] != old[:3]])
    if len(old.rstrip(".")) <= 4 and old not in MONTHS:
        new = new[:3] + ("." if old.endswith(".") and new != "May" else "")
    return Edit.of(match, new, name)
