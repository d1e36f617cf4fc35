"""The forms of French verbs: regular ones by rule, others from a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vault.text.languages.french.words import REFLEXIVE
from vault.text.languages.parts.chunks import Verb
from vault.text.languages.parts.glossary import entries

_HERE = Path(__file__).parent
_GOES = "goes"
_GRAVE = str.maketrans("eé", "èè")


@dataclass(frozen=True, slots=True)
class Verbs:
    """All verbs of the glossary by their forms, in lower case."""

    finite: Mapping[str, Verb]
    future: frozenset[str]
    """The finite forms that say "will"."""
    participles: Mapping[str, Verb]
    """In the masculine singular."""
    infinitives: Mapping[str, Verb]
    reflexive: Mapping[str, Verb]
    """The finite forms of verbs that mean something else with "se"."""


@cache
def verbs() -> Verbs:
    """Return the verbs of the glossary with all their forms."""
    irregular = {infinitive: more.split() for infinitive, _, more in entries(_HERE, "irregular_verbs")}
    finite: dict[str, Verb] = {}
    future: set[str] = set()
    participles: dict[str, Verb] = {}
    infinitives: dict[str, Verb] = {}
    reflexive: dict[str, Verb] = {}
    for infinitive, english, more in entries(_HERE, "verbs"):
        flags = more.split()
        prepositions = dict(flag.split("=") for flag in flags if "=" in flag)
        goes = _GOES in flags
        for form, past, plural, will in _finite_forms(infinitive, irregular):
            if form not in finite:
                finite[form] = Verb(english, past, plural, "", goes, "", prepositions)
                if will:
                    future.add(form)
        plain = Verb(english, goes=goes, prepositions=prepositions)
        participles.setdefault(_participle(infinitive, irregular), plain)
        infinitives.setdefault(infinitive, plain)
    for infinitive, english in REFLEXIVE.items():
        for form, past, plural, _ in _finite_forms(infinitive, irregular):
            reflexive.setdefault(form, Verb(english, past, plural))
    return Verbs(finite, frozenset(future), participles, infinitives, reflexive)


def _irregular(infinitive: str, irregular: Mapping[str, list[str]]) -> list[str] | None:
    """Return singular, plural, stem of the past, participle and stem of the future of a verb."""
    if infinitive in irregular:
        return irregular[infinitive]
    for base in sorted(irregular, key=len, reverse=True):
        if infinitive.endswith(base) and len(base) > 4:
            prefix = infinitive.removesuffix(base)
            return [f"{prefix}{form}" for form in irregular[base]]
    return None


def _finite_forms(
    infinitive: str, irregular: Mapping[str, list[str]]
) -> Iterator[tuple[str, bool, bool, bool]]:
    """Yield (form, past, plural, future)."""
    known = _irregular(infinitive, irregular)
    if known is not None:
        singular, plural, past, _, future = known
        yield from _tenses([singular], [plural], past, [future])
    elif infinitive.endswith("er"):
        stem = infinitive[:-2]
        stems = list(_stems(stem))
        soft = f"{stem[:-1]}ç" if stem.endswith("c") else f"{stem}e" if stem.endswith("g") else stem
        yield from _tenses(
            [f"{one}e" for one in stems], [f"{one}ent" for one in stems], soft, [f"{one}er" for one in stems]
        )
    elif infinitive.endswith("ir"):
        stem = infinitive[:-2]
        yield from _tenses([f"{stem}it"], [f"{stem}issent"], f"{stem}iss", [infinitive])
    else:
        stem = infinitive[:-2]
        yield from _tenses([stem], [f"{stem}ent"], stem, [f"{stem}r"])


def _tenses(
    singular: list[str], plural: list[str], past: str, future: list[str]
) -> Iterator[tuple[str, bool, bool, bool]]:
    yield from ((form, False, False, False) for form in singular)
    yield from ((form, False, True, False) for form in plural)
    yield f"{past}ait", True, False, False
    yield f"{past}aient", True, True, False
    for stem in future:
        yield f"{stem}a", False, False, True
        yield f"{stem}ont", False, True, True


def _stems(stem: str) -> Iterator[str]:
    """Yield the stem of a verb in -er in the forms it takes before a silent e: "pes" and "pès"."""
    yield stem
    if len(stem) > 2 and stem[-2] in "eé":
        yield f"{stem[:-2]}{stem[-2].translate(_GRAVE)}{stem[-1]}"
        if stem[-1] in "lt":
            yield f"{stem}{stem[-1]}"
    if stem.endswith("y"):
        yield f"{stem[:-1]}i"


def _participle(infinitive: str, irregular: Mapping[str, list[str]]) -> str:
    known = _irregular(infinitive, irregular)
    if known is not None:
        return known[3]
    ending = {"er": "é", "ir": "i", "re": "u"}[infinitive[-2:]]
    return f"{infinitive[:-2]}{ending}"
