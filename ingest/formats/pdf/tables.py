"""Tables of a PDF page that are drawn with rules: which lines of text make up which row.

The text stays as it is: a row is a range of it. A table whose rows do not follow one another in the text
(some programs write column by column) is left as it was, and so is a frame around a single column.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from ingest.formats.pdf.lines import Box, Line, PageLines, turn_of
from ingest.formats.pdf.text import PageText

_WORD = re.compile(r"\S+")
_THIN = 2.5  # points: a rule is no wider
_SHORTEST = 60.0  # points: a row's rule
_LOWEST, _HIGHEST = 6.0, 320.0  # points: a row
_FEWEST_ROWS = 2
_COLUMN_GAP = 0.9  # of the line's height
_SAME_PLACE = 3.0  # points: rules and edges this close are one
_OVERLAP = 0.8  # of the longer of two rules, that they must share to bound one table
_MOST_OBJECTS = 20_000  # of a page: a map or a drawing has more


@dataclass(slots=True)
class _Rules:
    across: list[tuple[float, float, float]]
    """(height, left, right)."""
    down: list[tuple[float, float, float]]
    """(place, bottom, top)."""


def mark_tables(page: Any, textpage: Any, content: PageText, layout: PageLines) -> None:
    """Give the lines that are rows of ruled tables their row, and those of a header row the mark."""
    if len(layout.lines) < _FEWEST_ROWS:
        return
    rules = _rules(page)
    if len(rules.across) <= _FEWEST_ROWS:
        return
    gaps = _Gaps(textpage, content)
    number = 0
    for left, right, heights in _grids(rules.across):
        down = [rule for rule in rules.down if left + _SAME_PLACE < rule[0] < right - _SAME_PLACE]
        for rows in _tables(layout.lines, _bands(layout.lines, left, right, heights), down, gaps):
            if len(rows) < _FEWEST_ROWS:
                continue
            header = _is_header(layout.lines, rows)
            for index, row in enumerate(rows):
                number += 1
                for position in row:
                    layout.lines[position].row = number
                    layout.lines[position].heads = header and index == 0


class _Gaps:
    """Which lines are parted by wide gaps between their words; asked for few lines, as it costs."""

    def __init__(self, textpage: Any, content: PageText) -> None:
        self._textpage = textpage
        self._content = content

    def parts(self, line: Line) -> bool:
        """Whether some gap in the line is as wide as columns are apart."""
        words = [(line.start + m.start(), line.start + m.end() - 1) for m in _WORD.finditer(line.text)]
        for (_, end), (begin, _) in pairwise(words):
            before, after = self._box(end), self._box(begin)
            if max(after[0] - before[2], after[1] - before[3]) > _COLUMN_GAP * line.size:
                return True
        return False

    def _box(self, offset: int) -> Box:
        rect = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._textpage, self._content.index(offset), rect)
        return rect.left, rect.bottom, rect.right, rect.top


def _rules(page: Any) -> _Rules:
    """Thin strokes and thin filled boxes of a page, and the edges of boxes that are stroked."""
    rules = _Rules([], [])
    turn = turn_of(page)
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return rules
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(item, *edges):
            continue
        box: Box = turn((edges[0].value, edges[1].value, edges[2].value, edges[3].value))
        width, height = box[2] - box[0], box[3] - box[1]
        if height <= _THIN and width >= _SHORTEST:
            rules.across.append(((box[1] + box[3]) / 2, box[0], box[2]))
        elif width <= _THIN and height >= _LOWEST:
            rules.down.append(((box[0] + box[2]) / 2, box[1], box[3]))
        elif _is_stroked(item) and height >= _LOWEST:
            if width >= _SHORTEST:
                rules.across += [(box[1], box[0], box[2]), (box[3], box[0], box[2])]
            rules.down += [(box[0], box[1], box[3]), (box[2], box[1], box[3])]
    return rules


def _is_stroked(item: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    return bool(stroke.value)


def _grids(across: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, list[float]]]:
    """(left, right, heights from the top) of rules that lie under one another and bound rows."""
    waiting = _joined(across)
    while waiting:
        first, *others = waiting
        members, rest = [first], []
        for rule in others:
            alike = _share(members[-1], rule) >= _OVERLAP and _share(first, rule) >= _OVERLAP
            if alike and members[-1][0] - rule[0] <= _HIGHEST:
                members.append(rule)
            else:
                rest.append(rule)
        waiting = rest
        if len(members) > _FEWEST_ROWS:
            yield min(m[1] for m in members), max(m[2] for m in members), [m[0] for m in members]


def _joined(across: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Rules from the top; pieces of one rule, drawn cell by cell, as one."""
    found: list[tuple[float, float, float]] = []
    for height, left, right in sorted(across, key=lambda rule: (-rule[0], rule[1])):
        touched = next(
            (
                index
                for index, other in enumerate(found)
                if other[0] - height <= _SAME_PLACE
                and left <= other[2] + _SAME_PLACE
                and right >= other[1] - _SAME_PLACE
            ),
            None,
        )
        if touched is None:
            found.append((height, left, right))
        else:
            other = found[touched]
            found[touched] = (other[0], min(left, other[1]), max(right, other[2]))
    return found


