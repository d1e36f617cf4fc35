"""Rich text (RTF) cut into its tokens: groups, control words, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)",
    re.DOTALL,
)


class Kind(Enum):
    """What a token is."""

    OPEN = "open"
    CLOSE = "close"
    WORD = "word"
    SYMBOL = "symbol"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Token:
    """A token: `word` is the control word or symbol, `data` the bytes of text."""

    kind: Kind
    word: str = ""
    value: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file; what fits no rule is passed over."""
    place = 0
    while match := _TOKEN.search(data, place):
        place = match.end()
        word, value, byte, symbol, brace, text = match.groups()
        if text:
            yield Token(Kind.TEXT, data=text)
        elif brace:
            yield Token(Kind.OPEN if brace == b"{" else Kind.CLOSE)
        elif byte:
            yield Token(Kind.TEXT, data=bytes([int(byte, 16)]))
        elif symbol:
            yield Token(Kind.SYMBOL, symbol.decode("latin-1"))
        elif word:
            number = int(value) if value else None
            if word == b"bin" and number and number > 0:
                place += number  # raw bytes, braces among them
            yield Token(Kind.WORD, word.decode("ascii"), number)
