"""Which of several like things in a passage a statement speaks of: the one with the same words around it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.verification.quantities.quantity import quantity_indices
from rag.verification.text.tokens import Tokens

_FARTHEST = 6
"""How many content words on either side are looked at. Farther ones belong to something else."""
_EQUAL = 1e-9
"""Fits that differ by less are equal."""


def surroundings(tokens: Tokens, index: int) -> dict[str, float]:
    """Return the keys of the content words around `index` with their closeness: 1 for a neighbour."""
    closeness: dict[str, float] = {}
    for step in (-1, 1):
        for key, distance in _words_on_one_side(tokens, index, step):
            closeness[key] = max(closeness.get(key, 0.0), 1 / distance)
    return closeness


def best_places(
    statement: Tokens, index: int, passage: Tokens, places: Sequence[int], share: float = 1.0
) -> frozenset[int]:
    """Return those of `places` in the passage whose surroundings fit `statement[index]` best.

    Ties stay together. With a `share` below 1 a place also counts if its fit is that share of the best.
    """
    if len(places) < 2:
        return frozenset(places)
    wanted = surroundings(statement, index)
    fits = {place: _fit(wanted, surroundings(passage, place)) for place in places}
    best = max(fits.values())
    return frozenset(place for place, fit in fits.items() if fit >= best * share - _EQUAL)


def fits_exchanged(
    statement: Tokens,
    one: int,
    other: int,
    passage: Tokens,
    places_of_one: Sequence[int],
    places_of_other: Sequence[int],
) -> bool:
    """Return whether two tokens of the statement would fit the passage better if they changed places."""

    def fit(index: int, places: Sequence[int]) -> float:
        wanted = surroundings(statement, index)
        return max((_fit(wanted, surroundings(passage, place)) for place in places), default=0.0)

    exchanged = fit(one, places_of_other) + fit(other, places_of_one)
    return exchanged > fit(one, places_of_one) + fit(other, places_of_other) + _EQUAL


def _words_on_one_side(tokens: Tokens, index: int, step: int) -> list[tuple[str, float]]:
    """Return the keys of the content words before (step -1) or after (1) `index` with their distance."""
    found: list[tuple[str, float]] = []
    in_quantity = quantity_indices(tokens)
    distance, position = 0.0, index + step
    while 0 <= position < len(tokens) and distance < _FARTHEST:
        token = tokens[position]
        if token.is_mark(".;"):
            break
        if token.key == "," or token.lower in ("and", "or", "but", "then"):
            distance += 2
        if token.content and position not in in_quantity:
            distance += 1
            found.append((token.key, distance))
        position += step
    return found


def _fit(wanted: dict[str, float], found: dict[str, float]) -> float:
    return sum(closeness * found[key] for key, closeness in wanted.items() if key in found)
