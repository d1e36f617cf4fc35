"""Numbers in cells: decimal commas and points, thousands, signs, currencies and units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_UNIT = (
    r"10\^\d+/l|x?10\*?\d+/l|[mµμu]?mol/(?:mol|l)|mg/(?:mmol|dl|l|kg)|[nµμpum]?g/(?:dl|ml|l)|m?u/(?:ml|l)|iu/l"
    r"|ml/min(?:/1[.,]73\s?m[²2])?|mm\s?hg|mmhg|bpm|/min|°c|°f|°|kg/m[²2]|l/min|mm/h|cells/µl"
    r"|kg|mg|mcg|µg|μg|ng|ml|cl|dl|fl|pg|cm|mm|km|kilos?|g|l|m[²2³3]|sq\.?\s?(?:m|ft)|m|ft|st|lbs?|oz"
    r"|units?|iu|tablets?|tabs?|capsules?|drops?|puffs?|sachets?|patch(?:es)?"
    r"|seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|months?|years?|yrs?|nights?"
    r"|per cent|percent|%|‰|£|€|\$|gbp|eur|euros?|usd|chf|pounds?|dollars?|pence|p"
)
UNIT = re.compile(rf"(?:{_UNIT})", re.IGNORECASE)
_PER = r"(?:\s?(?:/|per|a|an|each|p\.)\s?(?:day|week|month|year|annum|hour|night|visit|h|d|wk|yr|a\.|m\.))?"
_NUMBER = re.compile(
    r"\s*(?P<bound>[<>≤≥~≈]|c\.|ca\.?|approx\.?)?\s*(?P<open>\()?\s*(?P<sign>[-−–+])?\s*"
    r"(?P<money>£|€|\$|GBP|EUR|USD|CHF)?\s?(?P<later>[-−–])?\s*"
    r"(?P<digits>\d{1,3}(?:[ '’\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d[\d.,]*\d|\d)(?P<close>\))?"
    rf"\s?(?P<unit>(?:{_UNIT})(?![^\W\d_]){_PER})?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MONEY = {"£": "£", "gbp": "£", "€": "€", "eur": "€", "$": "$", "usd": "$", "chf": "CHF"}
_SAME_UNIT = {
    "kilo": "kg",
    "kilos": "kg",
    "μg": "µg",
    "mcg": "µg",
    "per cent": "%",
    "percent": "%",
    "euro": "€",
    "euros": "€",
    "eur": "€",
    "gbp": "£",
    "pounds": "£",
    "usd": "$",
    "dollars": "$",
}


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The number at the beginning of a cell."""

    value: Decimal
    unit: str
    """As written in the cell, or empty."""
    bound: bool
    """Whether it is only a limit ("<5") or about right."""
    alone: bool
    """Whether the cell says nothing but the number and its unit."""


@lru_cache(maxsize=1 << 16)
def number_of(text: str, decimal_comma: bool = False) -> CellNumber | None:
    """Return the number that a cell begins with; None for words, dates, ratios and references.

    `decimal_comma` says how the column writes its numbers: it decides between 1,5 and 1,500.

    Example: `number_of("£24,000.00").value` is `Decimal("24000.00")`.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    rest = found["rest"].strip()
    after = text[found.end("close" if found["close"] else "digits") :][:1]
    if rest[:1] in tuple("/-–:*x×^") or (found["unit"] is None and after and after not in " ,;.(\n"):
        return None  # "158/92", "1-0-0", "07:30", "2L3": no number by itself
    value = _value(found["digits"], decimal_comma)
    if value is None:
        return None
    if (found["sign"] or found["later"] or "+") in "-−–" or (found["open"] and found["close"]):
        value = -value
    unit = _MONEY.get((found["money"] or "").lower(), "") or (found["unit"] or "").strip()
    return CellNumber(value, unit, found["bound"] is not None, not rest)


def _value(digits: str, decimal_comma: bool) -> Decimal | None:
    plain = re.sub(r"[ '’\u00a0\u202f]", "", digits)
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    elif comma >= 0:
        decimal = "" if _thousands(plain, ",") and not decimal_comma else ","
    elif point >= 0:
        decimal = "" if plain.count(".") > 1 or (decimal_comma and _thousands(plain, ".")) else "."
    else:
        decimal = ""
    for mark in ",.":
        if mark != decimal:
            plain = plain.replace(mark, "")
    plain = plain.replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 else None


def _thousands(plain: str, mark: str) -> bool:
    return re.fullmatch(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+", plain) is not None


def has_decimal_comma(texts: Iterable[str]) -> bool:
    """Return whether the cells of a column write their decimals with a comma."""
    for text in texts:
        if re.search(r"\d,\d{1,2}(?!\d)", text) or re.search(r"\d\.\d{3},\d", text):
            return True
        if re.search(r"\d\.\d{1,2}(?!\d)", text) or re.search(r"\d,\d{3}\.\d", text):
            return False
    return False


def same_unit(one: str, other: str) -> bool:
    """Return whether two units are one and the same, however they are written."""
    return plain_unit(one) == plain_unit(other)


def plain_unit(unit: str) -> str:
    """Return a unit in one way of writing it."""
    lower = " ".join(unit.lower().split()).rstrip(".")
    return _SAME_UNIT.get(lower, lower).replace("μ", "µ").replace("umol", "µmol").removesuffix("s")


def with_unit(number: Decimal, unit: str) -> str:
    """Return a number with its unit as a person writes it: "£1,250.00", "3.4 mmol/L", "12 %"."""
    text = f"{number:,f}"
    if unit in ("£", "€", "$"):
        return f"-{unit}{text[1:]}" if text.startswith("-") else f"{unit}{text}"
    return f"{text} {unit}".strip()
