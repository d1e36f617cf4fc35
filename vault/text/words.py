"""Split text into words in lower case, drop stop words, and stem as the lexical index does."""

from __future__ import annotations

import re

from vault.text.lists.stop_words import STOP_WORDS
from vault.text.readable import readable
from vault.text.terms import stems_of

# A combining accent belongs to the letter before it ("u" with U+0308 is "ü"). These are the ones that SQLite
# removes.
_ACCENTS = r"\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_ACCENTS}])*")


def words(text: str) -> list[str]:
    """Return the words of `text` (letters and digits, as in the lexical index), in order, in lower case."""
    return [word.lower() for word in _WORD.findall(readable(text))]


def content_words(text: str) -> list[str]:
    """Return the words of `text` without stop words, each once, in order.

    If all words are stop words they are all returned, because a question must match something.
    """
    distinct = list(dict.fromkeys(words(text)))
    return [word for word in distinct if word not in STOP_WORDS] or distinct


def stems(text: str) -> set[str]:
    """Return the stems of the words of `text`."""
    return set(stems_of(words(text)))


def stem(word: str) -> str:
    """Return the stem of one word, without accents. The lexical index finds words with the same stem."""
    return stems_of([word])[0]
