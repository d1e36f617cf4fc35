"""The named values of a document: fields of forms and tables, lines of letters, the header of a mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.annotation.pieces.divide import Piece
from vault.text.readable import readable


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value under its name, with the piece that it stands in."""

    name: str
    value: str
    piece: Piece
    index: int
    """Index of the piece."""


def named_values(pieces: Iterable[Piece]) -> list[NamedValue]:
    """Return the named values of a document in order; rows of tables with columns are none."""
    found = []
    for index, piece in enumerate(pieces):
        if piece.table is None or len(piece.cells) == 1:
            for cell in piece.cells:
                name = re.sub(r"\s+", " ", cell.column).strip(" :.")
                found.append(NamedValue(name, readable(cell.text), piece, index))
    return found
