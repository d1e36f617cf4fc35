"""Find the tables of a document that only white space holds together, also those that go on over pages."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.formats.grid.columns import Columns
from ingest.formats.grid.find import find_tables
from ingest.formats.grid.parts import GridRow, Part, rows_of
from ingest.formats.grid.table import count_header, rows_of_table, settled_columns
from ingest.formats.pdf.lines import Line, PageLines, PageTable, parts_of

_SAME_PLACE = 6.0  # points: columns of two pages that are one table


def mark_white_space_tables(pages: Sequence[PageLines]) -> None:
    """Set the row of each line in a table without rules; ruled tables and margins must be known.

    A table at the end of a page may go on at the top of the next one, with its header again or without.
    """
    before: PageTable | None = None
    for page in pages:
        goes_on = _carry_on(page, before)
        rows = rows_of([_parts(line) for line in page.lines])
        first = next((index for index, line in enumerate(page.lines) if not line.margin), None)
        top = bool(rows) and rows[0].first == first
        columns = before.columns if before is not None and top and not goes_on else ()
        for found in find_tables(rows, columns):
            _mark(page, found.rows, found.columns, before if found.goes_on else None)
        page.tables.sort(key=lambda table: table.rows.start)
        before = _last_table(page)


def _parts(line: Line) -> list[Part]:
    """Return the parts of a line; none where it cannot be in a table without rules."""
    return [] if line.margin or line.row else parts_of(line)


def _mark(page: PageLines, rows: Sequence[GridRow], columns: Columns, before: PageTable | None) -> None:
    """Mark the rows of a table; `before` is the table of the page before if it goes on here."""
    named = before.header if before else []
    header = count_header(rows, columns, named if before else None)
    columns = settled_columns(rows, columns, header) if before is None else columns
    number = max(page.cells, default=0)
    made = rows_of_table(rows, columns, header)
    table = PageTable(columns, range(number + 1, number + 1 + len(made)), list(named))
    for row in made:
        number += 1
        page.cells[number] = row.cells
        for line in page.lines[row.first : row.last + 1]:
            line.row, line.is_header_row = number, row.header
    if not table.header:
        table.header = [row.text for row in rows[:header]]
    page.tables.append(table)


def _carry_on(page: PageLines, before: PageTable | None) -> bool:
    """Return whether a ruled table at the top of a page goes on from the page before.

    Its first row names the columns then only if it repeats the names.
    """
    first = next((line for line in page.lines if not line.margin), None)
    if before is None or first is None or not first.row:
        return False
    table = next(table for table in page.tables if first.row in table.rows)
    if len(table.columns) != len(before.columns) or any(
        abs(one[0] - other[0]) > _SAME_PLACE for one, other in zip(table.columns, before.columns, strict=True)
    ):
        return False
    if before.header and first.is_header_row and not first.bold:
        lines = [line for line in page.lines if line.row == first.row]
        words = " ".join(line.text for line in lines)
        if words.split() != before.header[0].split():
            for line in lines:
                line.is_header_row = False
    table.header = before.header
    return True


def _last_table(page: PageLines) -> PageTable | None:
    """Return the table that ends a page."""
    last = next((line for line in reversed(page.lines) if not line.margin), None)
    if last is None or not last.row:
        return None
    return next((table for table in page.tables if last.row in table.rows), None)
