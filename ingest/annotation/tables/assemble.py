"""Put the rows of a document into tables, and their cells into columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.annotation.pieces.divide import TABLE_KINDS, Piece
from ingest.annotation.tables.cells import CellKind, cell_places, kind_of_cell
from ingest.annotation.tables.headers import (
    column_names,
    dated_below,
    has_figures,
    heads_fields,
    is_form,
    is_matrix_header,
    kinds_of,
    names_columns,
)
from ingest.chunking.chunk import HEADING_JOINT
from vault.annotations import Cell
from vault.records import ElementKind
from vault.text.readable import readable

_TYPED = frozenset((CellKind.NUMBER, CellKind.DATE, CellKind.IDENTIFIER))
_LONGEST_KEY = 60
"""The only filled cell of a row is a note if it is longer."""


@dataclass(slots=True)
class MadeTable:
    """A table while it is being put together."""

    number: int
    heading: str
    columns: list[str]
    """Empty for the fields of a form."""
    kinds: list[set[CellKind]] = field(default_factory=list)
    """What stands in each column so far."""
    named: bool = True
    """Whether the document names its columns."""
    rows: int = 0
    pieces: list[Piece] = field(default_factory=list)
    """Its rows, without the headers."""


@dataclass(slots=True)
class _Row:
    piece: Piece
    places: list[tuple[int, int]]
    cells: list[str]

    @property
    def filled(self) -> int:
        return sum(map(bool, self.cells))


def assemble_tables(pieces: Sequence[Piece]) -> list[MadeTable]:
    """Give each row of `pieces` its table, its number there and its cells; return the tables in order.

    Rows that follow one another are one table until another row names columns. Rows that go on over a page
    are in the same table, whether the columns are named again or not.
    """
    tables: list[MadeTable] = []
    last: MadeTable | None = None
    for run in _runs(pieces):
        goes_on = last if run[0][1] else None
        for made in _tables_of_run([_row(piece) for piece, _ in run], len(tables), goes_on):
            if made is not last:
                tables.append(made)
            last = made
    return tables


def _runs(pieces: Sequence[Piece]) -> Iterator[list[tuple[Piece, bool]]]:
    """Yield rows that follow one another, each with whether a table ended the page before its run."""
    run: list[tuple[Piece, bool]] = []
    before: Piece | None = None
    for piece in pieces:
        if piece.kind in TABLE_KINDS:
            new_page = before is not None and piece.span.page != before.span.page
            if run and (new_page or piece.heading != run[-1][0].heading):
                yield run
                run = []
            after_table = not run and before is not None and before.kind in TABLE_KINDS and new_page
            run.append((piece, after_table))
        elif run:
            yield run
            run = []
        before = piece
    if run:
        yield run


def _row(piece: Piece) -> _Row:
    places = cell_places(piece)
    offset = piece.span.start
    return _Row(piece, places, [readable(piece.text[start - offset : end - offset]) for start, end in places])


def _tables_of_run(rows: list[_Row], number: int, goes_on: MadeTable | None) -> Iterator[MadeTable]:
    """Yield the tables in rows that follow one another; `goes_on` is the table on the page before."""
    current = goes_on if goes_on is not None and _continues(goes_on, rows) else None
    if current is not None:
        yield current
        if _repeats(current, rows[0]):
            rows[0].piece.table, rows[0].piece.kind = current.number, ElementKind.TABLE_HEADER
            rows = rows[1:]
    group = ""
    index = 0
    last_wide = max((place for place, row in enumerate(rows) if row.filled > 1), default=-1)
    while index < len(rows):
        row = rows[index]
        header = _header_rows(rows, index, current) if current is None or index else 0
        if header:
            named = rows[index : index + header]
            fields = header == 1 and heads_fields(row.cells)
            current = MadeTable(
                number, row.piece.heading, [] if fields else column_names([one.cells for one in named])
            )
            group, number = "", number + 1
            yield current
            for one in named:
                one.piece.table, one.piece.kind = current.number, ElementKind.TABLE_HEADER
            index += header
            continue
        index += 1
        below = rows[index] if index < len(rows) else None
        if _stands_alone(row, below, current, wide_below=last_wide >= index):
            if below is not None and below.filled > 1 and current is not None and current.columns:
                group = row.cells[0]
            continue
        if current is None or (not current.columns and row.filled > 2):
            current = MadeTable(number, row.piece.heading, _unnamed(rows[index - 1 :]), named=False)
            group, number = "", number + 1
            yield current
        if group:
            row.piece.heading = HEADING_JOINT.join(filter(None, (row.piece.heading, group)))
        _add(current, row)


def _continues(table: MadeTable, rows: Sequence[_Row]) -> bool:
    """Return whether rows at the top of a page belong to the table at the end of the page before."""
    first = rows[0]
    if _repeats(table, first):
        return True
    if first.piece.kind is ElementKind.TABLE_HEADER:
        return False
    return len(first.cells) == (len(table.columns) or 2)


def _repeats(table: MadeTable, row: _Row) -> bool:
    """Return whether a row names the columns of the table again."""
    return bool(table.columns) and [cell.casefold() for cell in row.cells] == [
        name.casefold() for name in table.columns
    ]


def _header_rows(rows: Sequence[_Row], index: int, current: MadeTable | None) -> int:
    """Return how many rows from `index` name columns: 0, 1, or 2 where the upper ones span several."""
    row, below = rows[index], rows[index + 1 : index + 5]
    if not below:
        return 0
    if row.filled < 2:
        return 2 if _is_group_name(row, below) else 0
    marked = row.piece.kind is ElementKind.TABLE_HEADER
    narrow = len(row.cells) == 2
    if narrow and not marked and current is not None and current.rows and not current.columns:
        return 0  # one more field of the form
    # The quick test goes first: what follows may look at all rows below, for each row of a long table.
    if not marked and not (names_columns(row.cells) and _differs(row, below, current)):
        return 0
    if narrow and is_form(
        [one.cells for one in _while_narrow(map(rows.__getitem__, range(index, len(rows))))]
    ):
        return 0
    if is_matrix_header(row.cells):
        return 1
    second = below[0]
    if marked and second.piece.places and second.piece.kind is ElementKind.TABLE_HEADER and len(below) > 1:
        return 2  # the layout says that the row below names them too, such as units
    spans = len(row.cells) > 2 and (
        len(row.cells) > len([cell for cell in row.cells if cell]) or len(row.cells) < len(second.cells)
    )
    if spans and len(below) > 1 and names_columns(second.cells) and _differs(second, below[1:], None):
        return 2
    return 1


def _is_group_name(row: _Row, below: Sequence[_Row]) -> bool:
    """Return whether the only name of a row stands above some columns that the next row names."""
    return (
        len(row.cells) > 1
        and not row.cells[0]
        and len(below) > 1
        and len(below[0].cells) > 2
        and names_columns(below[0].cells)
        and _differs(below[0], below[1:], None)
    )


def _while_narrow(rows: Iterable[_Row]) -> Iterator[_Row]:
    for row in rows:
        if len(row.cells) > 2:
            return
        yield row


def _differs(row: _Row, below: Sequence[_Row], current: MadeTable | None) -> bool:
    """Return whether a row that may name columns is unlike the rows below, and unlike those above."""
    following = [one for one in below[:3] if len(one.cells) > 1]
    if not following:
        return False
    own = kinds_of(row.cells)
    contrast = [
        column
        for column, kind in enumerate(own)
        if kind is CellKind.TEXT
        and any(column < len(one.cells) and kind_of_cell(one.cells[column]) in _TYPED for one in following)
    ]
    if current is None or not current.named or len(row.cells) != len(current.columns):
        dated = dated_below(own, [one.cells for one in following])
        return bool(contrast) or (is_matrix_header(row.cells) and not dated)
    # Within a table of the same width: columns that held figures hold names here, or the reverse below.
    figures = [index for index, kinds in enumerate(current.kinds) if kinds and CellKind.TEXT not in kinds]
    named = all(index < len(own) and own[index] is CellKind.TEXT for index in figures)
    if any(has_figures(cell) for cell in row.cells):
        return False
    next_cells = following[0].cells
    new = [
        index
        for index in contrast
        if index < min(len(current.kinds), len(next_cells))
        and kind_of_cell(next_cells[index]) in _TYPED
        and not current.kinds[index] & _TYPED
    ]
    return named and bool(contrast) and (bool(figures) or len(new) > 1)


def _unnamed(rows: Sequence[_Row]) -> list[str]:
    """Return names for columns that nothing names; none for the fields of a form."""
    width = max(len(row.cells) for row in rows)
    narrow = list(_while_narrow(rows))
    if len(rows[0].cells) <= 2 and narrow and is_form([row.cells for row in narrow]):
        return []
    return [f"column {index}" for index in range(1, width + 1)]


def _stands_alone(row: _Row, below: _Row | None, table: MadeTable | None, *, wide_below: bool) -> bool:
    """Return whether a row is a caption, a note or the name of a group: only its first cell is filled.

    It is no row of the table then, so that it is not counted as one. `below` is the next row, and
    `wide_below` says whether any row below has more than one filled cell.
    """
    if row.filled != 1 or not row.cells[0]:
        return False
    if table is None or not table.columns:
        return wide_below
    if len(table.columns) < 3 or kind_of_cell(row.cells[0]) is not CellKind.TEXT:
        return False
    return (
        len(row.cells[0]) > _LONGEST_KEY
        or below is None
        or not wide_below
        or (below.filled > 1 and (len(row.cells) == 1 or not table.rows))
    )


def _add(table: MadeTable, row: _Row) -> None:
    """Add a row to a table, with its cells that are not empty."""
    piece = row.piece
    piece.kind = ElementKind.TABLE_ROW
    piece.table, piece.row = table.number, table.rows
    table.rows += 1
    table.pieces.append(piece)
    while len(table.kinds) < len(row.cells):
        table.kinds.append(set())
    if not table.columns:
        piece.cells = _field(row)
        return
    cells = []
    for index, (cell, (start, end)) in enumerate(zip(row.cells, row.places, strict=True)):
        kind = kind_of_cell(cell)
        if kind is not CellKind.EMPTY:
            table.kinds[index].add(kind)
        if cell:
            name = table.columns[index] if index < len(table.columns) else f"column {index + 1}"
            cells.append(
                Cell(name, piece.text[start - piece.span.start : end - piece.span.start], start, end)
            )
    piece.cells = tuple(cells)


def _field(row: _Row) -> tuple[Cell, ...]:
    """Return the value of a form field under its name."""
    if len(row.cells) < 2 or not row.cells[0] or not row.cells[1]:
        return ()
    start, end = row.places[1]
    offset = row.piece.span.start
    return (Cell(row.cells[0].rstrip(": "), row.piece.text[start - offset : end - offset], start, end),)
