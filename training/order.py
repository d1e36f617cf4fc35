"""The order of the rows. It depends on the seed alone, so an interrupted run continues in the same way."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

from training.row import Row

_R = TypeVar("_R", bound=Row)


def repeated(rows: Sequence[_R], repeats: Mapping[str, float], chance: random.Random) -> list[_R]:
    """Return each set's rows as often as `repeats` says (1.5: all, and half of them again), shuffled."""
    by_set: dict[str, list[_R]] = {}
    for row in rows:
        by_set.setdefault(row.set, []).append(row)
    found: list[_R] = []
    for name, some in by_set.items():
        times = repeats.get(name, 1.0)
        found += some * int(times) + chance.sample(some, round(len(some) * (times % 1)))
    chance.shuffle(found)
    return found


class Order:
    """Gives the rows of each step; every round through all rows has a new order."""

    def __init__(self, rows: Sequence[_R], each: int, repeats: Mapping[str, float], seed: int) -> None:
        self._rows, self._each, self._repeats, self._seed = rows, each, repeats, seed
        self._length = len(repeated(rows, repeats, random.Random(seed)))
        self._round, self._shuffled = -1, list[_R]()

    def step(self, number: int) -> list[Row]:
        """Return the rows of a step; the same number always gives the same rows."""
        if not self._length or not self._each:
            return []
        return [self._at(number * self._each + offset) for offset in range(self._each)]

    def _at(self, index: int) -> Row:
        which, place = divmod(index, self._length)
        if which != self._round:
            self._shuffled = repeated(self._rows, self._repeats, random.Random(self._seed + which))
            self._round = which
        return self._shuffled[place]
