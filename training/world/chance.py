"""The only source of chance: one seed and one side give the same world each time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from training.world.sides import Pool, Side

T = TypeVar("T")


class Chance:
    """Draws things from the pools of one side."""

    def __init__(self, seed: str, side: Side) -> None:
        self.side = side
        self._random = random.Random(f"{side}\0{seed}")

    def one(self, things: Pool[T] | Sequence[T]) -> T:
        """Return one of the things; of a pool, one that is on this side."""
        return self._random.choice(self._of(things))

    def some(self, things: Pool[T] | Sequence[T], most: int) -> list[T]:
        """Return at most `most` different things, in any order."""
        given = self._of(things)
        return self._random.sample(given, min(most, len(given)))

    def number(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`, both included."""
        return self._random.randint(least, most)

    def likely(self, probability: float) -> bool:
        """Return True with this probability."""
        return self._random.random() < probability

    def day(self, first: date, last: date) -> date:
        """Return a day from `first` to `last`, both included."""
        return first + timedelta(days=self.number(0, (last - first).days))

    def days(self, first: date, last: date, count: int) -> list[date]:
        """Return at most `count` different days from `first` to `last`, in order."""
        span = range((last - first).days + 1)
        chosen = self._random.sample(span, min(count, len(span)))
        return [first + timedelta(days=offset) for offset in sorted(chosen)]

    def mixed(self, things: Sequence[T]) -> list[T]:
        """Return all things in another order."""
        return self._random.sample(list(things), len(things))

    def _of(self, things: Pool[T] | Sequence[T]) -> Sequence[T]:
        return things.of(self.side) if isinstance(things, Pool) else things
