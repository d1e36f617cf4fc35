"""Look up French words in whatever form they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from vault.text.languages.english.forms import is_plural, participle_of, plural_of
from vault.text.languages.french.verbs import verbs
from vault.text.languages.parts.chunks import Verb
from vault.text.languages.parts.glossary import entries
from vault.text.languages.parts.medicines import french_medicine

_HERE = Path(__file__).parent
_FEMININE = (
    ("euse", "eux"), ("euse", "eur"), ("trice", "teur"), ("ive", "if"), ("elle", "el"), ("enne", "en"),
    ("onne", "on"), ("ère", "er"), ("ète", "et"), ("ette", "et"), ("ale", "al"), ("aux", "al"), ("gue", "g"),
    ("che", "c"), ("que", "c"), ("sse", "s"), ("ille", "il"), ("e", ""),
)  # fmt: skip


class Noun(NamedTuple):
    """A noun in English."""

    english: str
    plural: bool


@dataclass(frozen=True, slots=True)
class _Words:
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]
    adverbs: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], tuple[str, str]]
    first_words: frozenset[str]
    governing: Mapping[str, Mapping[str, str]]


@cache
def _glossary() -> _Words:
    nouns = {key.lower(): english for key, english, _ in entries(_HERE, "nouns")}
    phrases: dict[tuple[str, ...], tuple[str, str]] = {}
    for key, english in nouns.items():
        if " " in key or "'" in key:
            phrases[_cut(key)] = (english, "thing")
    for key, english, kind in entries(_HERE, "phrases"):
        for written, said in (
            _contracted(key.lower(), english) if kind == "prep" else [(key.lower(), english)]
        ):
            phrases[_cut(written)] = (said, kind)
    adjectives = list(entries(_HERE, "adjectives"))
    return _Words(
        nouns,
        {key.lower(): english for key, english, _ in adjectives},
        {key.lower(): english for key, english, _ in entries(_HERE, "adverbs")},
        phrases,
        frozenset(key[0] for key in phrases),
        {key: dict(flag.split("=") for flag in more.split()) for key, _, more in adjectives if more},
    )


def _cut(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.replace("'", "' ").split())


def _contracted(key: str, english: str) -> Iterator[tuple[str, str]]:
    """Yield a phrase that ends in "de" or "à" with its contractions: "lors du" is "during the"."""
    yield key, english
    for ending, forms in (
        (" de", ((" du", " the"), (" des", " the"), (" d'", ""))),
        (" à", ((" au", " the"), (" aux", " the"))),
    ):
        if key.endswith(ending):
            for form, article in forms:
                yield f"{key.removesuffix(ending)}{form}", f"{english}{article}"
    if key.endswith("jusqu'à"):
        yield "jusqu'au", f"{english} the"
        yield "jusqu'aux", f"{english} the"


def phrase_at(words: list[str], start: int) -> tuple[str, str, int] | None:
    """Return (English, kind, number of words) of the longest phrase that begins at `start`, else None."""
    glossary = _glossary()
    for length in (
        range(min(8, len(words) - start), 0, -1)
        if words[start] in glossary.first_words or words[start].removesuffix("s") in glossary.first_words
        else ()
    ):
        key = tuple(words[start : start + length])
        found = glossary.phrases.get(key) or glossary.phrases.get((*key[:-1], key[-1].removesuffix("s")))
        if found is None and length > 1:
            found = glossary.phrases.get(tuple(word.removesuffix("s") for word in key))
        if found is not None:
            return (*found, length)
    return None


def adverb(word: str) -> str | None:
    """Return the English adverb, else None."""
    return _glossary().adverbs.get(word)


def governed(word: str) -> Mapping[str, str]:
    """Return the English prepositions of an adjective by its French ones: "à" is "to" with "allergique"."""
    governing = _glossary().governing
    return next((governing[base] for base in _masculine(word) if base in governing), {})


@lru_cache(maxsize=4096)
def noun(word: str) -> Noun | None:
    """Return the English noun for one in the singular or plural, else None.

    >>> noun("médicaments"), noun("énoxaparine")
    (Noun(english='medicine', plural=True), Noun(english='enoxaparin', plural=False))
    """
    lower = word.lower()
    nouns = _glossary().nouns
    if lower in nouns:
        return Noun(nouns[lower], is_plural(nouns[lower]))
    for ending, base in (("s", ""), ("x", ""), ("aux", "al"), ("aux", "ail")):
        if lower.endswith(ending) and f"{lower.removesuffix(ending)}{base}" in nouns:
            return Noun(nouns[f"{lower.removesuffix(ending)}{base}"], True)
    medicine = french_medicine(lower)
    return Noun(medicine, False) if medicine is not None else None


def english_of(found: Noun, plural: bool) -> str:
    """Return the English noun in the singular or plural."""
    return plural_of(found.english) if plural and not is_plural(found.english) else found.english


@lru_cache(maxsize=4096)
def adjective(word: str) -> str | None:
    """Return the English adjective for one in any form, else None.

    >>> adjective("annuelle"), adjective("cardiaques")
    ('annual', 'cardiac')
    """
    glossary = _glossary().adjectives
    return next((glossary[base] for base in _masculine(word) if base in glossary), None)


@lru_cache(maxsize=4096)
def participle(word: str) -> Verb | None:
    """Return the verb of a participle in any gender and number, else None."""
    table = verbs().participles
    for base in (word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es")):
        if base in table:
            return table[base]
    return None


def participle_english(word: str) -> str | None:
    """Return the English participle for a French one: "prescribed" for "prescrite"."""
    verb = participle(word)
    return participle_of(verb.english) if verb is not None else None


def _masculine(word: str) -> Iterator[str]:
    yield word
    singular = word.removesuffix("s")
    yield singular
    for form in dict.fromkeys((word, singular)):
        for feminine, masculine in _FEMININE:
            if form.endswith(feminine):
                yield f"{form.removesuffix(feminine)}{masculine}"
