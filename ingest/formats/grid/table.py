"""Put the lines of a found table together to rows with cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.grid.columns import Columns, cells_of, ranges_of
from ingest.formats.grid.judge import figure_columns, header_rows, is_figure
from ingest.formats.grid.parts import GridRow, Part

_CLOSER = 0.8  # of the usual distance between rows: lines of one row


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table."""

    first: int
    last: int
    """The positions of its first and its last line."""
    cells: tuple[tuple[int, int], ...]
    header: bool


def rows_of_table(rows: Sequence[GridRow], columns: Columns, header: int) -> list[TableRow]:
    """Return the rows of a table; the first `header` ones name the columns.

    Lines that continue the cells above are part of their row.
    """
    groups: list[list[GridRow]] = []
    figures = figure_columns(rows[header:], columns)
    pitch = _usual_pitch(rows[header:], columns)
    for index, row in enumerate(rows):
        above = rows[index - 1]
        joins = index > header or (index > 0 and above.parts[-1].hyphenated)
        goes_on = joins and _continues(above, row, columns, figures, pitch)
        if groups and (goes_on or _is_drawn(row)):
            groups[-1].append(row)
        else:
            groups.append([row])
    made: list[TableRow] = []
    for group in groups:
        parts = [part for row in group if row is group[0] or not _is_drawn(row) for part in row.parts]
        ranges = ranges_of(cells_of(parts, columns), min(part.start for part in parts))
        made.append(TableRow(group[0].first, group[-1].last, ranges, group[0] in rows[:header]))
    return made


def _is_drawn(row: GridRow) -> bool:
    """Return whether a row is a rule that is made of signs."""
    return not any(map(str.isalnum, row.text)) and len(row.text) > 2 * len(row.parts)


def settled_columns(rows: Sequence[GridRow], columns: Columns, header: int) -> Columns:
    """Return the columns, with a name that stands between two of them put to the one that has none."""
    if not 0 < header < len(rows):
        return columns
    named = cells_of([part for row in rows[:header] for part in row.parts], columns)
    filled = cells_of([part for row in rows[header:] for part in row.parts], columns)
    made: list[tuple[float, float]] = []
    joins = False  # the column before has only a name, and this one has none
    for index, column in enumerate(columns):
        alone = not filled[index]
        if made and (joins or (alone and not named[index - 1])):
            made[-1] = (made[-1][0], column[1])
            joins = False
            continue
        joins = alone and index + 1 < len(columns) and not named[index + 1]
        made.append(column)
    return tuple(made)


def _usual_pitch(rows: Sequence[GridRow], columns: Columns) -> float:
    """Return the usual distance between rows whose first cell is filled; 0 if there are too few."""
    starts = [row for row in rows if cells_of(row.parts, columns)[0] and len(row.parts) > 1]
    pitches = [a.parts[0].bottom - b.parts[0].bottom for a, b in pairwise(starts)]
    return median(pitches) if len(pitches) > 1 else 0.0


def _continues(above: GridRow, row: GridRow, columns: Columns, figures: Sequence[int], pitch: float) -> bool:
    """Return whether a row continues the cells of the row above."""
    if above.parts[-1].hyphenated:
        return True
    cells = cells_of(row.parts, columns)
    filled = [index for index, parts in enumerate(cells) if parts]
    upper = cells_of(above.parts, columns)
    if not all(upper[index] or index for index in filled) or above.bottom - row.top > 0.6 * row.size:
        return False
    if any(index in figures and is_figure(_text(cells[index])) for index in filled):
        return False
    if len(filled) * 2 > len(columns) and cells[0]:
        return False
    if not cells[0]:
        return all(upper[index] for index in filled) or not figures or len(filled) == 1
    small = all(_text(cells[index])[:1].islower() or _text(cells[index])[:1] in "(–-&" for index in filled)
    indented = row.parts[0].left > columns[0][0] + 0.6 * row.size
    closer = above.parts[-1].bottom - row.parts[0].bottom < _CLOSER * pitch
    return small or closer or (indented and len(filled) == 1 and bool(upper[-1]))


def _text(parts: Sequence[Part]) -> str:
    """Return the words of a cell."""
    return " ".join(part.text for part in parts)


def count_header(rows: Sequence[GridRow], columns: Columns, named: Sequence[str] | None) -> int:
    """Return how many of the first rows name the columns.

    `named` are the texts of the header of a table that goes on here: if they do not stand here again, no row
    names the columns. None where no table goes on.
    """
    if named is None:
        return header_rows(rows, columns)
    count = 0
    while count < min(len(rows), len(named)) and rows[count].text.split() == named[count].split():
        count += 1
    return count
