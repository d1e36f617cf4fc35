"""Words of a question or a sentence: lower case, without stop words; stemmed as the lexical index does."""

from __future__ import annotations

import re

from vault.text.readable import readable
from vault.text.terms import stems_of

# Accents that are written by themselves belong to the letter before them ("u" with U+0308 is "ü"): those that
# SQLite takes off.
_ACCENT = r"\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331"
_PART = re.compile(rf"[^\W_](?:[^\W_]|[{_ACCENT}])*")

STOP_WORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can cannot could did do does doing down during each else ever few for from
    further had has have having he her here hers him his how i if in into is it its itself just let me
    more most much my no nor not now of off on once only or other our ours out over own per please same
    shall she should so some such than that the their theirs them then there these they this those
    through to too under until up upon us very was we were what when where whether which while who whom
    whose why will with within without would you your yours tell give show find list say says said
    describe explain mention mentioned according document documents file page consider s t many must
    might since
    """.split()
)


def words(text: str) -> list[str]:
    """The words of `text` as the lexical index cuts them (letters and digits), in order, lower case."""
    return [part.lower() for part in _PART.findall(readable(text))]


def content_words(text: str) -> list[str]:
    """The words that say what `text` is about: no stop words, each once, in order.

    A text of stop words only keeps them all: a question must match something.
    """
    found = list(dict.fromkeys(words(text)))
    kept = [word for word in found if word not in STOP_WORDS]
    return kept or found


def stems(text: str) -> set[str]:
    """The stems of the words of `text`."""
    return set(stems_of(words(text)))


def stem(word: str) -> str:
    """The stem of one word, without accents; words with one stem are found for each other by the index."""
    return stems_of([word])[0]
