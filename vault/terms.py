"""The terms of words as the lexical index holds them: without case and accents, stemmed.

SQLite makes them here with the tokenizer of the index (`TOKENIZER`), so that words which are compared outside
of the index are compared as inside of it. No other stemmer agrees with SQLite's in every word: the published
Porter algorithm differs in "cardiology", "possibly" and "is", Porter 2 in "general" and "international".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from threading import Lock

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Of the indexes in `vault/catalogue_schema.py`."""
_MOST_KEPT = 1 << 16


class Terms:
    """Finds terms and keeps them, for texts share most of their words; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, str] = {}
        self._db: sqlite3.Connection | None = None

    def of(self, words: Iterable[str]) -> list[str]:
        """The term of each word, in order; the word itself where the index makes none or several of it."""
        asked = list(words)
        with self._lock:
            unknown = {word for word in asked if word not in self._kept}
            if unknown:
                if len(self._kept) > _MOST_KEPT:
                    self._kept.clear()
                    unknown = set(asked)
                self._kept.update(self._made(sorted(unknown)))
            return [self._kept[word] for word in asked]

    def _made(self, words: list[str]) -> dict[str, str]:
        """What an index of the words holds; the words lie in memory and are gone afterwards."""
        db = self._opened()
        db.execute("BEGIN")
        db.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(words))
        found: dict[int, list[str]] = {}
        for term, row in db.execute("SELECT term, doc FROM terms"):
            found.setdefault(row, []).append(term)
        db.execute("INSERT INTO words (words) VALUES ('delete-all')")
        db.execute("COMMIT")
        return {
            word: found[row][0] if len(found.get(row, ())) == 1 else word for row, word in enumerate(words)
        }

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._db.execute(
                f"CREATE VIRTUAL TABLE words USING fts5 (word, content = '', tokenize = \"{TOKENIZER}\")"
            )
            self._db.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (words, instance)")
        return self._db


_terms = Terms()


def terms_of(words: Iterable[str]) -> list[str]:
    """The term of each of `words`, in order."""
    return _terms.of(words)
