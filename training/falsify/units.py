"""False statements by unit: another unit of the same measure, another rate, another currency."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from training.edits import Edit, ahead_of, cased
from training.number_limits import directions
from vault.text.quantities.spelled import NUMBER_WORD

_TIMES = ("minute", "hour", "day", "week", "month", "year")
_MEASURES = (
    _TIMES, ("mcg", "mg", "g"), ("µg", "mg", "g"), ("μg", "mg", "g"), ("ug", "mg", "g"), ("g", "kg"),
    ("ml", "l"), ("mL", "L"), ("mm", "cm", "m"), ("µmol", "mmol"), ("metres", "kilometres"),
    ("meters", "kilometers"), ("feet", "miles"),
)  # fmt: skip
"""Units of one measure, the smaller first."""
_UNIT = re.compile(
    rf"(?<=[\d) -])(?:(?P<time>{'|'.join(_TIMES)})(?P<many>s?)|(?P<other>mcg|[µμu]g|mg|kg|g|ml|l|mm|cm|m"
    r"|[µm]mol|metres|meters|feet|miles|kilometres|kilometers))(?=[ ,.;:'’)/]|$)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:(?<![\d.])\d[\d,.]{{0,12}}|\b{NUMBER_WORD})\)?[ -]"
    r"(?P<kind>(?:calendar|business|working|consecutive) )?$",
    re.IGNORECASE,
)
_COUNT_IN_WORDS = re.compile(rf"(?<![\w-]){NUMBER_WORD}(?:[ -]{NUMBER_WORD})*[ ]?\($", re.IGNORECASE)
_KIND_OF_DAYS = re.compile(
    rf"(?:\d|\)|\b{NUMBER_WORD}) (business|working|calendar) (?=days?\b)", re.IGNORECASE
)
_RATES = {
    "per hour": "per day", "per day": "per week", "per week": "per month", "per month": "per year",
    "per quarter": "per month", "per year": "per month", "per annum": "per month", "daily": "weekly",
    "weekly": "monthly", "monthly": "weekly", "quarterly": "monthly", "annually": "monthly",
}  # fmt: skip
_RATE = re.compile(rf"(?<![\w-])(?:{'|'.join(_RATES)})\b")
_MONEY = (
    (re.compile(r"(?<![\w$])USD(?= ?\d)"), ("GBP", "EUR")),
    (re.compile(r"(?<![\w$])US\$(?= ?\d)"), ("£", "€")),
    (re.compile(r"(?<![\w$])\$(?= ?\d)"), ("£", "€")),
    (re.compile(r"(?<=[a-z\d)] )dollars(?=\W|$)"), ("pounds", "euros")),
)


def other_units(text: str, chance: random.Random) -> list[Edit]:
    """Return edits to another unit of the same measure after a number, another rate, another currency."""
    edits: list[Edit] = []
    for match in _UNIT.finditer(text):
        new = _other_unit(text, match, chance)
        if new is not None:
            edits.append(Edit.of(match, new))
    for match in _KIND_OF_DAYS.finditer(text):
        new = "business" if match.group(1).lower() == "calendar" else "calendar"
        edits.append(Edit.of(match, cased(match.group(1), new), 1))
    edits.extend(Edit.of(match, _RATES[match.group()]) for match in _RATE.finditer(text))
    edits.extend(_other_moneys(text, chance))
    return edits


def _other_unit(text: str, match: re.Match[str], chance: random.Random) -> str | None:
    """Return a similar unit that makes the statement false, even for a limit; None without a number."""
    time = match["time"]
    counted = _COUNT.search(ahead_of(text, match.start(), 30))
    if counted is None or (time and counted["kind"]):
        return None
    start = match.start() - len(counted.group())
    # "thirty (30) days": a limit stands before the word.
    spelled = _COUNT_IN_WORDS.search(ahead_of(text, start, 60))
    if spelled:
        start -= len(spelled.group())
    up, down = directions(text, start, match.end())
    name = time.lower() if time else match["other"]
    measure = next((measure for measure in _MEASURES if name in measure), (name,))
    near = (-1, 1, 2) if time else (-2, -1, 1, 2)
    found = [
        other
        for distance, other in enumerate(measure, -measure.index(name))
        if distance in near and (up if distance > 0 else down)
    ]
    if not found:
        return None
    return cased(time, chance.choice(found)) + match["many"] if time else chance.choice(found)


def _other_moneys(text: str, chance: random.Random) -> Iterator[Edit]:
    for pattern, others in _MONEY:
        for match in pattern.finditer(text):
            # In "Fifty dollars ($50)" a change of only one would make the text contradict itself.
            twice = "$" in text if match.group() == "dollars" else "dollar" in text.lower()
            if not twice:
                yield Edit.of(match, chance.choice(others))
