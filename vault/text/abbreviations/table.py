"""The tables of abbreviations and everyday words, read both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import yaml

from vault.text.lists.stop_words import STOP_WORDS

_HERE = Path(__file__).parent
_JOINTS = re.compile(r"[-’'.]")
_TWO_VOWELS = re.compile(r"(?:ae|oe)(?=[a-z]{2})")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<![suix])s\b")


class Table(NamedTuple):
    """One table: abbreviations with what they stand for, or everyday words with technical ones."""

    forward: Mapping[str, tuple[str, ...]]
    """By an abbreviation or everyday word as the table has it, its meanings, the likeliest first."""
    folded: Mapping[str, tuple[str, ...]]
    """The same by the folded word."""
    backward: Mapping[str, tuple[str, ...]]
    """By a folded meaning, the abbreviations or everyday words for it."""


def fold(phrase: str) -> str:
    """Return a phrase as it is looked up: lower case, singular, hyphens as spaces, "haemo" as "hemo".

    >>> fold("Blood-Thinners"), fold("p.r.n."), fold("haemoglobin")
    ('blood thinner', 'prn', 'hemoglobin')
    """
    text = phrase.lower().replace("-", " ")
    text = " ".join(_JOINTS.sub("", text).split())
    return _PLURAL.sub("", _TWO_VOWELS.sub("e", text))


def expansions(short: str) -> tuple[str, ...]:
    """Return what an abbreviation stands for, the likeliest first; several where it is ambiguous.

    Capitals count where the table has the word in several ways ("od" and "OD"). In lower case a stop word is
    no abbreviation: "as" is not aortic stenosis, but "af" is atrial fibrillation.

    >>> expansions("LVEF")
    ('left ventricular ejection fraction',)
    """
    table = abbreviations()
    word = short.strip().rstrip(".")
    if word in table.forward:
        return table.forward[word]
    if word.islower() and word in STOP_WORDS:
        return ()
    return table.folded.get(fold(word), ())


def short_forms(phrase: str) -> tuple[str, ...]:
    """Return the abbreviations of a phrase.

    >>> short_forms("blood pressure")
    ('BP',)
    """
    return abbreviations().backward.get(fold(phrase), ())


def technical_words(phrase: str) -> tuple[str, ...]:
    """Return the technical words for an everyday one.

    >>> technical_words("water tablets")[:2]
    ('diuretic', 'furosemide')
    """
    return everyday().folded.get(fold(phrase), ())


def everyday_words(phrase: str) -> tuple[str, ...]:
    """Return the everyday words for a technical one.

    >>> everyday_words("lessor")
    ('landlord',)
    """
    return everyday().backward.get(fold(phrase), ())


@cache
def abbreviations() -> Table:
    """Return the table of medical and legal abbreviations."""
    return _table(_read("medical.yaml"), _read("legal.yaml"))


@cache
def everyday() -> Table:
    """Return the table of everyday words."""
    return _table(_read("everyday.yaml"))


def _read(name: str) -> dict[str, tuple[str, ...]]:
    # The loader in C is ten times as fast; where PyYAML was built without it the other reads the same.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load((_HERE / name).read_text(encoding="utf-8"), loader)  # noqa: S506
    return {short: tuple(long) if isinstance(long, list) else (long,) for short, long in entries.items()}


def _table(*parts: dict[str, tuple[str, ...]]) -> Table:
    forward: dict[str, tuple[str, ...]] = {}
    folded: dict[str, tuple[str, ...]] = {}
    backward: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for short, meanings in part.items():
            _add(forward, short, meanings)
            _add(folded, fold(short), meanings)
            for meaning in meanings:
                _add(backward, fold(meaning), (short,))
    return Table(MappingProxyType(forward), MappingProxyType(folded), MappingProxyType(backward))


def _add(entries: dict[str, tuple[str, ...]], key: str, values: Iterable[str]) -> None:
    entries[key] = tuple(dict.fromkeys((*entries.get(key, ()), *values)))
