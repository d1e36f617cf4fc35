"""Where the documents say which fact: written down while they are made, and looked up for the gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from training.world.asking.asker import Gold, cell, place_of
from training.world.draft import Place


class Told:
    """The places of each fact, by a key of the scene's own."""

    def __init__(self) -> None:
        self._places: dict[Hashable, list[Gold]] = defaultdict(list)

    def at(self, key: Hashable, place: Place, words: str = "") -> None:
        """Note that the place says the fact, with these words. Raises ValueError if they are not in it."""
        start = place_of(words, place.text)
        if words and start < 0:
            raise ValueError(f"{place.file}: {words!r} is not in {place.text!r}.")
        self._places[key].append(Gold(place, words, start))

    def cell(self, key: Hashable, place: Place, column: int) -> None:
        """Note that a cell of a row says the fact."""
        self._places[key].append(cell(place, column))

    def of(self, *keys: Hashable) -> list[Gold]:
        """Return the places of these facts, in the order in which they were noted."""
        return [gold for key in keys for gold in self._places.get(key, ())]

    def places(self, *keys: Hashable) -> list[Place]:
        """Return the places without their words."""
        return [gold.place for gold in self.of(*keys)]
