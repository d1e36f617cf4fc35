"""Other words for what a question says: abbreviations both ways, technical words, what documents define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rag.question.understanding.known import Known, plain
from rag.question.understanding.lexicon.english import is_english
from rag.question.understanding.lexicon.medicines import MEDICINES
from vault.text.abbreviations.known import known_phrases
from vault.text.abbreviations.table import expansions as written_out
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.words import stem, words

_WORD = re.compile(r"[^\W_]+(?:[&/.'’-][^\W_]+)*")
_MOST = 8
"""Other words for one phrase: the likeliest come first."""
_LONGEST_PHRASE = 5
"""Words of a term that documents define."""
_SHORTENED = 4
"""Letters that the beginning of the name of a medicine has at least."""
_LONGEST_MEANING = 8
"""Words of a meaning: a longer one explains a term and is no other word for it."""


def expansions_of(text: str, known: Known) -> dict[str, tuple[str, ...]]:
    """Return other words for the words and phrases of a question, as far as the documents hold them.

    A single word is given by its stem, a phrase in lower case. What the documents define comes first.
    """
    found: dict[str, dict[str, None]] = {}
    for phrase, others in (*_defined(text, known), *_tabled(text), *_shortened_medicines(text)):
        entry = found.setdefault(_key(phrase), {})
        for other in others:
            if other.lower() != phrase.lower() and _held(other, known):
                entry.setdefault(other)
    return {phrase: tuple(others)[:_MOST] for phrase, others in found.items() if others}


def abbreviations_in(text: str) -> set[str]:
    """Return the words of the text, in lower case, that the tables know: they are not misspelt."""
    found: set[str] = set()
    for phrase, _ in _tabled(text):
        found.update(words(phrase))
    return found


def _defined(text: str, known: Known) -> Iterator[tuple[str, tuple[str, ...]]]:
    definitions = known.definitions
    if not definitions:
        return
    places = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    for first in range(len(places)):
        for last in range(first, min(first + _LONGEST_PHRASE, len(places))):
            phrase = text[places[first][0] : places[last][1]]
            others = definitions.get(plain(re.sub(r"['’]s$", "", phrase)))
            if others:
                yield phrase, tuple(one for one in others if len(one.split()) <= _LONGEST_MEANING)


def _tabled(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in known_phrases(text):
        yield text[one.start : one.end], one.others
    for match in _WORD.finditer(text):
        # A question writes abbreviations in small letters too.
        word = match.group()
        if word.islower() and word not in STOP_WORDS and len(word) < 6 and (others := written_out(word)):
            yield word, others


def _shortened_medicines(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the beginnings of names of medicines in a text, with the names: "fluclox" for flucloxacillin."""
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if len(word) >= _SHORTENED and word not in MEDICINES:
            meant = tuple(one for one in MEDICINES if one.startswith(word) and len(one) >= len(word) + 2)
            if len(meant) == 1 and not is_english(word):
                yield match.group(), meant


def _key(phrase: str) -> str:
    found = words(phrase)
    return stem(found[0]) if len(found) == 1 else " ".join(phrase.lower().split())


def _held(phrase: str, known: Known) -> bool:
    own: Iterable[str] = [word for word in words(phrase) if word not in STOP_WORDS] or words(phrase)
    return all(known.holds(word) for word in own)


def merged(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the other words of both, each once."""
    return {
        phrase: tuple(dict.fromkeys((*one.get(phrase, ()), *other.get(phrase, ()))))
        for phrase in dict.fromkeys((*one, *other))
    }
