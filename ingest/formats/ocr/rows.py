"""Group recognised lines into rows of cells, and rows into columns of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.formats.ocr.lines import RecognisedLine

_GUTTER = 0.8  # of the line height: the smallest gap between two columns
_COLUMN_ROWS = 4  # rows with text on both sides of the gap that make two columns
_PROSE = 22  # characters of a typical line in a column of text: shorter ones are table cells


@dataclass(frozen=True, slots=True)
class OcrRow:
    """The lines at one height, from left to right, and the edges of the row in pixels."""

    cells: tuple[RecognisedLine, ...]
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height in pixels."""
        return self.bottom - self.top


def rows_of(lines: Sequence[RecognisedLine]) -> list[OcrRow]:
    """Return the rows of a page from the top, after removing the slope of a crooked scan."""
    slopes = [line.slope for line in lines if line.edges[2] - line.edges[0] > 100]
    slope = median(slopes) if slopes else 0.0
    placed = sorted(((_without_slope(line, slope), line) for line in lines), key=lambda pair: pair[0])
    rows: list[list[tuple[tuple[float, float], RecognisedLine]]] = []
    for (middle, height), line in placed:
        if rows:
            (first, first_height), _ = rows[-1][0]
            if middle - first < 0.5 * min(first_height, height):
                rows[-1].append(((middle, height), line))
                continue
        rows.append([((middle, height), line)])
    made: list[OcrRow] = []
    for row in rows:
        cells = tuple(sorted((line for _, line in row), key=lambda line: line.edges[0]))
        middle = median(place[0] for place, _ in row)
        height = median(place[1] for place, _ in row)
        made.append(OcrRow(cells, middle - height / 2, middle + height / 2))
    return made


def _without_slope(line: RecognisedLine, slope: float) -> tuple[float, float]:
    """Return the middle and the height of a line without the slope of the page."""
    left, top, right, bottom = line.edges
    height = max(bottom - top - abs(slope) * (right - left), 1.0)
    return (top + bottom) / 2 - slope * (left + right) / 2, height


def split_columns(rows: Sequence[OcrRow]) -> list[list[OcrRow]]:
    """Divide the rows into groups in reading order; where text is in columns, each column is a group."""
    groups: list[list[OcrRow]] = [[]]
    index = 0
    while index < len(rows):
        count, gutter = _columns_at(rows, index)
        if not count:
            groups[-1].append(rows[index])
            index += 1
            continue
        block = rows[index : index + count]
        groups += split_columns(_side(block, gutter, left=True))
        groups += split_columns(_side(block, gutter, left=False))
        groups.append([])
        index += count
    return [group for group in groups if group]


def _columns_at(rows: Sequence[OcrRow], index: int) -> tuple[int, float]:
    """Return how many rows from `index` on are in two columns (0 if none), and the x between the columns."""
    gutters = _gutters(rows[index])
    best: tuple[int, float] = (0, 0.0)
    for count in range(1, len(rows) - index + 1):
        row = rows[index + count - 1]
        gutters = [gap for gap in (_remaining_gutter(gutter, row) for gutter in gutters) if gap]
        if not gutters:
            break
        left, right = max(gutters, key=lambda gap: gap[1] - gap[0])
        best = (count, (left + right) / 2)
    count, gutter = best
    block = rows[index : index + count]
    sides = [[_side_text(row, gutter, left=left) for row in block] for left in (True, False)]
    both = sum(bool(a and b) for a, b in zip(*sides, strict=True))
    prose = all(_median_length([text for text in side if text]) >= _PROSE for side in sides)
    return (count, gutter) if both >= _COLUMN_ROWS and prose else (0, 0.0)


def _median_length(texts: Sequence[str]) -> float:
    """Return the median length of the texts; 0 if there are none."""
    return median(map(len, texts)) if texts else 0.0


def _gutters(row: OcrRow) -> list[tuple[float, float]]:
    """Return the gaps between the cells of a row that are wide enough, as (left, right)."""
    gaps = [(a.edges[2], b.edges[0]) for a, b in zip(row.cells, row.cells[1:], strict=False)]
    return [gap for gap in gaps if gap[1] - gap[0] >= _GUTTER * row.height]


def _remaining_gutter(gutter: tuple[float, float], row: OcrRow) -> tuple[float, float] | None:
    """Return the part of a gutter that the row leaves free; None if it is too narrow."""
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


def _side(rows: Sequence[OcrRow], gutter: float, *, left: bool) -> list[OcrRow]:
    """Return the left or the right column of the rows."""
    made: list[OcrRow] = []
    for row in rows:
        cells = tuple(cell for cell in row.cells if (cell.edges[2] <= gutter) is left)
        if cells:
            made.append(OcrRow(cells, row.top, row.bottom))
    return made


def _side_text(row: OcrRow, gutter: float, *, left: bool) -> str:
    """Return the text of a row on one side of the gutter."""
    return " ".join(cell.text for cell in row.cells if (cell.edges[2] <= gutter) is left)
