"""Split rich text (RTF) into tokens: groups, control words, and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)",
    re.DOTALL,
)


class TokenKind(Enum):
    """The kind of a token."""

    OPEN = "open"
    CLOSE = "close"
    WORD = "word"
    SYMBOL = "symbol"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class RtfToken:
    """A token: `word` is a control word or symbol and `value` its number.

    `data` is text in bytes, or the raw bytes after the word "bin".
    """

    kind: TokenKind
    word: str = ""
    value: int | None = None
    data: bytes = b""


def rtf_tokens(data: bytes) -> Iterator[RtfToken]:
    """Yield the tokens of an RTF file; bytes that match no token are skipped."""
    position = 0
    while match := _TOKEN.search(data, position):
        position = match.end()
        word, value, byte, symbol, brace, text = match.groups()
        if text:
            yield RtfToken(TokenKind.TEXT, data=text)
        elif brace:
            yield RtfToken(TokenKind.OPEN if brace == b"{" else TokenKind.CLOSE)
        elif byte:
            yield RtfToken(TokenKind.TEXT, data=bytes([int(byte, 16)]))
        elif symbol:
            yield RtfToken(TokenKind.SYMBOL, symbol.decode("latin-1"))
        elif word:
            number = int(value) if value else None
            if word == b"bin" and number and number > 0:
                position += number  # raw bytes, which may contain braces
                yield RtfToken(TokenKind.WORD, "bin", number, data[position - number : position])
                continue
            yield RtfToken(TokenKind.WORD, word.decode("ascii"), number)
