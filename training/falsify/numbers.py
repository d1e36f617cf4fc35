"""False statements by number: another number for one that counts or measures."""

from __future__ import annotations

import random
import re

from training.edits import Edit, ahead_of, cased
from training.number_limits import directions
from vault.text.dates.find import single_dates
from vault.text.quantities.spelled import SPELLED, in_words, value_of

_DIGITS = re.compile(
    r"(?<![\w.,/:§#–-])(?P<sign>(?:US)?[$€£]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)"
    r"(?![\w/:)\]]|[–-]\d|[.,]\d|\.\w)"
)
_SAID_AGAIN = re.compile(r"(?: and No/100)?(?: \w+){0,4} ?\((?:US)?[$€£]? ?\d| and No/100", re.IGNORECASE)
"""In "fifty percent (50%)" a change of only one of the two would make the text contradict itself."""
_PERCENT = re.compile(r"\s?(?:%|per ?cent\b)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:sections?|articles?|clauses?|exhibits?|schedules?|tables?|fig(?:ure)?s?\.?|paragraphs?|no\.?|nos\.?|number"
    r"|appendix|annex|phase|grade|type|stage|group|form|rule|chapter|title|part|item|step|version|act|page"
    r"|level|room|suite|box|and|or|to|through|[<>≤≥±–§-]|\[)\s?$",
    re.IGNORECASE,
)
_AMONG_REFERENCES = re.compile(r"\b(?:Sections?|Paragraphs?|Articles?|Clauses?|Exhibits?)\b[^a-z]*$")
_DECIMAL_REFERENCE = re.compile(r"\b(?:Sections|Paragraphs|Articles|Clauses)\b|: $")
_OF_A_FIGURE = re.compile(r"(?:% |%-)?(?:CI\b|confidence)|%? ?[-–—] ?\d|[.)] ?[A-Z]?$")
"""The text after the bounds of a range or an interval, and after the number of a list item."""


def other_numbers(text: str, chance: random.Random) -> list[Edit]:
    """Return an edit to another plausible number for each that counts or measures."""
    taken = [(one.start, one.end) for one in single_dates(text)]
    edits: list[Edit] = []
    for match in SPELLED.finditer(text):
        taken.append(match.span())
        if not match["digits"] and _SAID_AGAIN.match(text[match.end() : match.end() + 40]):
            continue
        value = value_of(match)
        other = None if value is None or value < 2 else _other_number(text, match, value, chance)
        if other is None:
            continue
        new = cased(match["words"], in_words(other))
        if match["digits"]:
            new += f" ({match['sign']}{_grouped(match['digits'], other)}{match['percent']})"
        edits.append(Edit.of(match, new))
    for match in _DIGITS.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        digits = _other_digits(text, match, chance) if _counts(text, match) else None
        if digits is not None:
            edits.append(Edit.of(match, match["sign"] + digits))
    return edits


def _counts(text: str, match: re.Match[str]) -> bool:
    """Return whether the digits count or measure: no reference, label, year or bound of a range."""
    digits, start, after = match["digits"], match.start(), text[match.end() : match.end() + 14]
    if not text[:start].strip() or not after.strip() or text[start - 1] == "(":
        return False
    if _REFERENCE.search(ahead_of(text, start, 14)) or _AMONG_REFERENCES.search(ahead_of(text, start, 60)):
        return False
    if "." in digits and _DECIMAL_REFERENCE.search(ahead_of(text, start, 120)):
        return False
    if _OF_A_FIGURE.match(after.lstrip()[:12]):
        return False
    if match["sign"]:
        return True
    if len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2099:
        return False
    if "," not in digits and re.search(r"[\w,] [A-Z][a-z]+ $", ahead_of(text, start, 30)):
        return False  # "Generation 2", "Severity 3"
    # False for the number of a section that begins within the sentence.
    return not ("." in digits and re.match(r" [A-Z][a-z]", after))


def _other_digits(text: str, match: re.Match[str], chance: random.Random) -> str | None:
    plain = match["digits"].replace(",", "")
    if not plain.strip("0.") or (plain[0] == "0" and not plain.startswith("0.")):
        return None
    if "." in plain:
        return _other_decimal(text, match, plain, chance)
    other = None if int(plain) < 2 else _other_number(text, match, int(plain), chance)
    return None if other is None else _grouped(match["digits"], other)


def _other_decimal(text: str, match: re.Match[str], plain: str, chance: random.Random) -> str | None:
    """Return a decimal with as many places; a share stays below 1, a percentage below 100."""
    value, places = float(plain), len(plain.partition(".")[2])
    up, down = directions(text, *match.span())
    factors = [*([1.5, 2.0, 3.0] if up else []), *([0.5, 0.25, 0.7] if down else [])]
    percent = text[match.end() : match.end() + 14].lstrip().startswith("%")
    ceiling = 1.0 if value < 1 else 100.0 if percent else 1e15
    found = [f"{value * factor:.{places}f}" for factor in factors if value * factor < ceiling]
    found = [one for one in found if one != plain and one.strip("0.")]
    return chance.choice(found) if found else None


def _other_number(text: str, match: re.Match[str], value: int, chance: random.Random) -> int | None:
    """Return a number of similar size and roundness, so different that rounding cannot make them equal."""
    start, end = match.span()
    up, down = directions(text, start, end)
    hour = re.match(r" ?[ap]\.?m\b", text[end : end + 6], re.IGNORECASE) is not None
    percent = "%" in match.group() or _PERCENT.match(text[end : end + 10]) is not None
    ceiling = 12 if hour else 100 if percent else 10**9
    if value <= 12:
        found = [number for number in range(2, 13) if number != value]
    else:
        step = 1 if value % 5 else 5
        if value >= 100 and value % 10 == 0:
            step = 10 ** (len(str(value)) - 2)
        found = [round(value * factor / step) * step for factor in (0.33, 0.5, 0.67, 0.75, 1.5, 2.0, 3.0)]
    found = [
        number
        for number in found
        if 2 <= number <= ceiling and ((up and number > value) or (down and number < value))
    ]
    return chance.choice(found) if found else None


def _grouped(like: str, number: int) -> str:
    """Return the number with commas if `like` has any."""
    return f"{number:,}" if "," in like else str(number)
