"""Find what a sheet's XML says beside its values: merged cells, hidden rows and columns, unstored results.

openpyxl gives none of it where it reads a sheet row by row, so the XML is searched as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils.cell import (  # type: ignore[import-untyped]
    get_column_letter,
    range_boundaries,
)

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
_UNSTORED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MOST_MERGED = 10_000


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What the XML of a sheet says beside its values."""

    merged: tuple[tuple[int, int, int, int], ...]
    """(first row, last row, first column, last column) of merged cells, by their first rows; from 1."""
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    """Letters of columns."""
    unstored: tuple[tuple[str, str], ...]
    """(cell, formula) where the file holds a formula without its result."""


def layout_of(xml: bytes) -> SheetLayout:
    """Return the layout of a sheet."""
    return SheetLayout(
        tuple(sorted(_merged(xml))),
        tuple(number for attributes in _hidden(_ROW, xml) for number in attributes[:1]),
        tuple(
            get_column_letter(number)
            for attributes in _hidden(_COLUMN, xml)
            for number in range(attributes[0], min(attributes[-1], attributes[0] + 100) + 1)
            if 1 <= number <= 16_384
        ),
        tuple(
            (found[1].decode("ascii"), (found[2] or b"").decode("utf-8", "replace"))
            for found in _UNSTORED.finditer(xml)
        ),
    )


def _merged(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield merged cells that hold for more than one row; across columns the text stands once."""
    for number, found in enumerate(_MERGED.finditer(xml)):
        left, top, right, bottom = range_boundaries(found[1].decode("ascii"))
        if bottom > top and number < _MOST_MERGED:
            yield top, bottom, left, right


def _hidden(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[list[int]]:
    """Yield the numbers of the hidden rows or columns: [row], or [first, last] of columns."""
    for found in pattern.finditer(xml):
        if _HIDDEN.search(found[1]):
            numbers = [int(digits) for _, digits in sorted(_NUMBER.findall(found[1]), reverse=True)]
            if numbers:
                yield sorted(numbers)
