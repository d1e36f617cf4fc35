"""Find the abbreviations, everyday words and technical words of a text that the tables know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from vault.text.abbreviations.table import (
    abbreviations,
    everyday,
    everyday_words,
    expansions,
    fold,
    short_forms,
    technical_words,
)
from vault.text.lists.stop_words import STOP_WORDS


class Side(StrEnum):
    """Which side of a table a phrase stands on."""

    ABBREVIATION = "abbreviation"
    WRITTEN_OUT = "written out"
    EVERYDAY = "everyday"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class KnownPhrase:
    """A phrase of a text that has other forms: `text[start:end]`."""

    start: int
    end: int
    side: Side
    others: tuple[str, ...]
    """Its other forms: what an abbreviation stands for, the technical words for an everyday one …"""


_FORMS = {
    Side.ABBREVIATION: expansions,
    Side.WRITTEN_OUT: short_forms,
    Side.EVERYDAY: technical_words,
    Side.TECHNICAL: everyday_words,
}
_WORD = re.compile(r"[^\W_]+(?:[&/.'’][^\W_]+)*")


def known_phrases(text: str) -> list[KnownPhrase]:
    """Return the phrases of `text` that the tables know, in order, the longest at each place.

    A phrase that both tables know is there twice: "myocardial infarction" as the technical
    word for heart attack and as what MI stands for. A short word in lower case is no abbreviation
    unless the table has it so ("bd"): a text writes AF, a question may write af (`expansions` reads both).
    """
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    folded = [_fold_word(text[start:end]) for start, end in words]
    phrases = _phrases()
    found: list[KnownPhrase] = []
    shouted = text.isupper()
    busy = dict.fromkeys(Side, 0)
    for index, first in enumerate(folded):
        for length in phrases.get(first.partition(" ")[0], ()):
            if index + length > len(words):
                continue
            start, end = words[index][0], words[index + length - 1][1]
            key = " ".join(folded[index : index + length])
            for side in _sides().get(key, ()):
                if start < busy[side]:
                    continue
                others = _others(side, text[start:end], shouted)
                if others:
                    busy[side] = end
                    found.append(KnownPhrase(start, end, side, others))
    return found


def _others(side: Side, phrase: str, shouted: bool) -> tuple[str, ...]:
    if side is Side.ABBREVIATION and phrase not in abbreviations().forward:
        if phrase.islower() and len(phrase) < 4:
            return ()
    elif side is Side.ABBREVIATION and shouted and phrase.lower() in STOP_WORDS:
        return ()
    return _FORMS[side](phrase)


@cache
def _sides() -> dict[str, tuple[Side, ...]]:
    """By each folded phrase of the tables, the sides that it stands on."""
    sides: dict[str, tuple[Side, ...]] = {}
    for side, keys in (
        (Side.ABBREVIATION, abbreviations().folded),
        (Side.WRITTEN_OUT, abbreviations().backward),
        (Side.EVERYDAY, everyday().folded),
        (Side.TECHNICAL, everyday().backward),
    ):
        for key in keys:
            sides[key] = (*sides.get(key, ()), side)
    return sides


@cache
def _phrases() -> dict[str, tuple[int, ...]]:
    """By the first word of the phrases, how many words they have, the longest first."""
    lengths: dict[str, set[int]] = {}
    for phrase in _sides():
        words = phrase.split()
        lengths.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


_MOST_CACHED = 1 << 16
_folded: dict[str, str] = {}


def _fold_word(word: str) -> str:
    """Return `fold(word)`; cached, because texts share most of their words."""
    found = _folded.get(word)
    if found is None:
        if len(_folded) > _MOST_CACHED:
            _folded.clear()
        found = _folded[word] = fold(word)
    return found
