"""Make grids of stored tables and of the form fields of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.tables.cells.days import name_date
from rag.tables.grids.columns import column_of
from rag.tables.grids.grid import FORM, Grid, GridCell, GridRow
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence, Profile, Table

_LEAST_DATES = 2
"""From how many columns that are called by dates a table is turned."""
_SURELY_DATES = 4
"""From how many of them it is turned even where cells look like dates: "4.0-11.0" is a range."""


def grid_of(
    source: TableSource,
    table: Table,
    sentences: Sequence[AnnotatedSentence],
    profile: Profile | None,
    title: str = "",
) -> Grid:
    """Return the grid of a table with these of its rows; `title` is what stands above it."""
    width = max([len(table.columns), *(len(one.cells) for one in sentences)], default=0)
    names = [*table.columns, *[""] * (width - len(table.columns))]
    columns = tuple(column_of(index, name) for index, name in enumerate(names))
    rows = tuple(
        GridRow(number, _placed(one, table.columns, width), one) for number, one in enumerate(sentences)
    )
    grid = Grid(source, table.document, table.table, table.heading, table.subject, columns, rows, profile,
                title=title)  # fmt: skip
    return _turned(grid)


def form_of(
    source: TableSource, sentences: Sequence[AnnotatedSentence], profile: Profile | None
) -> Grid | None:
    """Return the grid of form fields: one row, with a column for each field; None for none."""
    pairs = [
        (cell.column, one, cell.start, cell.end) for one in sentences for cell in one.cells if cell.column
    ]
    if not pairs:
        return None
    columns = tuple(column_of(index, name) for index, (name, *_) in enumerate(pairs))
    texts = [one.text[start - one.span.start : end - one.span.start] for _, one, start, end in pairs]
    cells = tuple(
        GridCell(text, one, start, end) if text.strip() else None
        for text, (_, one, start, end) in zip(texts, pairs, strict=True)
    )
    first = sentences[0]
    subject = next((one.subject for one in sentences if one.subject), "")
    row = GridRow(0, cells, first)
    return Grid(source, first.document, FORM, first.heading, subject, columns, (row,), profile)


def _placed(sentence: AnnotatedSentence, columns: Sequence[str], width: int) -> tuple[GridCell | None, ...]:
    """Return the cells of a row under their columns: by place where each has one, else by name."""
    cells: list[GridCell | None] = [None] * width
    made = [
        GridCell(cell.text, sentence, cell.start, cell.end) if cell.text.strip() else None
        for cell in sentence.cells
    ]
    if len(made) >= len(columns):
        cells[: len(made)] = made[:width]
        return tuple(cells)
    place = 0
    for cell, one in zip(sentence.cells, made, strict=True):
        found = next((at for at in range(place, len(columns)) if columns[at] == cell.column), place)
        if found < width:
            cells[found] = one
        place = found + 1
    return tuple(cells)


def _turned(grid: Grid) -> Grid:
    """Return a grid whose columns are dates with a row for each of its cells; any other grid as it is.

    The row "Weight | 81.2 | 79.9" under "Weight | 3 May | 10 May" becomes two rows, of 3 and of 10 May.
    """
    dated: Mapping[int, str] = {
        column.index: column.name
        for column in grid.columns
        if name_date(column.name) and not any(word in column.stems for word in ("born", "birth"))
    }
    several = len(dated) >= _SURELY_DATES
    if len(dated) < _LEAST_DATES or not (several or grid.main_date is None or grid.main_date.index in dated):
        return grid
    if max(dated) - min(dated) >= len(dated):
        return grid  # what stands between two days is counted between them: "1 May | In | Out | 1 June"
    keys = [column for column in grid.columns if column.index not in dated]
    if not keys or not all(column.index in dated for column in grid.columns[keys[-1].index + 1 :]):
        return grid
    units = {grid.columns[index].unit for index in dated}
    columns = (
        *[replace(column, index=index) for index, column in enumerate(keys)],
        column_of(len(keys), "Date"),
        replace(column_of(len(keys) + 1, ""), unit=units.pop() if len(units) == 1 else ""),
    )
    rows: list[GridRow] = []
    for row in grid.rows:
        for index, name in dated.items():
            if row.cells[index] is not None:
                cells = (
                    *(row.cells[column.index] for column in keys),
                    GridCell(name, row.sentence),
                    row.cells[index],
                )
                rows.append(GridRow(len(rows), cells, row.sentence))
    return replace(grid, columns=columns, rows=tuple(rows), turned=True)
