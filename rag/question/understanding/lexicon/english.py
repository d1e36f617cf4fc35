"""Ordinary English words with how often they are used.

The list is the one that comes with symspellpy: 82,765 words with counts from a very large body of books.
Words of names and medicines are hardly in it, so a word that it lacks may be misspelt.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rag.question.understanding.lexicon.near_words import NearWords

_FILE = "frequency_dictionary_en_82_765.txt"
_COMMON = 1_500_000
"""Counts from here on belong to the some ten thousand most usual words."""
_EVERYDAY = 10_000_000
"""Counts from here on belong to the some four thousand words that everybody uses all day."""


@cache
def english_counts() -> Mapping[str, int]:
    """Return how often each word of the list is used. The list is read once, in about 0.1 s."""
    # Found without importing the package: only its list is needed.
    spec = find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("symspellpy is not installed. Install the packages of constraints.txt.")
    path = Path(spec.submodule_search_locations[0]) / _FILE
    counts: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        word, _, count = line.partition(" ")
        if count:
            counts[word] = int(count)
    return counts


@cache
def english_near() -> NearWords:
    """Return the words of the list, ready to be searched for near ones."""
    return NearWords(english_counts())


def is_english(word: str) -> bool:
    """Return whether the word, in lower case, is an English word, or the plural of one."""
    counts = english_counts()
    return word in counts or (word.endswith("s") and word[:-1] in counts)


def is_common(word: str) -> bool:
    """Return whether the word is among the some ten thousand most usual ones."""
    return english_counts().get(word, 0) >= _COMMON


def is_everyday(word: str) -> bool:
    """Return whether the word is used so often that by itself, in lower case, it hardly names a person."""
    return english_counts().get(word, 0) >= _EVERYDAY
