"""Recognised lines as rows of cells, and rows as columns of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.formats.ocr.lines import RecognisedLine

_GUTTER = 0.8  # of a line's height: the least blank between two columns
_COLUMN_ROWS = 4  # rows with text on both sides that make two columns
_PROSE = 22  # characters of the usual line of a column: shorter ones are cells of a table


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at one height, from left to right."""

    cells: tuple[RecognisedLine, ...]
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Pixels."""
        return self.bottom - self.top


def rows_of(lines: Sequence[RecognisedLine]) -> list[Row]:
    """The rows of a page from its top, as if it had been fed in straight."""
    slopes = [line.slope for line in lines if line.edges[2] - line.edges[0] > 100]
    slope = median(slopes) if slopes else 0.0
    placed = sorted(((_upright(line, slope), line) for line in lines), key=lambda pair: pair[0])
    rows: list[list[tuple[tuple[float, float], RecognisedLine]]] = []
    for (middle, height), line in placed:
        if rows:
            (first, first_height), _ = rows[-1][0]
            if middle - first < 0.5 * min(first_height, height):
                rows[-1].append(((middle, height), line))
                continue
        rows.append([((middle, height), line)])
    made: list[Row] = []
    for row in rows:
        cells = tuple(sorted((line for _, line in row), key=lambda line: line.edges[0]))
        middle = median(place[0] for place, _ in row)
        height = median(place[1] for place, _ in row)
        made.append(Row(cells, middle - height / 2, middle + height / 2))
    return made


def _upright(line: RecognisedLine, slope: float) -> tuple[float, float]:
    """Middle and height of a line once the page's slope is taken out."""
    left, top, right, bottom = line.edges
    height = max(bottom - top - abs(slope) * (right - left), 1.0)
    return (top + bottom) / 2 - slope * (left + right) / 2, height


def split_columns(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows as stretches to be read one after the other: where text stands in columns, each by itself."""
    stretches: list[list[Row]] = [[]]
    index = 0
    while index < len(rows):
        count, gutter = _columns_at(rows, index)
        if not count:
            stretches[-1].append(rows[index])
            index += 1
            continue
        block = rows[index : index + count]
        stretches += split_columns(_side(block, gutter, left=True))
        stretches += split_columns(_side(block, gutter, left=False))
        stretches.append([])
        index += count
    return [stretch for stretch in stretches if stretch]


def _columns_at(rows: Sequence[Row], index: int) -> tuple[int, float]:
    """How many rows from `index` on stand in two columns, and where they part; 0 when they do not."""
    gutters = _gutters(rows[index])
    best: tuple[int, float] = (0, 0.0)
    for count in range(1, len(rows) - index + 1):
        row = rows[index + count - 1]
        gutters = [gap for gap in (_narrowed(gutter, row) for gutter in gutters) if gap]
        if not gutters:
            break
        left, right = max(gutters, key=lambda gap: gap[1] - gap[0])
        best = (count, (left + right) / 2)
    count, gutter = best
    block = rows[index : index + count]
    sides = [[_side_text(row, gutter, left=left) for row in block] for left in (True, False)]
    both = sum(bool(a and b) for a, b in zip(*sides, strict=True))
    prose = all(_usual([text for text in side if text]) >= _PROSE for side in sides)
    return (count, gutter) if both >= _COLUMN_ROWS and prose else (0, 0.0)


def _usual(texts: Sequence[str]) -> float:
    return median(map(len, texts)) if texts else 0.0


def _gutters(row: Row) -> list[tuple[float, float]]:
    """The blanks between the cells of a row."""
    gaps = [(a.edges[2], b.edges[0]) for a, b in zip(row.cells, row.cells[1:], strict=False)]
    return [gap for gap in gaps if gap[1] - gap[0] >= _GUTTER * row.height]


def _narrowed(gutter: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """What is left of a gutter beside the cells of a row; None when a cell closes it."""
    left, right = gutter
    for cell in row.cells:
        begin, _, end, _ = cell.edges
        if begin >= right or end <= left:
            continue
        if (begin + end) / 2 < (left + right) / 2:
            left = max(left, end)
        else:
            right = min(right, begin)
    return (left, right) if right - left >= _GUTTER * row.height else None


def _side(rows: Sequence[Row], gutter: float, *, left: bool) -> list[Row]:
    """One column of the rows, as rows."""
    made: list[Row] = []
    for row in rows:
        cells = tuple(cell for cell in row.cells if (cell.edges[2] <= gutter) is left)
        if cells:
            made.append(Row(cells, row.top, row.bottom))
    return made


def _side_text(row: Row, gutter: float, *, left: bool) -> str:
    return " ".join(cell.text for cell in row.cells if (cell.edges[2] <= gutter) is left)
