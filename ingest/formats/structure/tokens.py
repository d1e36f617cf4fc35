"""Words and sentences for unstructured, in place of a language model that it would download.

It guesses from them what is a title and what is running text. We take headings only from styles and tags, so
a simple division will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'”’)]*(?=\s)|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark."""

    text: str
    tag_: str = ""
    """What part of speech it is: not known."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in the form in which unstructured asks for its words and sentences."""

    text: str

    def __iter__(self) -> Iterator[Token]:
        return (Token(word) for word in _TOKEN.findall(self.text))

    @property
    def sents(self) -> Iterator[Token]:
        """Yield the sentences."""
        return (Token(found[0]) for found in _SENTENCE.finditer(self.text))


class Tokenizer:
    """Divides texts."""

    max_length = 1_000_000
    """Characters; unstructured cuts longer texts off before it asks."""

    def __call__(self, text: str) -> Tokens:
        """Return the text, which is divided when it is asked for its parts."""
        return Tokens(text)
