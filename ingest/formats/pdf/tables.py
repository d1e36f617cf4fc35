"""Find the rows of tables on a PDF page that are drawn with rules (ruled lines), and their cells.

The text does not change: a row is a range of it. A table whose rows do not follow one another in the text is
not marked (some programs write column by column), and neither is a frame around a single column.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from ingest.formats.grid.columns import Columns, cells_of, column_at, ranges_of, shared_columns
from ingest.formats.grid.parts import Part
from ingest.formats.pdf.drawn import Rect
from ingest.formats.pdf.lines import Gap, Line, PageLines, PageTable, parts_of, to_shown_coordinates
from ingest.formats.pdf.text import PageText

_WORD = re.compile(r"\S+")
_MAX_THICKNESS = 2.5  # points: the thickness of a rule
_MIN_WIDTH = 60.0  # points: the rule of a row
_MIN_HEIGHT, _MAX_HEIGHT = 6.0, 320.0  # points: the height of a row
_MIN_ROWS = 2
_COLUMN_GAP = 0.9  # as a multiple of the line's height
_TOLERANCE = 3.0  # points: rules and edges this close count as one
_MIN_OVERLAP = 0.8  # share of the longer of two rules that must overlap if they belong to one table
_MAX_OBJECTS = 20_000  # of a page: a map or a technical drawing has more


@dataclass(slots=True)
class _Rules:
    """The rules of a page."""

    horizontal: list[tuple[float, float, float]]
    """(height, left, right) of each."""
    vertical: list[tuple[float, float, float]]
    """(x, bottom, top) of each."""


def mark_tables(page: Any, textpage: Any, content: PageText, layout: PageLines) -> None:
    """Set `Line.row` for the lines of ruled tables, and `Line.is_header_row` for those of header rows."""
    if len(layout.lines) < _MIN_ROWS:
        return
    rules = _rules(page)
    if len(rules.horizontal) <= _MIN_ROWS:
        return
    gaps = _WordGaps(page, textpage, content)
    number = 0
    for left, right, heights in _grids(rules.horizontal):
        vertical = [rule for rule in rules.vertical if left + _TOLERANCE < rule[0] < right - _TOLERANCE]
        for rows in _tables(layout.lines, _bands(layout.lines, left, right, heights), vertical, gaps):
            if len(rows) < _MIN_ROWS:
                continue
            header = _is_header(layout.lines, rows)
            columns, cells = _cells(layout.lines, rows, vertical, gaps)
            table = PageTable(columns, range(number + 1, number + 1 + len(rows)))
            layout.tables.append(table)
            for index, row in enumerate(rows):
                number += 1
                layout.cells[number] = cells[index]
                for position in row:
                    layout.lines[position].row = number
                    layout.lines[position].is_header_row = header and index == 0
            if header:
                table.header.append(" ".join(layout.lines[position].text for position in rows[0]))


class _WordGaps:
    """Divides lines into parts at wide gaps and at vertical rules."""

    def __init__(self, page: Any, textpage: Any, content: PageText) -> None:
        self._to_shown = to_shown_coordinates(page)
        self._textpage = textpage
        self._content = content

    def has_wide_gap(self, line: Line) -> bool:
        """Return whether a gap in the line is wide enough to be between two columns."""
        return any(right - left > _COLUMN_GAP * line.size for _, _, left, right in line.gaps)

    def parts(self, line: Line, vertical: Sequence[float]) -> list[Part]:
        """Return the parts of a line between wide gaps and the vertical rules at these places."""
        words = [(line.start + m.start(), line.start + m.end()) for m in _WORD.finditer(line.text)]
        wide = {gap[0] for gap in line.gaps}
        gaps: list[Gap] = []
        for (_, end), (start, _) in pairwise(words):
            left, right = self._box(end - 1)[2], self._box(start)[0]
            ruled = any(left - _TOLERANCE < x < right + _TOLERANCE for x in vertical)
            if end in wide or ruled:
                gaps.append((end, start, left, right))
        return parts_of(replace(line, gaps=tuple(gaps)))

    def _box(self, offset: int) -> Rect:
        """Return the box of the character at `offset`."""
        rect = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._textpage, self._content.index(offset), rect)
        return self._to_shown((rect.left, rect.bottom, rect.right, rect.top))


def _cells(
    lines: Sequence[Line],
    rows: Sequence[Sequence[int]],
    vertical: Sequence[tuple[float, float, float]],
    gaps: _WordGaps,
) -> tuple[Columns, list[tuple[tuple[int, int], ...]]]:
    """Return the columns of a table, and the cells of each row."""
    parts: list[list[Part]] = []
    passing: list[float] = []
    for row in rows:
        middle = (
            max(lines[position].top for position in row) + min(lines[position].bottom for position in row)
        ) / 2
        here = [x for x, bottom, top in vertical if bottom <= middle <= top]
        passing += here
        parts.append([part for position in row for part in gaps.parts(lines[position], here)])
    columns = _ruled_columns(parts, passing) or shared_columns(parts)
    return columns, [
        ranges_of(cells_of(row, columns), min(part.start for part in row)) if columns else () for row in parts
    ]


def _ruled_columns(rows: Sequence[Sequence[Part]], passing: Sequence[float]) -> Columns:
    """Return the columns between vertical rules; those without any text are left out."""
    edges: list[float] = []
    for x in sorted(passing):
        if not edges or x - edges[-1] > 2 * _TOLERANCE:
            edges.append(x)
    if not edges:
        return ()
    left = min([part.left for row in rows for part in row] + [edges[0]])
    right = max([part.right for row in rows for part in row] + [edges[-1]])
    columns = tuple(pairwise([left - 1, *edges, right + 1]))
    filled = {column_at(columns, part) for row in rows for part in row}
    return tuple(column for index, column in enumerate(columns) if index in filled)


def _rules(page: Any) -> _Rules:
    """Return the rules of a page: thin lines, thin filled boxes, and the edges of outlined boxes."""
    rules = _Rules([], [])
    to_shown = to_shown_coordinates(page)
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MAX_OBJECTS:
        return rules
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(item, *edges):
            continue
        box: Rect = to_shown((edges[0].value, edges[1].value, edges[2].value, edges[3].value))
        width, height = box[2] - box[0], box[3] - box[1]
        if height <= _MAX_THICKNESS and width >= _MIN_WIDTH:
            rules.horizontal.append(((box[1] + box[3]) / 2, box[0], box[2]))
        elif width <= _MAX_THICKNESS and height >= _MIN_HEIGHT:
            rules.vertical.append(((box[0] + box[2]) / 2, box[1], box[3]))
        elif _is_stroked(item) and height >= _MIN_HEIGHT:
            if width >= _MIN_WIDTH:
                rules.horizontal += [(box[1], box[0], box[2]), (box[3], box[0], box[2])]
            rules.vertical += [(box[0], box[1], box[3]), (box[2], box[1], box[3])]
    return rules


def _is_stroked(item: Any) -> bool:
    """Return whether the outline of a path is drawn."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    return bool(stroke.value)


