"""Recognised lines in reading order: columns one after the other, rows of tables cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.formats.ocr.lines import Edges, RecognisedLine, RecognisedWord
from ingest.formats.ocr.rows import Row, rows_of, split_columns
from ingest.formats.structure.compose import CELL
from ingest.formats.structure.decode import clean
from ingest.formats.structure.tables import names_columns
from ingest.formats.text.text import structure
from vault.records import Element, ElementKind

_BLANK_LINE = 0.55  # of a line's height: a gap wider than the usual one by this parts two paragraphs
_TABLE_ROWS = 3  # rows of two cells or more, one under the other, that make a table

Place = tuple[int, int, Edges]
"""Start and end of a word in the text, and its edges on the picture."""


class _Text:
    """Page text as it grows, with what stands where."""

    def __init__(self) -> None:
        self.text = ""
        self.places: list[Place] = []
        self.elements: list[Element] = []

    def gap(self, gap: str) -> None:
        if self.text:
            self.text += gap

    def words(self, words: Sequence[RecognisedWord]) -> None:
        for index, word in enumerate(words):
            self.text += " " if index else ""
            shown = clean(word.text)
            self.places.append((len(self.text), len(self.text) + len(shown), word.edges))
            self.text += shown


def compose(lines: Sequence[RecognisedLine]) -> tuple[str, tuple[Element, ...], list[Place]]:
    """The text of a page with its elements and the place of each word."""
    made = _Text()
    for column in split_columns(rows_of(lines)):
        index = 0
        while index < len(column):
            count = _table(column, index)
            if count:
                _add_table(made, column[index : index + count])
                index += count
                continue
            index = _add_prose(made, column, index)
    return made.text, tuple(made.elements), made.places


def _table(rows: Sequence[Row], index: int) -> int:
    """How many rows from `index` on are one table; 0 when too few are."""
    count = 0
    while index + count < len(rows) and len(rows[index + count].cells) >= 2:
        count += 1
    return count if count >= _TABLE_ROWS else 0


def _add_table(made: _Text, rows: Sequence[Row]) -> None:
    header = names_columns([[cell.text for cell in row.cells] for row in rows])
    for number, row in enumerate(rows):
        made.gap("\n" if number else "\n\n")
        start = len(made.text)
        for index, cell in enumerate(row.cells):
            made.text += CELL if index else ""
            made.words(cell.words)
        kind = ElementKind.TABLE_HEADER if header and number == 0 else ElementKind.TABLE_ROW
        made.elements.append(Element(kind, start, len(made.text)))


def _add_prose(made: _Text, rows: Sequence[Row], index: int) -> int:
    """Add rows up to the next table; returns the index of that."""
    made.gap("\n\n")
    start = len(made.text)
    first = index
    while index < len(rows) and not (index > first and _table(rows, index)):
        if index > first:
            made.gap("\n\n" if _apart(rows, first, index) else "\n")
        for number, cell in enumerate(rows[index].cells):
            made.text += "  " if number else ""
            made.words(cell.words)
        index += 1
    for element in structure(made.text[start:]):
        made.elements.append(Element(element.kind, start + element.start, start + element.end, element.level))
    return index


def _apart(rows: Sequence[Row], first: int, index: int) -> bool:
    """Whether more than the usual gap lies above the row at `index`."""
    near = rows[max(first, index - 12) : index + 12]
    gaps = [below.top - above.bottom for above, below in pairwise(near)]
    height = median(row.height for row in near)
    usual = min(median(gaps), height)  # of few rows, all may stand far apart
    return rows[index].top - rows[index - 1].bottom > usual + _BLANK_LINE * height
