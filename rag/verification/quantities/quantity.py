"""The quantities of a text: numbers with unit and limit, and dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rag.verification.quantities.measures import limit_after, limit_before, rate_after, unit_after
from rag.verification.quantities.numerals import number_in_digits, number_in_words, word_at
from rag.verification.text.days import Day
from rag.verification.text.tokens import Kind, Token, Tokens
from vault.text.quantities.units import AFTER_NUMBERS, CURRENCIES, MONEY_SCALES, SCALES

_JOINING = frozenset({"to", "-", "or", "and"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and limit, or a date."""

    text: str
    index: int
    """Of the number among the tokens."""
    start: int
    end: int
    """`tokens[start:end]` are its words, limit and unit included."""
    value: Decimal | None = None
    """None for a date."""
    unit: str = ""
    """The name that stands for the unit, with what it is per: "mg", "eur/month"."""
    limit: str = ""
    """">=", ">", "<=", "<", "within", "of" (of so many), or nothing."""
    days: frozenset[Day] = frozenset()
    """What a date may mean; empty for a number."""

    def __str__(self) -> str:
        """Name the quantity for people."""
        if self.days:
            return f"the date {self.text}"
        return f"the number {self.text}" + ("" if self.unit in ("", "th", "times") else f" ({self.unit})")


@lru_cache(maxsize=8_192)
def quantities_in(tokens: Tokens) -> tuple[Quantity, ...]:
    """Return the quantities of a text in their order; "thirty (30)" is one."""
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        quantity = _quantity_at(tokens, index)
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
def quantity_indices(tokens: Tokens) -> frozenset[int]:
    """Return the indices of the tokens that belong to a quantity. They are not compared as words."""
    return frozenset(
        index for quantity in quantities_in(tokens) for index in range(quantity.start, quantity.end)
    )


def _bracketed(tokens: Tokens, start: int, end: int) -> bool:
    return [token.key for token in tokens[start:end]] == ["("]


def _with_shared_units(found: list[Quantity], tokens: Tokens) -> list[Quantity]:
    """In "10 to 20 mg" and "10 or 20 mg" the first number has the unit of the second."""
    for position in range(len(found) - 2, -1, -1):
        this, following = found[position], found[position + 1]
        between = {token.lower for token in tokens[this.end : following.index]}
        if following.value is not None and not following.unit and between in ({"of"}, {"of", "the"}):
            # In "two of 38 patients" 38 is how many there are, and two is how many did it.
            found[position + 1] = replace(following, limit="of")
        if not this.unit and this.value is not None and between and between <= _JOINING:
            found[position] = replace(this, unit=following.unit)
    return found


def _quantity_at(tokens: Tokens, start: int) -> Quantity | None:
    token = tokens[start]
    if token.kind is Kind.DATE:
        return _date_at(tokens, start)
    if token.kind is Kind.NUMBER:
        return _number_at(tokens, start, *number_in_digits(token.text), start + 1)
    number = number_in_words(tokens, start) if token.kind is Kind.WORD else None
    return None if number is None else _number_at(tokens, start, *number)


def _date_at(tokens: Tokens, index: int) -> Quantity:
    limit, start = limit_before(tokens, index)
    end = index + 1
    if [word.lower for word in tokens[end : end + 3]] == ["at", "the", "latest"]:
        limit, end = "<=", end + 3
    elif index and tokens[index - 1].lower == "by":
        limit, start = limit or "<=", min(start, index - 1)
    text = tokens[index].text
    return Quantity(text, index, start, end, limit=limit, days=tokens[index].days)


def _number_at(tokens: Tokens, index: int, value: Decimal, unit: str, end: int) -> Quantity:
    """Return the number at `index` with what stands around it; its own words end at `end`."""
    scales = MONEY_SCALES if unit in CURRENCIES else SCALES
    while (scale := word_at(tokens, end)) in scales:
        value, end = value * scales[scale], end + 1
    start = index
    if index and AFTER_NUMBERS.get(tokens[index - 1].lower) in CURRENCIES:
        unit, start = AFTER_NUMBERS[tokens[index - 1].lower], index - 1
    unit, end = unit_after(tokens, end, unit)
    if not unit and _is_year(tokens[index], value):
        return Quantity(tokens[index].text, index, index, end, days=frozenset({Day(int(value), None, None)}))
    unit, end = rate_after(tokens, end, unit)
    limit, start = limit_before(tokens, start)
    later_limit, end = limit_after(tokens, end)
    return Quantity(tokens[index].text, index, start, end, value, unit, later_limit or limit)


def _is_year(token: Token, value: Decimal) -> bool:
    return token.text.isdigit() and len(token.text) == 4 and 1900 <= value <= 2099
