"""The order of the batches. It depends on the seed alone, so an interrupted run continues in the same way."""

from __future__ import annotations

import random
from collections.abc import Sequence

from training.answerer.batches import Tree

_SORTED = 64
"""Trees that are sorted by length together, so that little of a batch is filling."""


class BatchOrder:
    """Gives the trees of each step; every round through all of them has a new order."""

    def __init__(self, trees: Sequence[Tree], most_tokens: int, seed: int) -> None:
        """`most_tokens` limits a batch with its filling; a longer tree is a batch by itself."""
        self._trees, self._most, self._seed = trees, most_tokens, seed
        self._starts = [0]
        self._rounds: list[list[list[Tree]]] = []

    def step(self, number: int) -> list[Tree]:
        """Return the trees of a step; the same number always gives the same ones."""
        while number >= self._starts[-1]:
            found = packed(self._trees, self._most, random.Random(f"{self._seed} {len(self._rounds)}"))
            self._rounds.append(found)
            self._starts.append(self._starts[-1] + len(found))
        which = max(index for index, start in enumerate(self._starts[:-1]) if start <= number)
        return self._rounds[which][number - self._starts[which]]


def packed(trees: Sequence[Tree], most_tokens: int, chance: random.Random) -> list[list[Tree]]:
    """Return all trees in batches of similar length, in an order by chance."""
    shuffled = chance.sample(list(trees), len(trees))
    batches: list[list[Tree]] = []
    for start in range(0, len(shuffled), _SORTED):
        batch: list[Tree] = []
        for tree in sorted(shuffled[start : start + _SORTED], key=len):
            if batch and len(tree) * (len(batch) + 1) > most_tokens:
                batches.append(batch)
                batch = []
            batch.append(tree)
        batches.append(batch)
    chance.shuffle(batches)
    return batches
