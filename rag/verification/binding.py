"""Which of several like things in a passage a statement speaks of: the one with the same words around it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.verification.numbers import counted_in
from rag.verification.words import Kind, Token

_REACH = 6
"""Content words looked at on either side; farther ones belong to something else."""


def surroundings(tokens: tuple[Token, ...], index: int) -> dict[str, float]:
    """Keys of the content words around `index` with their nearness, 1 for the neighbour."""
    near: dict[str, float] = {}
    counted = counted_in(tokens)
    for step in (-1, 1):
        distance, position = 0.0, index + step
        while 0 <= position < len(tokens) and distance < _REACH:
            token = tokens[position]
            if token.kind is Kind.MARK and token.key in ".;":
                break
            if token.key == "," or token.lower in ("and", "or", "but", "then"):
                distance += 2
            if token.content and position not in counted:
                distance += 1
                near[token.key] = max(near.get(token.key, 0.0), 1 / distance)
            position += step
    return near


def bound_to(
    statement: tuple[Token, ...],
    index: int,
    passage: tuple[Token, ...],
    places: Sequence[int],
    share: float = 1.0,
) -> frozenset[int]:
    """Those of `places` in the passage whose surroundings fit `statement[index]` best; ties stay together.

    With a `share` below 1 those count as well that fit at least so well, compared with the best.
    """
    if len(places) < 2:
        return frozenset(places)
    wanted = surroundings(statement, index)
    fits = {place: _fit(wanted, surroundings(passage, place)) for place in places}
    best = max(fits.values())
    return frozenset(place for place, fit in fits.items() if fit >= best * share - 1e-9)


def exchanged(
    statement: tuple[Token, ...],
    one: int,
    other: int,
    passage: tuple[Token, ...],
    places: Sequence[int],
    others: Sequence[int],
) -> bool:
    """Whether `statement[one]` and `statement[other]`, which the passage has at `places` and at `others`,
    would fit better the other way round."""

    def fit(index: int, there: Sequence[int]) -> float:
        wanted = surroundings(statement, index)
        return max((_fit(wanted, surroundings(passage, place)) for place in there), default=0.0)

    return fit(one, others) + fit(other, places) > fit(one, places) + fit(other, others) + 1e-9


def _fit(wanted: dict[str, float], there: dict[str, float]) -> float:
    return sum(nearness * there[key] for key, nearness in wanted.items() if key in there)
