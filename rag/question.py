"""A question as retrieval and evidence see it: its words with their weights, its vector, what it asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from rag.words import content_words, stem


class Wanted(StrEnum):
    """The kind of thing that an answer must hold."""

    DATE = "date"
    AMOUNT = "amount"
    NAME = "name"
    ANYTHING = "anything"


_ASKS_DATE = re.compile(r"\b(when|what (date|year|day|month)|which (date|year|day|month)|by what date)\b", re.I)
_ASKS_AMOUNT = re.compile(
    r"\bhow (many|much|long|often|old|far|soon|quickly|high|low|large|big)\b"
    r"|\bwhat (\w+ ){0,2}(dose|dosage|amount|number|percentage|percent|rate|level|value|price|fee|rent|sum|limit|cap)\b",
    re.I,
)
_ASKS_NAME = re.compile(r"\b(who|whom|whose)\b|\bwhich (\w+ )?(party|person|company|doctor|surgeon|court|judge)\b", re.I)

_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
    re.I,
)
_AMOUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|ninety|hundred|thousand|once|twice|daily|weekly|monthly|annually)\b",
    re.I,
)
_NAME = re.compile(r"(?<=[a-z,;:(] )[A-Z][a-z]+|\b[A-Z]\. [A-Z][a-z]+|\b(?:Mr|Mrs|Ms|Dr|Inc|Ltd|LLC|Limited)\b")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be held against passages."""

    text: str
    vector: NDArray[np.float32]
    """(dimensions,), of length 1."""
    rarity: Mapping[str, float]
    """Weight of the stem of each content word, by how few chunks hold it; they sum to 1."""

    @property
    def wanted(self) -> Wanted:
        """What kind of thing an answer must hold, as far as the question's form says so."""
        if _ASKS_DATE.search(self.text):
            return Wanted.DATE
        if _ASKS_AMOUNT.search(self.text):
            return Wanted.AMOUNT
        return Wanted.NAME if _ASKS_NAME.search(self.text) else Wanted.ANYTHING

    def coverage(self, present: set[str] | frozenset[str]) -> float:
        """Share of the question's content words, weighted by rarity, whose stems are `present`."""
        return sum(weight for word, weight in self.rarity.items() if word in present)


def holds(wanted: Wanted, text: str) -> bool:
    """Whether `text` holds the kind of thing that is wanted."""
    if wanted is Wanted.DATE:
        return _DATE.search(text) is not None
    if wanted is Wanted.AMOUNT:
        return _AMOUNT.search(text) is not None
    return wanted is Wanted.ANYTHING or _NAME.search(text) is not None


def rarities(question: str, counts: Mapping[str, int], total: int) -> dict[str, float]:
    """Weight of each content word's stem, by how few of `total` chunks hold the word; they sum to 1."""
    weights = {
        stem(word): math.log(1 + (total + 1) / (counts.get(word, 0) + 0.5)) for word in content_words(question)
    }
    whole = sum(weights.values()) or 1.0
    return {word: weight / whole for word, weight in weights.items()}
