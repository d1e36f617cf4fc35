"""Put recognised lines in reading order: columns one after another, rows of tables cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.formats.grid.columns import cells_of, ranges_of, shared_columns
from ingest.formats.grid.parts import Part
from ingest.formats.ocr.lines import Edges, RecognisedLine, RecognisedWord
from ingest.formats.ocr.rows import OcrRow, rows_of, split_columns
from ingest.formats.structure.compose import CELL_SEPARATOR
from ingest.formats.structure.decode import clean
from ingest.formats.structure.plain import structure
from ingest.formats.structure.tables import names_columns
from vault.records import Element, ElementKind

_BLANK_LINE = 0.55  # of the line height: a gap that is larger than usual by this separates two paragraphs
_TABLE_ROWS = 3  # rows of two or more cells, one below the other, that make a table

Place = tuple[int, int, Edges]
"""(start, end, edges): the offsets of a word in the text, and its edges on the picture."""


class _PageText:
    """The text of a page while it is composed, with the place of each word."""

    def __init__(self) -> None:
        self.text = ""
        self.places: list[Place] = []
        self.elements: list[Element] = []

    def add_gap(self, gap: str) -> None:
        """Append a gap, unless the text is still empty."""
        if self.text:
            self.text += gap

    def add_words(self, words: Sequence[RecognisedWord]) -> None:
        """Append words with blanks between them."""
        for index, word in enumerate(words):
            self.text += " " if index else ""
            shown = clean(word.text)
            self.places.append((len(self.text), len(self.text) + len(shown), word.edges))
            self.text += shown


def compose(lines: Sequence[RecognisedLine]) -> tuple[str, tuple[Element, ...], list[Place]]:
    """Return the text of a page, its elements, and the place of each word."""
    page = _PageText()
    for column in split_columns(rows_of(lines)):
        index = 0
        while index < len(column):
            count = _table_rows(column, index)
            if count:
                _add_table(page, column[index : index + count])
                index += count
                continue
            index = _add_prose(page, column, index)
    return page.text, tuple(page.elements), page.places


def _table_rows(rows: Sequence[OcrRow], index: int) -> int:
    """Return how many rows from `index` on are a table; 0 if they are too few."""
    count = 0
    while index + count < len(rows) and len(rows[index + count].cells) >= 2:
        count += 1
    return count if count >= _TABLE_ROWS else 0


def _add_table(page: _PageText, rows: Sequence[OcrRow]) -> None:
    """Append a table."""
    header = names_columns([[cell.text for cell in row.cells] for row in rows])
    made: list[tuple[ElementKind, list[Part]]] = []
    for number, row in enumerate(rows):
        page.add_gap("\n" if number else "\n\n")
        parts: list[Part] = []
        for index, cell in enumerate(row.cells):
            page.text += CELL_SEPARATOR if index else ""
            start = len(page.text)
            page.add_words(cell.words)
            left, _, right, _ = cell.edges
            parts.append(Part(start, len(page.text), cell.text, left, 0.0, right, row.height))
        made.append((ElementKind.TABLE_HEADER if header and number == 0 else ElementKind.TABLE_ROW, parts))
    columns = shared_columns(parts for _, parts in made)
    for kind, parts in made:
        start = parts[0].start
        page.elements.append(
            Element(kind, start, parts[-1].end, 0, ranges_of(cells_of(parts, columns), start))
        )


def _add_prose(page: _PageText, rows: Sequence[OcrRow], index: int) -> int:
    """Append the rows before the next table; return the index of the next row."""
    page.add_gap("\n\n")
    start = len(page.text)
    first = index
    while index < len(rows) and not (index > first and _table_rows(rows, index)):
        if index > first:
            page.add_gap("\n\n" if _begins_paragraph(rows, first, index) else "\n")
        for number, cell in enumerate(rows[index].cells):
            page.text += "  " if number else ""
            page.add_words(cell.words)
        index += 1
    for element in structure(page.text[start:]):
        page.elements.append(Element(element.kind, start + element.start, start + element.end, element.level))
    return index


def _begins_paragraph(rows: Sequence[OcrRow], first: int, index: int) -> bool:
    """Return whether the gap above the row at `index` is larger than usual."""
    near = rows[max(first, index - 12) : index + 12]
    gaps = [below.top - above.bottom for above, below in pairwise(near)]
    height = median(row.height for row in near)
    usual = min(median(gaps), height)  # in a short text, all rows may be far apart
    return rows[index].top - rows[index - 1].bottom > usual + _BLANK_LINE * height
