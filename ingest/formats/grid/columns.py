"""The columns of rows: stretches of the page's width that text fills, with white rivers between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.formats.grid.parts import Part

Columns = tuple[tuple[float, float], ...]
"""(left, right) of each column, from the left."""
_NARROWEST_RIVER = 0.2  # of the height of a line


def columns_of(parts: Iterable[Part], columns: Columns = ()) -> Columns:
    """Return the columns that `parts` fill, together with those found before."""
    edges = [*columns]
    river = 0.0
    for part in parts:
        edges.append((part.left, part.right))
        river = max(river, _NARROWEST_RIVER * part.size)
    edges.sort()
    made: list[tuple[float, float]] = []
    for left, right in edges:
        if made and left - made[-1][1] < river:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return tuple(made)


def shared_columns(rows: Iterable[Sequence[Part]]) -> Columns:
    """Return the columns of rows of a table; rows with few parts that reach over several do not count."""
    columns: Columns = ()
    for parts in sorted(rows, key=lambda row: -len(columns_of(row))):
        merged = columns_of(parts, columns)
        if len(merged) >= len(columns):
            columns = merged
    return columns


def column_at(columns: Columns, part: Part) -> int:
    """Return the column of a part: where most of it is; where it begins if it reaches over several."""
    best, width = 0, float("-inf")
    spanned = 0
    for index, (left, right) in enumerate(columns):
        common = min(right, part.right) - max(left, part.left)
        if common > 0.3 * part.size:
            spanned += 1
            if spanned > 1:
                return best
        if common > width:
            best, width = index, common
    return best


def crosses(columns: Columns, part: Part) -> bool:
    """Return whether a part reaches over a river."""
    return sum(min(right, part.right) - max(left, part.left) > 0.0 for left, right in columns) > 1


def cells_of(parts: Sequence[Part], columns: Columns) -> list[list[Part]]:
    """Return the parts in each column."""
    cells: list[list[Part]] = [[] for _ in columns]
    for part in parts:
        cells[column_at(columns, part)].append(part)
    return cells


def ranges_of(cells: Sequence[Sequence[Part]], start: int) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each cell in the text; an empty one stands at the end of the cell before it."""
    ranges: list[tuple[int, int]] = []
    for parts in cells:
        if parts:
            ranges.append((min(part.start for part in parts), max(part.end for part in parts)))
            start = ranges[-1][1]
        else:
            ranges.append((start, start))
    return tuple(ranges)
