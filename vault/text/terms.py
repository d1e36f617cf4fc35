"""Which words count as the same: those that the lexical index finds for each other.

SQLite stems and folds the words of the index; it does the same here, with the same tokenizer, so that words
which are compared outside of the index are compared as inside of it. No other stemmer agrees with SQLite's:
the published Porter algorithm differs in "cardiology", "possibly" and "is", Porter 2 in "general". One thing
is added on both sides: an adverb counts as what it is made of ("hourly" as "hour"), and is looked up with it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Of the indexes in `vault/store/catalogue_schema.py`."""
_MOST_KEPT = 1 << 16
# The letters before -ly, and the words that are no adverbs of what is left, are those of Porter 2.
_ADVERB = re.compile(r"(?!earli$|gentli$|singli$)([^\W\d_]{2,}[cdeghkmnrt])li")
"""The term of an adverb."""


class Terms:
    """Finds stems and keeps them, for texts share most of their words; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, str] = {}
        self._db: sqlite3.Connection | None = None

    def of(self, words: Iterable[str]) -> list[str]:
        """The stem of each word, in order; the word itself where the index makes no term or several of it."""
        asked = list(words)
        with self._lock:
            unknown = {word for word in asked if word not in self._kept}
            if unknown:
                if len(self._kept) > _MOST_KEPT:
                    self._kept.clear()
                    unknown = set(asked)
                terms = self._terms(unknown)
                made_of = {term: found[1] for term in terms.values() if (found := _ADVERB.fullmatch(term))}
                whole = self._terms(made_of.values())
                # Only of what is a stem itself: the index is asked for that stem with -ly behind it.
                adverbs = {term: base for term, base in made_of.items() if whole[base] == base}
                self._kept |= {word: adverbs.get(term, term) for word, term in terms.items()}
            return [self._kept[word] for word in asked]

    def spellings(self, word: str) -> list[str]:
        """What the index must be asked for, so that it finds every word with the stem of `word`."""
        (stem,) = self.of([word])
        adverb = f"{stem}ly"
        with self._lock:
            terms = self._terms([word, adverb])
        if self.of([adverb]) != [stem] or terms[adverb] == stem:
            return [word]
        return [word, stem if terms[word] == terms[adverb] else adverb]

    def _terms(self, among: Iterable[str]) -> dict[str, str]:
        """What an index of the words holds; they lie in memory and are gone afterwards."""
        words = list(among)
        if not words:
            return {}
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


def stems_of(words: Iterable[str]) -> list[str]:
    """The stem of each of `words`, in order: words with one stem count as the same."""
    return _terms.of(words)


def expression(words: Iterable[str]) -> str:
    """An FTS5 expression that finds whatever holds one of `words`, or a word that counts as the same; empty
    for none.

    Every word is quoted, so nothing that a user types is read as FTS5 syntax.
    """
    spellings = dict.fromkeys(spelling for word in words for spelling in _spellings(word))
    return " OR ".join(f'"{spelling}"' for spelling in spellings)


@lru_cache(maxsize=4096)
def _spellings(word: str) -> tuple[str, ...]:
    return tuple(_terms.spellings(word))