def _share(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    common = min(one[2], other[2]) - max(one[1], other[1])
    return common / max(one[2] - one[1], other[2] - other[1], 1.0)


def _bands(lines: Sequence[Line], left: float, right: float, heights: Sequence[float]) -> list[list[int]]:
    """The positions of the lines between each two rules; where there are none, an empty list."""
    return [
        [
            position
            for position, line in enumerate(lines)
            if bottom <= (line.bottom + line.top) / 2 <= top
            and line.left >= left - _SAME_PLACE
            and line.right <= right + _SAME_PLACE
        ]
        for top, bottom in pairwise(heights)
        if top - bottom >= _LOWEST
    ]


def _tables(
    lines: Sequence[Line], bands: Sequence[list[int]], down: Sequence[tuple[float, float, float]], gaps: _Gaps
) -> Iterator[list[list[int]]]:
    """The rows of each run of bands that have columns. What stands between, such as a title between the rule
    of the page's head and the table, is none."""
    rows: list[list[int]] = []
    for band in filter(None, bands):
        own = [lines[position] for position in band]
        ruled = _is_ruled(own, down)
        whole = all(later == earlier + 1 for earlier, later in pairwise(band))
        follows = not rows or band[0] == rows[-1][-1] + 1
        columns = whole and (ruled or _has_columns(own, gaps))
        if rows and not (columns and follows):
            yield rows
            rows = []
        if columns:
            rows += [band] if ruled else _split(lines, band, gaps)
    yield rows


def _is_ruled(own: Sequence[Line], down: Sequence[tuple[float, float, float]]) -> bool:
    middle = (max(line.top for line in own) + min(line.bottom for line in own)) / 2
    return any(bottom <= middle <= top for _, bottom, top in down)


def _has_columns(own: Sequence[Line], gaps: _Gaps) -> bool:
    """Whether words stand side by side, as lines of their own or with wide gaps between them."""
    beside = any(
        abs(one.bottom - other.bottom) < 0.35 * one.size and abs(one.left - other.left) > one.size
        for one, other in pairwise(own)
    )
    return beside or any(gaps.parts(line) for line in own)


def _split(lines: Sequence[Line], band: list[int], gaps: _Gaps) -> list[list[int]]:
    """A band with several rows and no rules between them: each begins at its left edge."""
    edge = min(lines[position].left for position in band)
    begins = [at for at in band if lines[at].left <= edge + _SAME_PLACE]
    ends = [*begins[1:], band[-1] + 1]
    rows = [list(range(first, end)) for first, end in zip(begins, ends, strict=True)]
    if begins[0] != band[0] or not all(_has_columns([lines[at] for at in row], gaps) for row in rows):
        return [band]
    return rows


def _is_header(lines: Sequence[Line], rows: Sequence[Sequence[int]]) -> bool:
    """Whether the first row names the columns: bold as the others are not, or alone without a figure."""
    first, *others = ([lines[position] for position in row] for row in rows)
    if all(line.bold for line in first):
        return not all(line.bold for row in others for line in row)
    with_figures = sum(any(character.isdigit() for line in row for character in line.text) for row in others)
    plain = not any(character.isdigit() for line in first for character in line.text)
    return plain and with_figures * 2 > len(others)
