"""Guard: every quantity of the statement stands in the passage, with its unit, said of the same thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import pairwise

from rag.verification.binding import bound_to, exchanged, surroundings
from rag.verification.dates import says
from rag.verification.numbers import Quantity, quantities
from rag.verification.words import Kind, Token, content_keys, key_of


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
        comparable = [found for found in there if _comparable(stated, found)]
        if _followed_otherwise(statement, stated, passage, comparable, agreeing):
            return f"{_named(stated)} is said of something else in the cited passage"
        taken = bound_to(statement, stated.index, passage, rivals)
        if not agreeing & taken and any(
            _taken(statement, stated, passage, found, agreeing) for found in there if found.index in taken
        ):
            return f"{_named(stated)} is said of something else in the cited passage"
    if any(pair[::-1] in _ranges(passage) - _ranges(statement) for pair in _ranges(statement)):
        return "a range is the other way round in the cited passage"
    return _torn_apart(statement, passage, keys)


def _followed_otherwise(
    statement: tuple[Token, ...],
    stated: Quantity,
    passage: tuple[Token, ...],
    comparable: Sequence[Quantity],
    agreeing: Collection[int],
) -> bool:
    """Whether the word that follows `stated` follows another number in the passage: in "54 % with both and
    37 % with one" the one is not at 54 %."""
    thing = _behind(statement, stated)
    places = [place for place, token in enumerate(passage) if token.key == thing]
    if thing is None or not places or len(comparable) < 2:
        return False
    for place in places:
        before = [found for found in comparable if found.end <= place]
        behind = [found for found in comparable if found.index > place]
        if not before or before[-1].index in agreeing:
            return False
        between = passage[place + 1 : behind[0].index] if behind else ()
        if behind and behind[0].index in agreeing and not any(token.content for token in between):
            return False
        if any(token.key in ".;" for token in passage[before[-1].end : place]):
            return False
    return True


def _taken(
    statement: tuple[Token, ...],
    stated: Quantity,
    passage: tuple[Token, ...],
    rival: Quantity,
    agreeing: Collection[int],
) -> bool:
    """Whether `rival`, which fits better, has the place of `stated`: not when the statement says both and
    each stands where the passage has it, as "0.5 %, up to 5 %" has both near the penalty."""
    keys = content_keys(statement)
    others = [other for other in quantities(statement) if _same_value(other, rival, keys, passage)]
    return not others or any(
        exchanged(statement, stated.index, other.index, passage, sorted(agreeing), [rival.index])
        for other in others
    )


def _ranges(tokens: tuple[Token, ...]) -> set[tuple[Decimal, Decimal]]:
    """Pairs of numbers that "to" or a dash joins."""
    return {
        (one.value, other.value)
        for one, other in pairwise(quantities(tokens))
        if one.value is not None and other.value is not None
        if [token.lower for token in tokens[one.end : other.index]] in (["to"], ["-"])
    }


def _torn_apart(statement: tuple[Token, ...], passage: tuple[Token, ...], keys: frozenset[str]) -> str | None:
    """Why two numbers that the statement puts together ("10 mg twice daily") are apart in the passage."""
    stated = [quantity for quantity in quantities(statement) if not quantity.days]
    there = [quantity for quantity in quantities(passage) if not quantity.days]
    for one, other in pairwise(stated):
        if _separated(statement, one, other):
            continue
        ones = [found for found in there if _same_value(one, found, keys, passage)]
        others = [found for found in there if _same_value(other, found, keys, passage)]
        said = _between(statement, one, other)
        pairs = [sorted((a, b), key=_place) for a in ones for b in others]
        if all(_separated(passage, a, b) and _between(passage, a, b) != said for a, b in pairs):
            return f"{_named(one)} and {_named(other)} are not said together in the cited passage"
    return None


def _separated(tokens: tuple[Token, ...], one: Quantity, other: Quantity) -> bool:
    """Whether they are said of two things: "the temperature was 38.6 and the heart rate 112"."""
    between = tokens[one.end : other.start]
    joined = "and" in {token.lower for token in between} and any(token.content for token in between)
    return joined or any(token.key in (",", ";", ".") for token in between)


def _between(tokens: tuple[Token, ...], one: Quantity, other: Quantity) -> list[str]:
    """What stands between, but for marks: "10 mg, twice daily" is "10 mg twice daily"."""
    return [token.key for token in tokens[one.end : other.start] if token.kind is not Kind.MARK]


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


def _behind(tokens: tuple[Token, ...], quantity: Quantity) -> str | None:
    """The next word of the same clause that says something."""
    for token in tokens[quantity.end : quantity.end + 4]:
        if token.content:
            return token.key
        if token.kind is not Kind.WORD or token.lower in ("and", "or", "but", "as"):
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
    return (stated.limit, found.limit) in (("", "within"), ("of", ""))


def _comparable(stated: Quantity, found: Quantity) -> bool:
    return bool(stated.days) == bool(found.days) and stated.unit.split("/")[0] == found.unit.split("/")[0]


def _named(quantity: Quantity) -> str:
    if quantity.days:
        return f"the date {quantity.text}"
    return f"the number {quantity.text}" + (
        "" if quantity.unit in ("", "th", "times") else f" ({quantity.unit})"
    )
