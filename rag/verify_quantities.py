"""Guard: every quantity of the statement stands in the passage, with its unit, said of the same thing."""

from __future__ import annotations

from itertools import pairwise

from rag.verify_binding import bound_to, surroundings
from rag.verify_dates import says
from rag.verify_numbers import Quantity, quantities
from rag.verify_words import Token, content_keys, key_of


def quantities_disagree(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """Why a number, dose, sum or date of the statement is not the passage's; None when all are."""
    there = quantities(passage)
    keys = content_keys(statement)
    for stated in quantities(statement):
        same = [found for found in there if _same_value(stated, found, keys, passage)]
        if not same:
            return f"{_named(stated)} is not in the cited passage"
        agreeing = {found.index for found in same if _same_limit(stated, found)}
        if not agreeing:
            return f"{_named(stated)} is a limit of another kind in the cited passage"
        toward = _direction(statement, stated)
        if toward and not any(_direction(passage, f) == toward for f in same if f.index in agreeing):
            return f"{_named(stated)} does not stand after “{toward}” in the cited passage"
        rivals = [found.index for found in there if _comparable(stated, found)]
        thing = _thing(statement, stated)
        counted = [found for found in same if _thing(passage, found)]
        if thing and not stated.unit and counted and not any(thing in _things(passage, f) for f in counted):
            return f"{_named(stated)} counts something else in the cited passage"
        others = {_thing(passage, found) for found in there if found.index not in agreeing}
        if (
            thing
            and thing in others
            and thing not in {_thing(passage, f) for f in there if f.index in agreeing}
        ):
            return f"{_named(stated)} is said of something else in the cited passage"
        if not agreeing & bound_to(statement, stated.index, passage, rivals):
            return f"{_named(stated)} is said of something else in the cited passage"
    return _torn_apart(statement, passage, keys)


def _torn_apart(statement: tuple[Token, ...], passage: tuple[Token, ...], keys: frozenset[str]) -> str | None:
    """Why two numbers that the statement puts together ("10 mg twice daily") are apart in the passage."""
    stated = [quantity for quantity in quantities(statement) if not quantity.days]
    there = [quantity for quantity in quantities(passage) if not quantity.days]
    for one, other in pairwise(stated):
        if _separated(statement, one, other):
            continue
        ones = [found for found in there if _same_value(one, found, keys, passage)]
        others = [found for found in there if _same_value(other, found, keys, passage)]
        if all(_separated(passage, *sorted((a, b), key=_place)) for a in ones for b in others):
            return f"{_named(one)} and {_named(other)} are not said together in the cited passage"
    return None


def _separated(tokens: tuple[Token, ...], one: Quantity, other: Quantity) -> bool:
    return any(token.key in (",", ";", ".") for token in tokens[one.end : other.start])


def _place(quantity: Quantity) -> int:
    return quantity.index


def _same_value(stated: Quantity, found: Quantity, said: frozenset[str], passage: tuple[Token, ...]) -> bool:
    """Whether value and unit agree; what it is per ("monthly") may stand elsewhere in either."""
    if stated.days or found.days:
        return says(stated.days, found.days)
    if stated.value != found.value:
        return False
    (unit, _, rate), (found_unit, _, found_rate) = stated.unit.partition("/"), found.unit.partition("/")
    if unit != found_unit or rate == found_rate:
        return unit == found_unit
    if not rate:
        return key_of(found_rate) in said
    return not found_rate and key_of(rate) in surroundings(passage, found.index)


def _thing(tokens: tuple[Token, ...], quantity: Quantity) -> str | None:
    """What is counted or measured, where it stands right behind: "two units of blood"."""
    for token in tokens[quantity.end : quantity.end + 3]:
        if token.content:
            return token.key
        if token.lower not in ("of", "the", "a"):
            break
    return None


def _things(tokens: tuple[Token, ...], quantity: Quantity) -> set[str]:
    """What may be counted: "twelve independent directors" are directors too."""
    return {token.key for token in tokens[quantity.end : quantity.end + 4] if token.content}


def _direction(tokens: tuple[Token, ...], quantity: Quantity) -> str:
    before = tokens[quantity.start - 1].lower if quantity.start else ""
    return before if before in ("from", "to", "until") else ""


def _same_limit(stated: Quantity, found: Quantity) -> bool:
    """Whether both set the same limit; a time "within" which something happens may be called its length."""
    if stated.limit == found.limit or {stated.limit, found.limit} == {"<=", "within"}:
        return True
    return stated.limit == "" and found.limit == "within"


def _comparable(stated: Quantity, found: Quantity) -> bool:
    return bool(stated.days) == bool(found.days) and stated.unit.split("/")[0] == found.unit.split("/")[0]


def _named(quantity: Quantity) -> str:
    if quantity.days:
        return f"the date {quantity.text}"
    return f"the number {quantity.text}" + (
        "" if quantity.unit in ("", "th", "times") else f" ({quantity.unit})"
    )
