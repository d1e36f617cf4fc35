"""Which quantities of a passage may be the ones that a statement gives."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from rag.verification.clauses.surroundings import surroundings
from rag.verification.quantities.quantity import Quantity, quantities_in
from rag.verification.text.days import covers
from rag.verification.text.keys import key_of
from rag.verification.text.tokens import Tokens, content_keys

_LIMITS_ALIKE = frozenset({("<=", "within"), ("within", "<="), ("", "within"), ("of", "")})
"""Stated and found limits that count as the same: a time "within" which something happens is its length."""


class Match(NamedTuple):
    """A quantity of the statement with the quantities of the passage."""

    stated: Quantity
    same: tuple[Quantity, ...]
    """Those with the same value and unit."""
    agreeing: tuple[Quantity, ...]
    """Those of `same` with the same limit."""
    comparable: tuple[Quantity, ...]
    """Those that measure the same kind of thing, whatever their value."""

    @property
    def agreeing_indices(self) -> frozenset[int]:
        """Where the agreeing numbers stand in the passage."""
        return frozenset(found.index for found in self.agreeing)


@lru_cache(maxsize=8_192)
def matches(statement: Tokens, passage: Tokens) -> tuple[Match, ...]:
    """Return a match for each quantity of the statement."""
    found = quantities_in(passage)
    keys = content_keys(statement)
    return tuple(_match(stated, found, keys, passage) for stated in quantities_in(statement))


def agreed_matches(statement: Tokens, passage: Tokens) -> tuple[Match, ...]:
    """Return the matches of quantities that the passage has, with their limits."""
    return tuple(match for match in matches(statement, passage) if match.agreeing)


def has_same_value(stated: Quantity, found: Quantity, said: Collection[str], passage: Tokens) -> bool:
    """Return whether value and unit agree.

    What a quantity is per ("monthly") may stand elsewhere: among the keys `said` in the statement, or near
    the number in the passage.
    """
    if stated.days or found.days:
        return covers(found.days, stated.days)
    if stated.value != found.value:
        return False
    (unit, _, rate), (found_unit, _, found_rate) = stated.unit.partition("/"), found.unit.partition("/")
    if unit != found_unit or rate == found_rate:
        return unit == found_unit
    if not rate:
        return key_of(found_rate) in said
    return not found_rate and key_of(rate) in surroundings(passage, found.index)


def _match(
    stated: Quantity, quantities: Collection[Quantity], said: Collection[str], passage: Tokens
) -> Match:
    same = tuple(found for found in quantities if has_same_value(stated, found, said, passage))
    return Match(
        stated,
        same,
        tuple(found for found in same if _has_same_limit(stated, found)),
        tuple(found for found in quantities if _is_comparable(stated, found)),
    )


def _has_same_limit(stated: Quantity, found: Quantity) -> bool:
    return stated.limit == found.limit or (stated.limit, found.limit) in _LIMITS_ALIKE


def _is_comparable(stated: Quantity, found: Quantity) -> bool:
    return bool(stated.days) == bool(found.days) and stated.unit.split("/")[0] == found.unit.split("/")[0]
