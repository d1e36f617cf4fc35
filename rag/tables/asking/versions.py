"""Versions that a question sets side by side: "v1 and v2", "statement 1 and statement 2", "first deed"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.tables.asking.terms import phrase

_KINDS = (
    "version|draft|statement|schedule|edition|revision|amendment|deed|offer|quote|quotation|addendum|budget"
    "|variation|letter"
)
_NUMBERED = re.compile(
    rf"\b(?:v\.?\s?|(?P<kind>{_KINDS})\s+(?:no\.?\s*)?)(?P<number>[1-9])\b(?![.,/:-]?\d)", re.IGNORECASE
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ORDINAL = re.compile(
    rf"\b(?P<number>{'|'.join(_ORDINALS)}|1st|2nd|3rd|4th|5th)\s+(?P<kind>{_KINDS})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a thing."""

    kind: str
    """What it is a version of, in small letters: "amendment"; "version" where nothing else is said."""
    number: int


def versions_in(text: str) -> tuple[Version, ...]:
    """Return the versions that a text names, each once, in its order."""
    places = [(found.start(), _numbered(found)) for found in _NUMBERED.finditer(text)]
    places += [(found.start(), _ordinal(found)) for found in _ORDINAL.finditer(text)]
    return tuple(dict.fromkeys(version for _, version in sorted(places, key=lambda one: one[0])))


def versions_compared(text: str) -> tuple[Version, ...]:
    """Return the versions of one kind that a question names, where it names several; empty otherwise."""
    found = versions_in(text)
    return found if len(found) > 1 and len({one.kind for one in found}) == 1 else ()


def words_of_versions(text: str) -> frozenset[str]:
    """Return the stems of all words that name versions."""
    found = [*_NUMBERED.finditer(text), *_ORDINAL.finditer(text)]
    return frozenset(part for one in found for part in (*phrase(one.group()), one["number"].lower()))


def _numbered(found: re.Match[str]) -> Version:
    return Version((found["kind"] or "version").lower(), int(found["number"]))


def _ordinal(found: re.Match[str]) -> Version:
    number = found["number"].lower()
    place = int(number[0]) if number[0].isdigit() else _ORDINALS.index(number) + 1
    return Version(found["kind"].lower(), place)
