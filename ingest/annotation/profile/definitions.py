"""Short forms and terms that a document defines itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.annotation.pieces.divide import Piece
from vault.text.abbreviations.defined import find_definitions
from vault.text.readable import readable

_EQUALS = re.compile(
    r"(?:^|[,;:.(]\s*)(?P<short>[A-Za-z#][\w&/.#-]{0,9}|#)\s?=\s?(?P<long>[^,;=.]{3,60})(?=[,;.)]|$)"
)
_LONGEST = 200
"""Characters of what a term stands for."""


def definitions_in(pieces: Iterable[Piece]) -> list[tuple[str, str]]:
    """Return (short form or term, what it stands for) of a document, each short form once, in order.

    Lists of abbreviations count ("NOF = neck of femur, ZF = Zimmer frame").
    """
    found: dict[str, str] = {}
    for piece in pieces:
        text = piece.text
        if "=" in text:
            for match in _EQUALS.finditer(text):
                found.setdefault(match["short"], readable(match["long"]))
        if "(" in text or "mean" in text or "bedeutet" in text or "désigne" in text:
            for one in find_definitions(text):
                found.setdefault(readable(one.short), readable(one.long)[:_LONGEST])
    return list(found.items())
