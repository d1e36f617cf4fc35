"""Guards on the numbers of a statement: the passage has them, with their limits, ranges and company."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from rag.verification.guards.matches import agreed_matches, has_same_value, matches
from rag.verification.quantities.quantity import Quantity, quantities_in
from rag.verification.text.tokens import Kind, Tokens, content_keys


def number_is_missing(statement: Tokens, passage: Tokens) -> str | None:
    """Return which number, dose, sum or date of the statement the passage does not have."""
    for match in matches(statement, passage):
        if not match.same:
            return f"{match.stated} is not in the cited passage"
    return None


def limit_differs(statement: Tokens, passage: Tokens) -> str | None:
    """Return which number is a limit of another kind in the passage: at least, at most, exactly."""
    for match in matches(statement, passage):
        if match.same and not match.agreeing:
            return f"{match.stated} is a limit of another kind in the cited passage"
    return None


def end_of_change_differs(statement: Tokens, passage: Tokens) -> str | None:
    """Return which number stands after "from", "to" or "until" in the statement only."""
    for match in agreed_matches(statement, passage):
        end = _end_of_change(statement, match.stated)
        if end and not any(_end_of_change(passage, found) == end for found in match.agreeing):
            return f"{match.stated} does not stand after “{end}” in the cited passage"
    return None


def range_is_reversed(statement: Tokens, passage: Tokens) -> str | None:
    """Return that a range of the statement ("from 60 to 45") is the other way round in the passage."""
    stated, found = _ranges(statement), _ranges(passage)
    if any((high, low) in found - stated for low, high in stated):
        return "a range is the other way round in the cited passage"
    return None


def numbers_are_apart(statement: Tokens, passage: Tokens) -> str | None:
    """Return which numbers the statement puts together ("10 mg twice daily") and the passage does not."""
    stated = [quantity for quantity in quantities_in(statement) if not quantity.days]
    keys = content_keys(statement)
    for one, other in pairwise(stated):
        if _are_separate(statement, one, other):
            continue
        pairs = [
            sorted((first, second), key=_index)
            for first in quantities_in(passage)
            if not first.days and has_same_value(one, first, keys, passage)
            for second in quantities_in(passage)
            if not second.days and has_same_value(other, second, keys, passage)
        ]
        said = _between(statement, one, other)
        if pairs and all(_are_separate(passage, a, b) and _between(passage, a, b) != said for a, b in pairs):
            return f"{one} and {other} are not said together in the cited passage"
    return None


def _end_of_change(tokens: Tokens, quantity: Quantity) -> str:
    before = tokens[quantity.start - 1].lower if quantity.start else ""
    return before if before in ("from", "to", "until") else ""


def _ranges(tokens: Tokens) -> set[tuple[Decimal, Decimal]]:
    """Return the pairs of numbers that "to" or a dash joins."""
    return {
        (one.value, other.value)
        for one, other in pairwise(quantities_in(tokens))
        if one.value is not None and other.value is not None
        if [token.lower for token in tokens[one.end : other.index]] in (["to"], ["-"])
    }


def _are_separate(tokens: Tokens, one: Quantity, other: Quantity) -> bool:
    """Return whether they are said of two things: "the temperature was 38.6 and the heart rate 112"."""
    between = tokens[one.end : other.start]
    joined = "and" in {token.lower for token in between} and any(token.content for token in between)
    return joined or any(token.key in (",", ";", ".") for token in between)


def _between(tokens: Tokens, one: Quantity, other: Quantity) -> list[str]:
    """Return what stands between them without marks: "10 mg, twice daily" is "10 mg twice daily"."""
    return [token.key for token in tokens[one.end : other.start] if token.kind is not Kind.MARK]


def _index(quantity: Quantity) -> int:
    return quantity.index
