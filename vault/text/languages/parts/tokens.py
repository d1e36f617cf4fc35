"""Cut a question into words, numbers and marks, and mark the words that stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    # 3.2, 12,5, 13.08.2024, 3., 4.2(b)
    r"\d+(?:[.,:/]\d+)*(?:[^\W\d_]+)?(?:\([a-z0-9]+\))*\.?(?=\s|$|[?!,;:)])"
    r"|[^\W_]+(?:[.'’/&_-][^\W_]+)*(?:\([a-z0-9]+\))?"  # words, also R-04417 and St Osyth's
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of a question."""

    text: str
    start: int
    end: int
    kept: bool = False
    """Whether it belongs to a name or reference, and stays as it is."""

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.text[0].isdigit()

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_code(self) -> bool:
        """Whether it is a reference or an abbreviation: letters with digits, or capitals only."""
        return any(letter.isdigit() for letter in self.text) or (len(self.text) > 1 and self.text.isupper())


def tokens_of(text: str, kept: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """Return the tokens of `text`; those that touch a place of `kept` are kept."""
    return [
        Token(
            match[0],
            match.start(),
            match.end(),
            any(start < match.end() and match.start() < end for start, end in kept),
        )
        for match in _TOKEN.finditer(text)
    ]
