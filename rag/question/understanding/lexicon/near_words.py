"""Find the known words that a misspelt word may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

_SOUNDS = ("ckqs", "fpv", "gj", "iye", "xzs", "wv", "hao", "nkgp")
"""First letters that are taken for each other: Koumadin, fenytoin, Jemima and Gemima, neumonia."""


@dataclass(frozen=True, slots=True)
class Near:
    """A known word near to a written one."""

    word: str
    distance: int
    """Letters that are wrong, missing, too many, or exchanged with the next one."""
    similarity: float
    """0 to 1, by Jaro and Winkler: it tells words at the same distance apart."""


def most_mistakes(word: str) -> int:
    """Return how many letters of a word of this length may be wrong: the longer, the more."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2 if len(word) < 12 else 3


class NearWords:
    """Words by first letter and length, so that only those that may be near are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._groups: dict[tuple[str, int], list[str]] = {}
        for word in words:
            if len(word) > 2:
                self._groups.setdefault((word[0], len(word)), []).append(word)

    def near(self, word: str, most: int | None = None) -> list[Near]:
        """Return the known words with at most `most` wrong letters, the nearest first.

        Without `most`, it follows from the length of the word. The word itself is at distance 0.
        """
        limit = most_mistakes(word) if most is None else most
        if limit <= 0 or len(word) < 3:
            return []
        firsts = {word[0], word[1]}
        for sound in _SOUNDS:
            if word[0] in sound:
                firsts.update(sound)
        found: list[Near] = []
        for length in range(len(word) - limit, len(word) + limit + 1):
            for first in firsts:
                group = self._groups.get((first, length))
                if not group:
                    continue
                # Another first letter is rare, so nothing else may be wrong then.
                allowed = limit if first == word[0] else 1
                for other, distance, _ in process.extract_iter(
                    word, group, scorer=OSA.distance, score_cutoff=allowed
                ):
                    found.append(Near(other, int(distance), JaroWinkler.similarity(word, other)))
        return sorted(found, key=lambda one: (one.distance, -one.similarity, one.word))