def _grids(horizontal: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, list[float]]]:
    """Yield (left, right, heights from the top) of rules that lie one below the other, with rows between."""
    waiting = _merged_rules(horizontal)
    while waiting:
        first, *others = waiting
        members, rest = [first], []
        for rule in others:
            aligned = (
                _overlap_share(members[-1], rule) >= _MIN_OVERLAP
                and _overlap_share(first, rule) >= _MIN_OVERLAP
            )
            if aligned and members[-1][0] - rule[0] <= _MAX_HEIGHT:
                members.append(rule)
            else:
                rest.append(rule)
        waiting = rest
        if len(members) > _MIN_ROWS:
            yield min(m[1] for m in members), max(m[2] for m in members), [m[0] for m in members]


def _merged_rules(horizontal: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Sort the rules from the top, and merge the pieces of a rule that is drawn cell by cell."""
    found: list[tuple[float, float, float]] = []
    for height, left, right in sorted(horizontal, key=lambda rule: (-rule[0], rule[1])):
        touched = next(
            (
                index
                for index, other in enumerate(found)
                if other[0] - height <= _TOLERANCE
                and left <= other[2] + _TOLERANCE
                and right >= other[1] - _TOLERANCE
            ),
            None,
        )
        if touched is None:
            found.append((height, left, right))
        else:
            other = found[touched]
            found[touched] = (other[0], min(left, other[1]), max(right, other[2]))
    return found


def _overlap_share(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Return the share of the longer rule that overlaps with the other one."""
    common = min(one[2], other[2]) - max(one[1], other[1])
    return common / max(one[2] - one[1], other[2] - other[1], 1.0)


def _bands(lines: Sequence[Line], left: float, right: float, heights: Sequence[float]) -> list[list[int]]:
    """Return the positions of the lines in each band between two rules; a band may be empty."""
    return [
        [
            position
            for position, line in enumerate(lines)
            if bottom <= (line.bottom + line.top) / 2 <= top
            and line.left >= left - _TOLERANCE
            and line.right <= right + _TOLERANCE
        ]
        for top, bottom in pairwise(heights)
        if top - bottom >= _MIN_HEIGHT
    ]


def _tables(
    lines: Sequence[Line],
    bands: Sequence[list[int]],
    vertical: Sequence[tuple[float, float, float]],
    gaps: _WordGaps,
) -> Iterator[list[list[int]]]:
    """Yield the rows of each sequence of bands with columns.

    A band without columns is not part of a table, such as a title between the page header and the table.
    """
    rows: list[list[int]] = []
    for band in filter(None, bands):
        band_lines = [lines[position] for position in band]
        ruled = _is_ruled(band_lines, vertical)
        contiguous = all(later == earlier + 1 for earlier, later in pairwise(band))
        follows = not rows or band[0] == rows[-1][-1] + 1
        columns = contiguous and (ruled or _has_columns(band_lines, gaps))
        if rows and not (columns and follows):
            yield rows
            rows = []
        if columns:
            rows += [band] if ruled else _split(lines, band, gaps)
    yield rows


def _is_ruled(band_lines: Sequence[Line], vertical: Sequence[tuple[float, float, float]]) -> bool:
    """Return whether a vertical rule passes through these lines."""
    middle = (max(line.top for line in band_lines) + min(line.bottom for line in band_lines)) / 2
    return any(bottom <= middle <= top for _, bottom, top in vertical)


def _has_columns(band_lines: Sequence[Line], gaps: _WordGaps) -> bool:
    """Return whether words are side by side: as separate lines, or with wide gaps between them."""
    beside = any(
        abs(one.bottom - other.bottom) < 0.35 * one.size and abs(one.left - other.left) > one.size
        for one, other in pairwise(band_lines)
    )
    return beside or any(gaps.has_wide_gap(line) for line in band_lines)


def _split(lines: Sequence[Line], band: list[int], gaps: _WordGaps) -> list[list[int]]:
    """Split a band without rules between its rows: each row starts at the left edge."""
    edge = min(lines[position].left for position in band)
    starts = [position for position in band if lines[position].left <= edge + _TOLERANCE]
    ends = [*starts[1:], band[-1] + 1]
    rows = [list(range(first, end)) for first, end in zip(starts, ends, strict=True)]
    if starts[0] != band[0] or not all(
        _has_columns([lines[position] for position in row], gaps) for row in rows
    ):
        return [band]
    return rows


def _is_header(lines: Sequence[Line], rows: Sequence[Sequence[int]]) -> bool:
    """Return whether the first row names the columns: only it is bold, or only it has no digits."""
    first, *others = ([lines[position] for position in row] for row in rows)
    if all(line.bold for line in first):
        return not all(line.bold for row in others for line in row)
    with_figures = sum(any(character.isdigit() for line in row for character in line.text) for row in others)
    plain = not any(character.isdigit() for line in first for character in line.text)
    return plain and with_figures * 2 > len(others)
