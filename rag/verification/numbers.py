"""Numbers, doses, money and dates of a text: their value, unit and limit, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rag.verification.dates import Day, readings
from rag.verification.lexicon import STOPWORDS
from rag.verification.units import (
    ADVERBS,
    CURRENCIES,
    MONEY_SCALES,
    ONES,
    ORDINALS,
    RATES,
    SCALES,
    TENS,
    UNITS,
)
from rag.verification.words import Kind, Token

_LIMITS = tuple(
    (re.compile(rf"(?:^|(?<= ))(?:{pattern})(?: (?:a|an|the|period of|of|to|is|be))*$"), limit)
    for limit, pattern in (
        (">=", r"at least|(?:not|no|nor) (?:be )?(?:less|fewer|lower|earlier) than|(?:a )?minimum"),
        ("<=", r"at most|(?:not|no|nor) (?:be )?(?:more|greater|later|longer) than|(?:a )?maximum|up to"),
        ("<=", r"not (?:to )?exceed(?:ing)?|on or before"),
        ("within", r"within"),
        (">", r"(?:more|greater|longer|older|higher|later) than|over|above|beyond"),
        (">", r"exceed(?:s|ed|ing)?|in excess of"),
        ("<", r"(?:less|fewer|shorter|younger|lower|earlier) than|under|below"),
    )
)
_LIMITS_AFTER = {
    "or more": ">=", "or longer": ">=", "or older": ">=", "or greater": ">=",
    "or less": "<=", "or fewer": "<=", "or younger": "<=",
}  # fmt: skip
_CLAUSE_STARTS = frozenset("the a an it he she they all this these every any both".split())
"""Behind "once" these begin a clause: it is "as soon as" there, and no number."""
_REACH = 6
"""Words looked at before a number for its limit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and limit, or a date. `tokens[start:end]` are its words, limit included."""

    text: str
    index: int
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    limit: str = ""
    days: frozenset[Day] = frozenset()


@lru_cache(maxsize=8_192)
def quantities(tokens: tuple[Token, ...]) -> tuple[Quantity, ...]:
    """The quantities among the tokens; "thirty (30)" counts once."""
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        quantity = _read(tokens, index)
        if quantity is None:
            index += 1
            continue
        if found and found[-1].value == quantity.value and _bracketed(tokens, found[-1].end, quantity.index):
            before = found.pop()
            quantity = replace(
                before, text=quantity.text, unit=quantity.unit or before.unit, end=quantity.end,
                limit=before.limit or quantity.limit,
            )  # fmt: skip
        found.append(quantity)
        index = quantity.end
    return tuple(_with_shared_units(found, tokens))


@lru_cache(maxsize=8_192)
def counted_in(tokens: tuple[Token, ...]) -> frozenset[int]:
    """Indices of the tokens that belong to a quantity: they are judged with it, not as words."""
    return frozenset(
        index for quantity in quantities(tokens) for index in range(quantity.start, quantity.end)
    )


def _bracketed(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    return [token.key for token in tokens[start:end]] == ["("]


def _with_shared_units(found: list[Quantity], tokens: tuple[Token, ...]) -> list[Quantity]:
    """In "10 to 20 mg" and "10 or 20 mg" the first number has the unit of the second."""
    for position in range(len(found) - 2, -1, -1):
        this, after = found[position], found[position + 1]
        between = {token.lower for token in tokens[this.end : after.index]}
        if after.value is not None and not after.unit and between in ({"of"}, {"of", "the"}):
            found[position + 1] = replace(
                after, limit="of"
            )  # in "two of 38 patients" there are 38, and two did it
        if not this.unit and this.value is not None and between and between <= {"to", "-", "or", "and"}:
            found[position] = replace(this, unit=after.unit)
    return found


def _read(tokens: tuple[Token, ...], start: int) -> Quantity | None:
    token = tokens[start]
    if token.kind is Kind.DATE:
        limit, begin = _limit_before(tokens, start)
        end = start + 1
        if [word.lower for word in tokens[end : end + 3]] == ["at", "the", "latest"]:
            limit, end = "<=", end + 3
        elif start and tokens[start - 1].lower == "by":
            limit, begin = limit or "<=", min(begin, start - 1)
        return Quantity(token.text, start, begin, end, limit=limit, days=readings(token.text))
    if token.kind is Kind.NUMBER:
        value, unit = _digits(token.text)
        end = start + 1
    elif token.kind is Kind.WORD:
        spelled = _spelled(tokens, start)
        if spelled is None:
            return None
        value, unit, end = spelled
    else:
        return None
    scales = MONEY_SCALES if unit in CURRENCIES else SCALES
    while end < len(tokens) and tokens[end].lower in scales:
        value, end = value * scales[tokens[end].lower], end + 1
    begin = start
    if start and UNITS.get(tokens[start - 1].lower) in CURRENCIES:
        unit, begin = UNITS[tokens[start - 1].lower], start - 1
    unit, end = _unit(tokens, end, unit)
    if not unit and token.text.isdigit() and len(token.text) == 4 and 1900 <= value <= 2099:
        return Quantity(token.text, start, start, end, days=frozenset({Day(int(value), None, None)}))
    unit, end = _rate(tokens, end, unit)
    limit, begin = _limit_before(tokens, begin)
    after = " ".join(word.lower for word in tokens[end : end + 2])
    if after in _LIMITS_AFTER:
        limit, end = _LIMITS_AFTER[after], end + 2
    return Quantity(token.text, start, begin, end, value, unit, limit)


def _digits(text: str) -> tuple[Decimal, str]:
    unit = next((UNITS[sign.lower()] for sign in ("US$", "$", "€", "£") if text.startswith(sign)), "")
    if text[-1].isalpha():
        unit = "th"
    return Decimal(re.sub(r"[^\d.]", "", text)), unit


def _spelled(tokens: tuple[Token, ...], start: int) -> tuple[Decimal, str, int] | None:
    word = tokens[start].lower
    after = tokens[start + 1].lower if start + 1 < len(tokens) else ""
    if word == "once" and after in _CLAUSE_STARTS:
        return None
    if word in ADVERBS:
        return Decimal(ADVERBS[word]), "times", start + 1
    if word in ORDINALS:
        # "First" and "second" are numbers beside a unit only; a third party is not a number at all.
        counted = after in UNITS if word in ("first", "second") else not after.startswith("part")
        return (Decimal(ORDINALS[word]), "th", start + 1) if counted else None
    if word == "half":
        return Decimal("0.5"), "", start + 1
    if word == "one" and (after in STOPWORDS or not after.isalpha()) and after != "(":
        return None
    total, end = 0, start
    while end < len(tokens):
        word = tokens[end].lower
        if word in TENS or word in ONES:
            total += TENS.get(word, 0) or ONES.get(word, 0)
        elif word == "hundred" and end > start:
            total *= 100
        elif not (end > start and _joins(tokens, end)):
            break
        end += 1
    return (Decimal(total), "", end) if end > start else None


def _joins(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the word holds one spelled number together: "one hundred and five", "twenty-five"."""
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    before = tokens[index - 1].lower
    joined = before == "hundred" if tokens[index].lower == "and" else before in TENS
    return tokens[index].lower in ("and", "-") and joined and (after in ONES or after in TENS)


