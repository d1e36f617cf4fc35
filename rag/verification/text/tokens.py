"""The tokens of a text: words, numbers, dates and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rag.verification.lexicon.content import GENERIC_WORDS
from rag.verification.text.days import Days, days_in
from rag.verification.text.keys import key_of
from rag.verification.text.plain import POSSESSIVE, expanded, plain
from vault.text.lists.stop_words import FUNCTION_WORDS


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a statement or sentence."""

    kind: Kind
    text: str
    key: str = ""
    """What tokens are compared by: the key of a word, otherwise the text."""
    capital: bool = False
    """Whether it is written with a capital although no sentence begins with it."""
    first: bool = False
    """Whether a sentence begins with it."""
    possessive: bool = False
    """Whether it has an apostrophe: what follows belongs to it."""
    days: Days = frozenset()
    """What a date may mean."""

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def content(self) -> bool:
        """Whether it is a word that says something by itself, like the letter in "group A"."""
        letter = len(self.text) == 1 and self.capital and self.text != "I"
        return self.kind is Kind.WORD and (self.lower not in FUNCTION_WORDS or letter)

    @property
    def generic(self) -> bool:
        """Whether a passage may lack it."""
        return (
            self.lower in GENERIC_WORDS or self.lower.removesuffix("s") in GENERIC_WORDS
        ) and not self.capital

    def is_mark(self, marks: str) -> bool:
        """Return whether it is one of `marks`."""
        return self.kind is Kind.MARK and self.key in marks


Tokens = tuple[Token, ...]
"""A whole statement or sentence."""

_TOKEN = re.compile(
    r"""(?P<code> \b\d+(?:\.\d+){2,}\b | \b\d{1,2}:\d{2}\b | \b\d+/\d+\b | \b[A-Za-z]+\d[\w]*\b )
    | (?P<number> (?:US\$|[$€£])\ ?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?
      | (?:\d{1,3}(?:[,\ ]\d{3})+(?![\d])|\d+)(?:\.\d+)?(?:(?:st|nd|rd|th)\b)? | \.\d+ )
    | (?P<word> [^\W\d_]+(?:'[^\W\d_]+)? )
    | (?P<mark> [^\w\s] )""",
    re.VERBOSE,
)
_BEFORE_A_SENTENCE = "\"'([-•*"
"""Marks that may stand before the first word of a sentence."""


@lru_cache(maxsize=8_192)
def tokens_of(text: str) -> Tokens:
    """Return the tokens of `text`. Cached: the same sentences are compared with every statement."""
    found: list[Token] = []
    written = expanded(plain(text))
    place = 0
    for start, end, days in days_in(written):
        _add_tokens(found, written, place, start)
        date = written[start:end]
        found.append(Token(Kind.DATE, date, date, days=days))
        place = end
    _add_tokens(found, written, place, len(written))
    return tuple(found)


def _add_tokens(found: list[Token], text: str, start: int, end: int) -> None:
    """Add the tokens of `text[start:end]`, which has no date, to those that stand before it."""
    # A date is always followed by something of its own sentence.
    first = not found
    for match in _TOKEN.finditer(text, start, end):
        piece = match.group().removesuffix(POSSESSIVE)
        if not piece:
            continue
        found.append(_token(match, piece, first))
        if piece not in _BEFORE_A_SENTENCE:
            first = piece in ".!?"


def content_keys(tokens: Tokens) -> frozenset[str]:
    """Return the keys of the words that say something."""
    return frozenset(token.key for token in tokens if token.content)


def _token(match: re.Match[str], piece: str, first: bool) -> Token:
    if match.lastgroup == "word":
        acronym = len(piece) > 1 and piece.isupper()
        capital = piece[0].isupper() and (acronym or not first)
        return Token(Kind.WORD, piece, key_of(piece), capital, first, match.group().endswith(POSSESSIVE))
    if match.lastgroup == "code":
        return Token(Kind.WORD, piece, piece.lower(), capital=True, first=first)
    if match.lastgroup == "mark":
        return Token(Kind.MARK, piece, piece)
    return Token(Kind.NUMBER, piece, piece)
