"""Find tables that only white space holds together. In doubt there is no table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from ingest.formats.grid.columns import Columns, column_at, columns_of, crosses
from ingest.formats.grid.judge import has_digit, is_form_line, is_table
from ingest.formats.grid.parts import GridRow

_FARTHEST = 2.2  # heights of a line between two rows of a table
_SURE = 3  # rows with the same columns, after which one row may break them
_LONGEST_SECTION = 60  # characters: the name of a group of rows
_MOST_WAITING = 4  # lines without columns between two rows
_EDGE = 0.35  # of the height of a line: edges this close are in line
_CLOSER = 0.7  # of the usual distance between rows: lines of one row


@dataclass(slots=True)
class Found:
    """Rows that share columns."""

    columns: Columns
    rows: list[GridRow] = field(default_factory=list)
    full: int = 0
    """How many rows fill two columns or more."""
    goes_on: bool = False
    """Whether it goes on from the page before."""


def find_tables(rows: Sequence[GridRow], before: Columns = ()) -> Iterator[Found]:
    """Yield the tables in the rows of a page; `before` are the columns of one that may go on at its top."""
    index = 0
    if before:
        goes_on = _going_on(rows, before)
        if goes_on is not None:
            yield goes_on
            index = len(goes_on.rows)
    while index < len(rows):
        if len(rows[index].parts) < 2 or is_form_line(rows[index].parts):
            index += 1
            continue
        found, last = _grown(rows, index, columns_of(rows[index].parts), 1)
        if found.full > 1:
            _add_upper_header(found, rows, index)
            _drop_stranger(found)
        if found.full > 1 and is_table(found.rows, found.columns):
            yield found
            index = last + 1
        else:
            index = last + 1 if found.full >= 2 * _SURE else index + 1


def _going_on(rows: Sequence[GridRow], columns: Columns) -> Found | None:
    """Return the rows at the top of a page that fit the columns of the table that ends the page before."""
    if not rows or not _fits(rows[0], columns):
        return None
    found, _ = _grown(rows, 0, columns_of(rows[0].parts, columns), _SURE)
    found.full -= _SURE - 1
    found.goes_on = True
    return found if len(found.columns) == len(columns) else None


def _fits(row: GridRow, columns: Columns) -> bool:
    """Return whether a row fills at least two of the columns, and begins where columns begin or end."""
    if any(crosses(columns, part) for part in row.parts):
        return False
    filled = {column_at(columns, part) for part in row.parts}
    near = [
        min(abs(part.left - columns[c][0]), abs(part.right - columns[c][1])) <= 2 * part.size
        for part in row.parts
        for c in [column_at(columns, part)]
    ]
    return len(filled) > 1 and all(near)


def _grown(rows: Sequence[GridRow], index: int, columns: Columns, full: int) -> tuple[Found, int]:
    """Return the rows from `index` on that share columns, and the index of the last of them."""
    found = Found(columns, [rows[index]], full)
    waiting: list[GridRow] = []
    broken = 0
    for row in rows[index + 1 :]:
        above = waiting[-1] if waiting else found.rows[-1]
        far = above.bottom - row.top > _FARTHEST * max(row.size, above.size)
        if row.jumps or far or is_form_line(row.parts):
            break
        own = columns_of(row.parts)
        merged = columns_of(row.parts, found.columns)
        keeps = len(merged) >= len(found.columns)
        if len(own) > 1 and keeps and (found.full >= _SURE or len(merged) >= len(own)):
            found.rows += [*waiting, row]
            found.columns, found.full = merged, found.full + 1
            waiting, broken = [], 0
            continue
        if not keeps or len(merged) > len(found.columns):
            broken += 1
            if not _may_stand_within(row, found) or broken > 1:
                break
        waiting.append(row)
        if len(waiting) > _MOST_WAITING:
            break
    found.rows += _continuation(found, waiting)
    return found, index + len(found.rows) - 1


def _may_stand_within(row: GridRow, found: Found) -> bool:
    """Return whether a row that breaks the columns may be the name of a group, or have one long cell."""
    first = row.parts[0]
    if len(row.parts) == 1:
        return len(first.text) <= _LONGEST_SECTION and abs(first.left - found.columns[0][0]) <= first.size
    return found.full >= _SURE and all(
        any(abs(part.left - left) <= _EDGE * part.size for left, _ in found.columns) for part in row.parts
    )


def _continuation(found: Found, waiting: Sequence[GridRow]) -> list[GridRow]:
    """Return the lines below the last row that continue its cells."""
    made: list[GridRow] = []
    pitches = [a.bottom - b.bottom for a, b in zip(found.rows, found.rows[1:], strict=False)]
    for row in waiting:
        above = made[-1] if made else found.rows[-1]
        columns = {column_at(found.columns, part) for part in row.parts}
        inside = not any(crosses(found.columns, part) for part in row.parts)
        closer = bool(pitches) and above.bottom - row.bottom < _CLOSER * median(pitches)
        indented = row.parts[0].left > found.columns[0][0] + row.size
        if not inside or row.jumps or above.bottom - row.top > 0.5 * row.size:
            break
        if not (0 not in columns or indented or closer):
            break
        made.append(row)
    return made


def _add_upper_header(found: Found, rows: Sequence[GridRow], index: int) -> None:
    """Put rows with names that reach over several columns in front of the rows."""
    for above in (rows[index - 1] if index else None, rows[index - 2] if index > 1 else None):
        first = found.rows[0]
        if above is None or first.jumps or above.bottom - first.top > first.size:
            return
        named = len(above.parts) > 1 or (
            above.bold and first.bold and above.parts[0].left > first.parts[0].right
        )
        over = all(
            any(min(right, part.right) - max(left, part.left) > 0 for left, right in found.columns)
            for part in above.parts
        )
        if not named or not over or has_digit(above.text) or is_form_line(above.parts):
            return
        if len(columns_of(above.parts)) < len(above.parts) or above.bold is not first.bold:
            return
        found.rows.insert(0, above)


def _drop_stranger(found: Found) -> None:
    """Drop a first row that stands far above the others and is in line with none of their edges."""
    while len(found.rows) > 2:
        first, second, *others = found.rows
        gaps = [a.bottom - b.top for a, b in zip((second, *others), others, strict=False)]
        far = first.bottom - second.top > max(median(gaps), 0.0) + 0.6 * first.size
        edges = [edge for row in (second, *others) for part in row.parts for edge in (part.left, part.right)]
        aligned = sum(
            any(min(abs(part.left - edge), abs(part.right - edge)) <= _EDGE * part.size for edge in edges)
            for part in first.parts
        )
        if (not far and aligned > 0) or aligned == len(first.parts):
            return
        found.rows.pop(0)
        found.full -= len(first.parts) > 1
        found.columns = columns_of(part for row in found.rows if len(row.parts) > 1 for part in row.parts)