def _unit(tokens: tuple[Token, ...], end: int, unit: str) -> tuple[str, int]:
    """The unit after the number, with what it is per (mg/kg) and whether days are business days."""
    if end < len(tokens) and tokens[end].key == ")":
        end += 1
    if unit:
        return unit, end
    qualifier = ""
    if end + 1 < len(tokens) and tokens[end + 1].lower in UNITS:
        kind = tokens[end].lower
        qualifier = "business " if kind in ("business", "working") else ""
        end += kind in ("business", "working", "calendar", "consecutive")
    name = tokens[end].lower if end < len(tokens) else ""
    if name not in UNITS:
        return "", end
    unit, end = qualifier + UNITS[name], end + 1
    if end + 1 < len(tokens) and tokens[end].key == "/" and tokens[end + 1].kind is Kind.WORD:
        per = tokens[end + 1].lower
        return f"{unit}/{UNITS.get(per, per)}", end + 2
    return unit, end


def _rate(tokens: tuple[Token, ...], end: int, unit: str) -> tuple[str, int]:
    """The unit with what it is per in words: "euro per month", "mg a day", "euro monthly"."""
    words = [token.lower for token in tokens[end : end + 2]]
    if words and words[0] in RATES:
        return f"{unit}/{RATES[words[0]]}", end + 1
    if len(words) == 2 and words[0] in ("per", "a", "each", "every") and words[1] in {**UNITS, **RATES}:
        return f"{unit}/{RATES.get(words[1]) or UNITS[words[1]]}", end + 2
    return unit, end


def _limit_before(tokens: tuple[Token, ...], start: int) -> tuple[str, int]:
    """The limit that the words before `start` set, and where they begin."""
    words = [token.lower for token in tokens[max(0, start - _REACH) : start]]
    before = " ".join(words)
    for pattern, limit in _LIMITS:
        match = pattern.search(before)
        if match:
            return limit, start - len(match.group().split())
    return "", start
