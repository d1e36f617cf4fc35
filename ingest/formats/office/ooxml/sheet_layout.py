"""Find what a sheet's XML says beside its values: merged cells, hidden rows, unstored results, running lines.

openpyxl gives none of it where it reads a sheet row by row, so the XML is searched as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils.cell import (  # type: ignore[import-untyped]
    column_index_from_string,
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
_RUNNING = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)>(.*?)</", re.DOTALL)
_CODE = re.compile(
    r'&(?:"[^"]*"|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\d{1,3}|[LCRPNDTFAZGSXYBIUEOH])', re.IGNORECASE
)
_HINT = re.compile(rb"<(?:\w+:)?dataValidation\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?dataValidation>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(promptTitle|prompt|errorTitle|error|sqref)="([^"]*)"')
_CHOICES = re.compile(r'<(?:\w+:)?formula1>\s*"(.*?)"\s*</', re.DOTALL)
_FAR = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{3})\d+"[^>/]*>')
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="[A-Z]+(\d+)"')
_TAIL = 4096


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What the XML of a sheet says beside its values."""

    merged: tuple[tuple[int, int, int, int], ...]
    """(first row, last row, first column, last column) of merged cells, by their first rows; from 1."""
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    """Letters of columns."""
    running: tuple[tuple[str, str], ...]
    """("Header" or "Footer", text) of what is printed on each page of the sheet."""
    hints: tuple[str, ...]
    """What a cell says when somebody types into it, and what it lets choose."""
    far: bool
    """Whether there are values right of the columns that are read."""
    last_row: int
    """The last row with a value; 0 if the XML does not say."""
    unstored: tuple[tuple[str, str], ...]
    """(cell, formula) where the file holds a formula without its result."""


def layout_of(xml: bytes, columns: int = 16_384) -> SheetLayout:
    """Return the layout of a sheet of which `columns` are read."""
    return SheetLayout(
        tuple(sorted(_merged(xml))),
        tuple(number for attributes in _hidden(_ROW, xml) for number in attributes[:1]),
        tuple(
            get_column_letter(number)
            for attributes in _hidden(_COLUMN, xml)
            for number in range(attributes[0], min(attributes[-1], attributes[0] + 100) + 1)
            if 1 <= number <= 16_384
        ),
        tuple(dict.fromkeys(_running(xml))),
        tuple(_hints(xml)),
        any(column_index_from_string(found[1].decode()) > columns for found in _FAR.finditer(xml)),
        _last_row(xml),
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


def _running(xml: bytes) -> Iterator[tuple[str, str]]:
    """Yield what is printed above and below each page, without codes for form and page numbers."""
    for found in _RUNNING.finditer(xml):
        if words := without_codes(html.unescape(found[2].decode("utf-8", "replace"))):
            yield found[1].decode(), words


def without_codes(text: str) -> str:
    """Return a header or footer without the codes for its form; empty if no word is left but "Page"."""
    words = " ".join(_CODE.sub(" ", text).split())
    said = any(letter.isalnum() for letter in words) and words.casefold() not in ("page", "page of")
    return words.replace("&&", "&") if said else ""


def _hints(xml: bytes) -> Iterator[str]:
    """Yield the hints of cells and the choices that are written out."""
    for found in _HINT.finditer(xml):
        values = dict(_ATTRIBUTE.findall(found[1].decode("utf-8", "replace")))
        place = values.pop("sqref", "").split(" ")[0]
        words = ": ".join(
            html.unescape(values[name]) for name in ("promptTitle", "prompt") if values.get(name)
        )
        refused = ": ".join(
            html.unescape(values[name]) for name in ("errorTitle", "error") if values.get(name)
        )
        choices = _CHOICES.search(html.unescape((found[2] or b"").decode("utf-8", "replace")))
        for label, text in (
            ("Hint", words),
            ("Refusal", refused),
            ("Choices", choices[1] if choices else ""),
        ):
            if text:
                yield f"{label} at {place}: {' '.join(text.split())}"


def _last_row(xml: bytes) -> int:
    """Return the number of the last row with a value; 0 if the cells do not say where they are."""
    end = max(xml.rfind(b"<v>"), xml.rfind(b":v>"), xml.rfind(b"<is>"), xml.rfind(b":is>"))
    cells = list(_CELL.finditer(xml, max(0, end - _TAIL), max(0, end)))
    return int(cells[-1][1]) if cells else 0


def _hidden(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[list[int]]:
    """Yield the numbers of the hidden rows or columns: [row], or [first, last] of columns."""
    for found in pattern.finditer(xml):
        if _HIDDEN.search(found[1]):
            numbers = [int(digits) for _, digits in sorted(_NUMBER.findall(found[1]), reverse=True)]
            if numbers:
                yield sorted(numbers)
