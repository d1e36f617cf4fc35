"""Ordinary English words with how often they are used.

Words of names and medicines are hardly in the list, so a word that it lacks may be misspelt.
"""

from __future__ import annotations

from functools import cache

from rag.question.understanding.lexicon.near_words import NearWords
from vault.text.english import english_counts

_COMMON = 1_500_000
"""Counts from here on belong to the some ten thousand most usual words."""
_EVERYDAY = 10_000_000
"""Counts from here on belong to the some four thousand words that everybody uses all day."""


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
