"""Look up German words in whatever form they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from vault.text.languages.english.forms import is_plural, participle_of, plural_of
from vault.text.languages.german.verbs import verbs
from vault.text.languages.parts.glossary import entries
from vault.text.languages.parts.medicines import german_medicine

_HERE = Path(__file__).parent
_UMLAUTS = str.maketrans("äöü", "aou")
_NOUN_ENDINGS = (
    ("s", False), ("es", False), ("n", True), ("en", True), ("e", True), ("er", True), ("ern", True),
    ("nen", True), ("se", True), ("sen", True),
)  # fmt: skip
_ADJECTIVE_ENDINGS = ("e", "en", "er", "em", "es")
_WEAK = frozenset(
    "patient klient mandant herr zeuge präsident student assistent lieferant nachbar kunde".split()
)
"""Nouns whose "-en" is no plural after an article of the singular."""
_EVENTS = frozenset(("admission", "discharge", "arrival", "transfer", "birth", "birthdate"))
_MEASURES = frozenset("weight height level value temperature medication medicines diagnosis findings".split())
_LEAST_PART = 3
_COMPOUND = 7


class Noun(NamedTuple):
    """A noun in English."""

    english: str
    plural: bool
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]
    adverbs: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], tuple[str, str]]
    first_words: frozenset[str]


@cache
def _glossary() -> _Words:
    phrases = {
        tuple(key.lower().split()): (english, kind) for key, english, kind in entries(_HERE, "phrases")
    }
    nouns = {key.lower(): english for key, english, _ in entries(_HERE, "nouns")}
    phrases.update({tuple(key.split()): (english, "thing") for key, english in nouns.items() if " " in key})
    return _Words(
        nouns,
        {key.lower(): english for key, english, _ in entries(_HERE, "adjectives")},
        {key.lower(): english for key, english, _ in entries(_HERE, "adverbs")},
        phrases,
        frozenset(key[0] for key in phrases),
    )


def phrase_at(words: list[str], start: int) -> tuple[str, str, int] | None:
    """Return (English, kind, number of words) of the longest phrase that begins at `start`, else None."""
    glossary = _glossary()
    if words[start] not in glossary.first_words:
        return None
    for length in range(min(6, len(words) - start), 0, -1):
        found = glossary.phrases.get(tuple(words[start : start + length]))
        if found is not None:
            return (*found, length)
    return None


def adverb(word: str) -> str | None:
    """Return the English adverb, else None."""
    return _glossary().adverbs.get(word)


@lru_cache(maxsize=4096)
def noun(word: str) -> Noun | None:
    """Return the English noun for one in any case and number, also for a compound, else None.

    >>> noun("Blutverdünner"), noun("Verträge")
    (Noun(english='blood thinner', plural=False, weak=False), Noun(english='contract', plural=True,
    weak=False))
    """
    lower = word.lower()
    if "-" in lower:
        parts = [part for part in lower.split("-") if part]
        found = [noun(part) for part in parts]
        if found and found[-1] is not None:
            front = [
                one.english if one else written
                for one, written in zip(found[:-1], word.split("-")[:-1], strict=False)
            ]
            return Noun(_compound_english(" ".join(front), found[-1].english), found[-1].plural)
        return None
    known = _simple_noun(lower)
    if known is not None:
        return known
    medicine = german_medicine(word)
    if medicine is not None:
        return Noun(medicine, False)
    return _compound(lower)


def english_of(found: Noun, plural: bool) -> str:
    """Return the English noun in the singular or plural."""
    return plural_of(found.english) if plural and not is_plural(found.english) else found.english


def _bases(word: str) -> Iterator[tuple[str, bool]]:
    for ending, plural in _NOUN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_PART:
            base = word.removesuffix(ending)
            yield base, plural
            if plural and base != (flat := _flat(base)):
                yield flat, True
    if word != (flat := _flat(word)):
        yield flat, True
    if word.endswith("ien"):
        yield f"{word[:-2]}um", True
    if word.endswith(("ren", "nen", "ten", "sen", "men")):
        yield f"{word[:-2]}um", True
        yield f"{word[:-2]}us", True


def _flat(word: str) -> str:
    """Undo the last umlaut: "vertrag" for "verträg", "haus" for "häus"."""
    match = re.search(r"^(.*)([äöü])([^äöü]*)$", word)
    return f"{match[1]}{match[2].translate(_UMLAUTS)}{match[3]}" if match else word


def _simple_noun(word: str) -> Noun | None:
    nouns = _glossary().nouns
    if word in nouns:
        return Noun(nouns[word], is_plural(nouns[word]))
    for base, plural in _bases(word):
        if base in nouns:
            return Noun(nouns[base], plural or is_plural(nouns[base]), base in _WEAK and plural)
    return None


def _compound(word: str) -> Noun | None:
    if len(word) < _COMPOUND:
        return None
    for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        head = _simple_noun(word[cut:])
        if head is None:
            continue
        front = _front(word[:cut])
        if front is not None:
            return Noun(_compound_english(front, head.english), head.plural)
    return None


def _compound_english(front: str, head: str) -> str:
    if front in _EVENTS and head in _MEASURES:
        return f"{head} on {front}"
    return f"{front} {head}"


def _front(part: str) -> str | None:
    """Return the English of the first part of a compound: a noun, the stem of a verb or an adjective."""
    glossary = _glossary()
    for base in (
        part,
        part.removesuffix("s"),
        f"{part}e",
        part.removesuffix("n"),
        part.removesuffix("en"),
        part.removesuffix("es"),
        f"{part}en",
        part.removesuffix("er"),
        part.removesuffix("e"),
    ):
        if base in glossary.nouns:
            return glossary.nouns[base]
    flat = _flat(part)
    for base in (flat.removesuffix("er"), flat.removesuffix("e")):
        if flat != part and base in glossary.nouns:
            return glossary.nouns[base]
    if part in glossary.adjectives:
        return glossary.adjectives[part]
    medicine = german_medicine(part)
    if medicine is not None:
        return medicine
    inner = _compound(part) or _compound(part.removesuffix("s"))
    if inner is not None:
        return inner.english
    stem = verbs().stems.get(part)
    return _gerund(stem) if stem is not None else None


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    return f"{verb}ing"


@lru_cache(maxsize=4096)
def adjective(word: str) -> str | None:
    """Return the English adjective for one in any form, also for a participle before a noun, else None.

    >>> adjective("vereinbarte"), adjective("hohen")
    ('agreed', 'high')
    """
    glossary = _glossary().adjectives
    participles = verbs().participles
    for base in (word, *(word.removesuffix(end) for end in _ADJECTIVE_ENDINGS if word.endswith(end))):
        if base in glossary:
            return glossary[base]
        if base != word and base in participles:
            return participle_of(participles[base].english)
        if base.endswith("end") and base[:-1] in verbs().infinitives:
            return _gerund(verbs().infinitives[base[:-1]].english)
    for end in _ADJECTIVE_ENDINGS:
        base = word.removesuffix(end)
        # "chronischen": the adjectives in -isch that differ by their ending only are known to the list.
        if base != word and base.endswith("l") and f"{base[:-1]}el" in glossary:
            return glossary[f"{base[:-1]}el"]
    return None


@cache
def _governing() -> dict[str, dict[str, str]]:
    return {
        key.lower(): dict(flag.split("=") for flag in more.split())
        for key, _, more in entries(_HERE, "adjectives")
        if more
    }


def governed(word: str) -> dict[str, str]:
    """Return English prepositions by the German ones of an adjective: "gegen" is "to" with "allergisch"."""
    return _governing().get(word, {})
