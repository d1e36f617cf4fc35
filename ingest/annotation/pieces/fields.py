"""Fields of forms and letters: "Ward: Maple" is the value Maple under the name Ward."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.annotation.pieces.divide import TABLE_KINDS, Piece
from ingest.annotation.pieces.field_names import is_field_name
from vault.annotations import Cell
from vault.records import ElementKind
from vault.text.testimony import without_mark

_FIRST = re.compile(
    r"(?P<name>(?:[A-ZÀ-Þ]|(?=b?cc\b))(?:[^\W_]|[ .,/()&'’°-]){0,48}?)\s?:(?:[ \t\xa0]+|(?=\r?\n))(?=\S"
    r"|\r?\n\S)"
)
_FURTHER = re.compile(
    r"(?P<gap>[ \t\xa0]+|[,;|]\s*)(?P<name>[A-ZÀ-Þ](?:[^\W_]|[./()'’-])*(?:[ ][\w./()'’-]+){0,3})\s?:["
    r" \t\xa0]+(?=\S)"
)
_MOST_WORDS = 6
_LONGEST_QUESTION = 240
"""Characters of a question to a witness; the answer to a longer one stands by itself."""


def read_fields(piece: Piece) -> tuple[Cell, ...]:
    """Return a cell for each field of a line "Name: value", also of several: "Born: 3 May  Ward: Maple".

    The answer of a witness is the value under its question. A piece that is none of these has no cells.
    """
    if piece.question and len(piece.question) <= _LONGEST_QUESTION:
        return _answered(piece)
    if piece.kind in TABLE_KINDS or piece.kind is ElementKind.HEADING or ":" not in piece.text[:56]:
        return ()
    text = piece.text
    indent = len(text) - len(text.lstrip("> \t•-*–☐☒"))
    first = _FIRST.match(text, indent)
    if first is None or len(first["name"].split()) > _MOST_WORDS:
        return ()
    starts = [(first["name"], first.end(), 0), *_further(text, first.end())]
    cells = []
    for index, (name, start, _) in enumerate(starts):
        end = starts[index + 1][2] if index + 1 < len(starts) else len(text)
        value = text[start:end].rstrip(" \t\r\n,;|")
        start += len(value) - len(value.lstrip())
        if value.strip():
            offset = piece.span.start + start
            cells.append(Cell(" ".join(name.split()), value.strip(), offset, offset + len(value.strip())))
    return tuple(cells)


def _answered(piece: Piece) -> tuple[Cell, ...]:
    """Return what a witness says as the value under the question."""
    said = without_mark(piece.text)
    return (Cell(piece.question, said, piece.span.end - len(said), piece.span.end),) if said else ()


def _further(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield (name, where its value starts, where the name starts) of the fields after the first on a line."""
    for found in _FURTHER.finditer(text, start):
        words = found["name"].split(" ")
        if len(found["gap"]) > 1 or "\t" in found["gap"] or found["gap"][0] in "|;":
            yield found["name"], found.end(), found.start()
            continue
        # After a single space, the value before may end in words with capitals: take the longest known name.
        for first in range(len(words)):
            name = " ".join(words[first:])
            if is_field_name(name):
                yield name, found.end(), found.start("name") + len(" ".join(words[:first]))
                break
