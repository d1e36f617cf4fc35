"""Stem words exactly as the lexical index does, so that words are compared in one way everywhere.

SQLite stems and folds the words of the index. Here it does the same for other words, with the same tokenizer.
No other stemmer agrees with SQLite's: the published Porter algorithm differs in "cardiology", "possibly" and
"is", and Porter 2 in "general". One rule is added on both sides: an adverb has the stem of the word it is
made of ("hourly" has the stem of "hour"), and the index is asked for both.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""The tokenizer of the indexes in `vault/store/catalogue/schema.py`."""
_MOST_CACHED = 1 << 16
# The letters before -ly, and the words that are not adverbs of what is left, are those of Porter 2.
_ADVERB = re.compile(r"(?!earli$|gentli$|singli$)([^\W\d_]{2,}[cdeghkmnrt])li")
"""Matches SQLite's stem of an adverb."""


class Stemmer:
    """Finds stems and caches them, because texts share most of their words.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._cache: dict[str, str] = {}
        self._db: sqlite3.Connection | None = None

    def stems(self, words: Iterable[str]) -> list[str]:
        """Return the stem of each word, in order.

        A word that the index splits into several terms, or into none, is its own stem.
        """
        requested = list(words)
        with self._lock:
            unknown = {word for word in requested if word not in self._cache}
            if unknown:
                if len(self._cache) > _MOST_CACHED:
                    self._cache.clear()
                    unknown = set(requested)
                terms = self._terms(unknown)
                bases = {term: found[1] for term in terms.values() if (found := _ADVERB.fullmatch(term))}
                base_terms = self._terms(bases.values())
                # Only if the base is a stem itself, because `spellings` appends -ly to that stem.
                adverbs = {term: base for term, base in bases.items() if base_terms[base] == base}
                self._cache |= {word: adverbs.get(term, term) for word, term in terms.items()}
            return [self._cache[word] for word in requested]

    def spellings(self, word: str) -> list[str]:
        """Return the words to search the index for, so that it finds every word with the stem of `word`."""
        (stem,) = self.stems([word])
        adverb = f"{stem}ly"
        with self._lock:
            terms = self._terms([word, adverb])
        if self.stems([adverb]) != [stem] or terms[adverb] == stem:
            return [word]
        return [word, stem if terms[word] == terms[adverb] else adverb]

    def _terms(self, words: Iterable[str]) -> dict[str, str]:
        """Return the term of each word in an index; the word itself if it has no term, or several.

        The words are inserted into an index in memory and removed afterwards.
        """
        distinct = list(words)
        if not distinct:
            return {}
        db = self._open_database()
        db.execute("BEGIN")
        db.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(distinct))
        found: dict[int, list[str]] = {}
        for term, row in db.execute("SELECT term, doc FROM terms"):
            found.setdefault(row, []).append(term)
        db.execute("INSERT INTO words (words) VALUES ('delete-all')")
        db.execute("COMMIT")
        return {
            word: found[row][0] if len(found.get(row, ())) == 1 else word for row, word in enumerate(distinct)
        }

    def _open_database(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._db.execute(
                f"CREATE VIRTUAL TABLE words USING fts5 (word, content = '', tokenize = \"{TOKENIZER}\")"
            )
            self._db.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (words, instance)")
        return self._db


_stemmer = Stemmer()


def stems_of(words: Iterable[str]) -> list[str]:
    """Return the stem of each of `words`, in order."""
    return _stemmer.stems(words)


def expression(words: Iterable[str]) -> str:
    """Return an FTS5 expression that finds texts with any of `words`, or a word with the same stem.

    It is empty for no words. Every word is quoted, so that text of a user is never read as FTS5 syntax.
    Example: `expression(["rent", "hourly"])` returns `"rent" OR "rently" OR "hourly" OR "hour"`.
    """
    spellings = dict.fromkeys(spelling for word in words for spelling in _spellings(word))
    return " OR ".join(f'"{spelling}"' for spelling in spellings)


@lru_cache(maxsize=4096)
def _spellings(word: str) -> tuple[str, ...]:
    return tuple(_stemmer.spellings(word))
