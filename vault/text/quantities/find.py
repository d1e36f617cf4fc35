"""Find the quantities of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from vault.text.quantities.digits import value_of_digits
from vault.text.quantities.found import FoundQuantity
from vault.text.quantities.spelled import value_of_words
from vault.text.quantities.units import CURRENCIES, RATES, SHORT_RATES, UNITS, Dimension, dimension_of
from vault.text.quantities.written import (
    ALL_SCALES,
    AND,
    BEGINNING,
    BETWEEN_BEFORE,
    BLOOD_PRESSURE,
    CURRENCY_AFTER,
    GOES_ON,
    HALVES,
    MEASURE,
    NUMBER,
    OFTEN_OR_CLOCK,
    ONLY_WITH_A_UNIT,
    ORDINAL_ENDING,
    PER_UNIT,
    PRESSURE_BEFORE,
    RATE,
    REST,
    REST_OF_CODE,
    TO,
)


def find_quantities(text: str, besides: Sequence[tuple[int, int]] = ()) -> list[FoundQuantity]:
    """Return the quantities of `text` in order; no two overlap.

    `besides` are places (start, end) in order that are something else, such as dates and references: their
    numbers are left out. "Twice daily" and clock times are no quantities.

    Example: "Take 1.5 g to 2 g a day" gives one with value 1.5, upper 2, unit "g/day" and dimension mass.
    """
    lower = text.replace("\u0130", "i").lower()
    found: list[FoundQuantity] = []
    place, taken = 0, list(besides)
    while (beginning := BEGINNING.search(lower, place)) is not None:
        start = beginning.start()
        while taken and taken[0][1] <= start:
            taken.pop(0)
        if taken and taken[0][0] <= start:
            place = taken[0][1]
            continue
        quantity = _quantity_at(text, lower, start) if _is_free(lower, start) else None
        if quantity is None or (taken and taken[0][0] < quantity.end):
            place = _after(lower, beginning)
            continue
        if found and _repeats(lower, found[-1], quantity):
            quantity = _joined(text, lower, found.pop(), quantity)
        found.append(quantity)
        place = quantity.end
    return found


def _after(lower: str, beginning: re.Match[str]) -> int:
    """Return where to go on after something that is no quantity: after its word or code."""
    rest = REST.match(lower, beginning.start()) if lower[beginning.start()].isdigit() else None
    return max(beginning.end(), rest.end() if rest else 0)


def _is_free(lower: str, start: int) -> bool:
    """Return whether a number at `start` is no part of a code or of another number."""
    before = lower[max(0, start - 2) : start]
    last = before[-1:]
    if last == "x" and before[0].isdigit():
        return True  # 2x500mg
    if last and (last.isalnum() or last in "_#§"):
        return False
    if last in ("-", "/", ".", ",", ":") and len(before) == 2 and before[0].isalnum():
        return False
    return not (last == "." and before[0] == ".")


def _quantity_at(text: str, lower: str, start: int) -> FoundQuantity | None:
    pair = _pressure_at(lower, start)
    if pair is not None:
        return pair
    if (
        start
        and lower[start - 1] in "-−"
        and lower[start].isdigit()
        and (start == 1 or lower[start - 2] in " (\n\t|")
    ):
        start -= 1
    match = NUMBER.match(lower, start)
    if match is None or OFTEN_OR_CLOCK.match(lower, match.end()):
        return None
    value, unit, end = _value(lower, match)
    if match["digits"] and match["digits"].isdigit() and ORDINAL_ENDING.match(lower, end):
        return None
    upper, end, scale = _upper(text, lower, start, end, unit)
    if scale != 1 and not (match["digits"] and match["scale"]):
        value *= scale  # £5-10k
    if upper is not None and OFTEN_OR_CLOCK.match(lower, end):
        return None
    unit, end = _unit_after(text, lower, end, unit)
    if GOES_ON.match(lower, end):
        return None
    if unit is None and not _may_stand_alone(match):
        return None
    return FoundQuantity(start, end, value, unit, dimension_of(unit), upper=upper)


def _value(lower: str, match: re.Match[str]) -> tuple[Decimal, str | None, int]:
    """Return value, currency and end of a number."""
    unit = UNITS[match["money"].strip()] if match["money"] else None
    end = match.end()
    if match["digits"]:
        scale = (match["scale"] or "").strip().rstrip(".")
        after = CURRENCY_AFTER.match(lower, end)
        if scale == "m" and not unit and not after:
            scale, end = "", match.end("digits")  # metres
        value = value_of_digits(match["digits"], money=unit is not None or after is not None)
        value *= ALL_SCALES.get(scale, 1)
    elif match["words"]:
        number = value_of_words(match["words"].removeprefix("a "))
        if number is None:
            return _first_word(match)
        value = Decimal(number) + (Decimal("0.5") if match["half"] else 0)
    elif match["above"]:
        value = Decimal(int(match["mixed"] or 0)) + round(
            Decimal(match["above"]) / Decimal(match["below"]), 3
        )
    elif match["one"]:
        value = Decimal("0.5")
    else:
        value = Decimal(match["whole"] or 0) + Decimal(HALVES[match["part"] or match["vulgar"]])
    return (-value if match["minus"] else value), unit, end


def _first_word(match: re.Match[str]) -> tuple[Decimal, str | None, int]:
    """Of words that form no number together ("two three") the first is one."""
    word = re.match(r"\w+", match["words"])
    assert word is not None
    return Decimal(value_of_words(word.group()) or 0), None, match.start("words") + word.end()


def _upper(text: str, lower: str, start: int, end: int, unit: str | None) -> tuple[Decimal | None, int, int]:
    """Return the other end of a range after the number before `end`, where it ends, and its scale."""
    own = MEASURE.match(lower, end)
    after = own.end() if own else end
    tie = TO.match(lower, after)
    if tie is None and BETWEEN_BEFORE.search(lower, max(0, start - 10), start):
        tie = AND.match(lower, after)
    match = NUMBER.match(lower, tie.end()) if tie else None
    if match is None or (match["money"] and not unit):
        return None, end, 1
    value, other, stop = _value(lower, match)
    if REST_OF_CODE.match(lower, stop):
        return None, end, 1
    following, _ = _unit_after(text, lower, stop, other)
    mine = UNITS[own["unit"]] if own else unit
    if mine and following and following.partition("/")[0] != mine.partition("/")[0]:
        return None, end, 1
    if mine and not following and own:
        return None, end, 1  # "5 mg to 10": what of?
    return value, stop, ALL_SCALES.get((match["scale"] or "").strip(), 1) if unit else 1


def _unit_after(text: str, lower: str, end: int, unit: str | None) -> tuple[str | None, int]:
    """Return the unit after a number, with what it is per, and where it ends."""
    match = MEASURE.match(lower, end)
    if match is not None and unit is None and _is_unit(text, match):
        unit, end = UNITS[match["unit"]], match.end()
        for part in match["per"].split("/")[1:]:
            name = part.strip()
            unit += f"/{UNITS[name]}" if name in UNITS else ("/1.73m2" if "1.73" in name else "")
    if unit is None:
        return None, end
    rate = RATE.match(lower, end)
    if rate is not None and (rate["short"] is None or unit in CURRENCIES):
        time = rate["time"]
        per = UNITS[time] if time else RATES.get(rate["word"] or "") or SHORT_RATES[rate["short"]]
        return f"{unit}/{per}", rate.end()
    per_unit = PER_UNIT.match(lower, end)
    if per_unit is not None:
        return f"{unit}/{UNITS[per_unit['unit']]}", per_unit.end()
    return unit, end


def _is_unit(text: str, match: re.Match[str]) -> bool:
    """Return whether the name of a unit is meant as one: "5 h", but not "4 G"."""
    name = match["unit"]
    if (
        name in ("d", "bar", "amp", "spray", "dose", "second", "stone", "gray")
        and match.group()[0] not in " -"
    ):
        return False
    written = text[match.start("unit") : match.end("unit")]
    return len(name) > 1 or not name.isalpha() or written.islower() or written in ("L", "U")


def _may_stand_alone(match: re.Match[str]) -> bool:
    """Return whether a number counts without a unit: not "one of them", nor half of something, nor 1/2."""
    if match["above"] or match["one"]:
        return False
    return match["words"] not in ONLY_WITH_A_UNIT or bool(match["half"])


def _pressure_at(lower: str, start: int) -> FoundQuantity | None:
    """Return the blood pressure at `start`, with its unit or after its name; None if there is none."""
    match = BLOOD_PRESSURE.match(lower, start)
    if match is None or not (match["unit"] or PRESSURE_BEFORE.search(lower, max(0, start - 36), start)):
        return None
    high, low = Decimal(match[1]), Decimal(match[2])
    return FoundQuantity(start, match.end(), high, "mmhg", Dimension.PRESSURE, over=low)


def _repeats(lower: str, before: FoundQuantity, quantity: FoundQuantity) -> bool:
    """Return whether a quantity in brackets is the one before: "thirty (30) days"."""
    if before.value != quantity.value or lower[before.end : quantity.start].strip() != "(":
        return False
    return lower[quantity.end : quantity.end + 1] == ")" and (
        before.unit is None or quantity.unit in (None, before.unit)
    )


def _joined(text: str, lower: str, before: FoundQuantity, quantity: FoundQuantity) -> FoundQuantity:
    """Return a quantity and the one in brackets after it as one, with the unit after the brackets."""
    unit, end = quantity.unit or before.unit, quantity.end + 1
    if unit is None:
        unit, end = _unit_after(text, lower, end, unit)
    return replace(before, end=end, unit=unit, dimension=dimension_of(unit))
