"""The forms of German verbs: weak ones by rule, strong ones from a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vault.text.languages.parts.chunks import Verb
from vault.text.languages.parts.glossary import entries

_HERE = Path(__file__).parent
_FIXED = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "wider", "unter", "über", "hinter", "voll")
"""Prefixes that stay on: their participles have no "ge"."""
_GOES = "goes"


@dataclass(frozen=True, slots=True)
class Verbs:
    """All verbs of the glossary by their forms, in lower case."""

    finite: Mapping[str, tuple[Verb, ...]]
    joined: Mapping[str, Verb]
    """Finite forms with their particle in front, as at the end of a subordinate clause: "anfängt"."""
    participles: Mapping[str, Verb]
    infinitives: Mapping[str, Verb]
    particles: frozenset[str]
    stems: Mapping[str, str]
    """English verb by the stem of a German one, as compounds have it: "liefer"."""


class _Forms(NamedTuple):
    singular: str
    plural: str
    past: str
    past_plural: str
    participle: str


@cache
def verbs() -> Verbs:
    """Return the verbs of the glossary with all their forms."""
    strong = {infinitive: more.split() for infinitive, _, more in entries(_HERE, "strong_verbs")}
    finite: dict[str, list[Verb]] = {}
    joined: dict[str, Verb] = {}
    participles: dict[str, Verb] = {}
    infinitives: dict[str, Verb] = {}
    stems: dict[str, str] = {}
    for written, english, more in entries(_HERE, "verbs"):
        particle, _, simple = written.rpartition("|")
        flags = more.split()
        goes = _GOES in flags
        prepositions = dict(flag.split("=") for flag in flags if "=" in flag)
        forms = _forms(simple, strong)
        for form, past, plural in (
            (forms.singular, False, False),
            (forms.plural, False, True),
            (forms.past, True, False),
            (forms.past_plural, True, True),
        ):
            verb = Verb(english, past, plural, "", goes, particle, prepositions)
            finite.setdefault(form, []).append(verb)
            if particle:
                joined.setdefault(f"{particle}{form}", verb)
        plain = Verb(english, goes=goes, prepositions=prepositions)
        participles.setdefault(f"{particle}{forms.participle}", plain)
        infinitives.setdefault(f"{particle}{simple}", plain)
        if particle:
            infinitives.setdefault(f"{particle}zu{simple}", plain)
        stems.setdefault(f"{particle}{_stem(simple)}", english)
    every = {verb.particle for group in finite.values() for verb in group if verb.particle}
    return Verbs(
        {form: tuple(group) for form, group in finite.items()},
        joined,
        participles,
        infinitives,
        frozenset(every),
        stems,
    )


def _stem(infinitive: str) -> str:
    return re.sub(r"e?n$", "", infinitive) if not infinitive.endswith(("eln", "ern")) else infinitive[:-1]


def _forms(infinitive: str, strong: Mapping[str, list[str]]) -> _Forms:
    if infinitive in strong:
        singular, past, participle = strong[infinitive]
        ending = "n" if past.endswith("e") else "en"
        return _Forms(singular, infinitive, past, f"{past}{ending}", participle)
    for prefix in _FIXED:
        simple = infinitive.removeprefix(prefix)
        if simple != infinitive and simple in strong:
            singular, past, participle = strong[simple]
            without = participle.removeprefix("ge") if not simple.startswith("ge") else participle
            ending = "n" if past.endswith("e") else "en"
            return _Forms(
                prefix + singular, infinitive, prefix + past, f"{prefix}{past}{ending}", prefix + without
            )
    stem = _stem(infinitive)
    link = "e" if stem.endswith(("t", "d", "ffn", "chn", "gn", "dn", "tm", "dm")) else ""
    bare = infinitive.endswith("ieren") or infinitive.startswith(_FIXED)
    return _Forms(
        f"{stem}{link}t",
        infinitive,
        f"{stem}{link}te",
        f"{stem}{link}ten",
        f"{'' if bare else 'ge'}{stem}{link}t",
    )
