"""Rows whose number lies on one side of a limit: one of the question, or the target beside the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from rag.question.understanding.understood import Relation
from rag.tables.asking.asked import Asked, Limit, Side
from rag.tables.asking.terms import stem_set
from rag.tables.cells.days import fits, name_date
from rag.tables.cells.numbers import number_of, same_unit
from rag.tables.grids.columns import Column
from rag.tables.grids.grid import Grid, GridRow
from rag.tables.planning.explained import Fit, column_score
from vault.records import ElementKind

_RANGE = re.compile(
    r"(?P<low>\d+(?:[.,]\d+)?)\s*[^\d\s]{0,6}\s*(?:to|-|–|—|bis|until|and|à)\s*(?P<high>\d+(?:[.,]\d+)?)",
    re.I,
)
_BOUND = re.compile(
    r"(?P<side>[<≤>≥]|below|under|above|over|up to|at least)\s*(?P<number>\d+(?:[.,]\d+)?)", re.I
)
_NAMED = 0.25
"""From which score the question names a column."""
_IN_TITLE = re.compile(
    r"\b(?:target|range|goal|ziel)\w*\b(?:[^\d.;]{0,20})(?P<range>[<≤>≥]?\s*\d[^;]{0,12})", re.I
)
_TARGET_NAME = re.compile(r"\b(?:target|range|goal|reference|normal|ref|ziel)", re.IGNORECASE)


def within_limit(
    asked: Asked, grid: Grid, rows: Sequence[GridRow], fit: Fit
) -> tuple[list[GridRow], Column | None] | None:
    """Return the rows on the asked side of the limit, and the column that was compared.

    Without a limit all rows stay. None where it cannot be told which numbers are meant, or what the limit is.
    """
    limit = asked.limit
    if limit is None:
        return list(rows), None
    if limit.beside:
        return _beside(asked, grid, rows, fit, limit)
    named = [
        column
        for column in grid.columns
        if grid.numeric(column) and (limit.number is None or _same_kind(limit, column))
    ]
    scored = sorted(named, key=lambda column: (-column_score(column, fit), column.index))
    if not scored or (len(scored) > 1 and column_score(scored[0], fit) == 0):
        return None
    column = scored[0]
    kept = []
    for row in rows:
        number = grid.number_at(row, column)
        if number is None:
            continue
        value = limit.number.value if limit.number is not None else None
        bounds = (value, value) if value is not None else target_of(grid, row, column)
        if bounds is None:
            return None
        if lies(number.value, limit.side, *bounds):
            kept.append(row)
    return kept, column


def _beside(
    asked: Asked, grid: Grid, rows: Sequence[GridRow], fit: Fit, limit: Limit
) -> tuple[list[GridRow], Column | None] | None:
    """Return the rows whose value lies on the asked side of another number of the same row."""
    bounds = [
        one
        for one in grid.columns
        if grid.numeric(one) and any(stem.startswith(limit.beside) for stem in one.stems)
    ]
    numeric = [one for one in grid.columns if grid.numeric(one) and one not in bounds and not one.identifier]
    dated = [one for one in numeric if named_by_date(asked, one)]
    named = [one for one in numeric if column_score(one, fit) >= _NAMED]
    meant = dated or named or numeric
    if len(bounds) != 1 or len(meant) != 1:
        return None
    kept = []
    for row in rows:
        number, bound = grid.number_at(row, meant[0]), grid.number_at(row, bounds[0])
        if (
            number is not None
            and bound is not None
            and lies(number.value, limit.side, bound.value, bound.value)
        ):
            kept.append(row)
    return kept, meant[0]


def named_by_date(asked: Asked, column: Column) -> bool:
    """Return whether the name of a column is the day that the question asks for: a count of "16 June"."""
    dates = asked.understood.dates
    readings = name_date(column.name) if dates and not column.dated else ()
    return any(
        all(one.relation is Relation.ON and fits(reading, one) for one in dates) for reading in readings
    )


def _same_kind(limit: Limit, column: Column) -> bool:
    number = limit.number
    return number is None or not number.unit or not column.unit or same_unit(number.unit, column.unit)


def lies(value: Decimal, side: Side, low: Decimal | None, high: Decimal | None) -> bool:
    """Return whether a value lies on a side of a range; of one limit, if both ends are the same."""
    below = low is not None and value < low
    above = high is not None and value > high
    if side is Side.BELOW:
        return below
    if side is Side.ABOVE:
        return above
    if side is Side.AT_MOST:
        return not above
    if side is Side.AT_LEAST:
        return not below
    return (below or above) if side is Side.OUTSIDE else not (below or above)


def target_of(grid: Grid, row: GridRow, column: Column) -> tuple[Decimal | None, Decimal | None] | None:
    """Return the target of a value as (lower end, upper end): from its row, else from a field of its page."""
    for other in grid.columns:
        cell = row.cells[other.index]
        if cell is not None and _TARGET_NAME.search(other.name) and (found := range_in(cell.text)):
            return found
    fields = [
        cell
        for sentence in grid.source.sentences.at(grid.sha256, row.sentence.span.page)
        if sentence.table is None or sentence.kind is not ElementKind.TABLE_ROW or len(sentence.cells) == 1
        for cell in sentence.cells
        if _TARGET_NAME.search(cell.column)
    ]
    named = [cell for cell in fields if set(column.stems) & stem_set(cell.column)] or (
        fields if len(fields) == 1 else []
    )
    if named:
        return range_in(named[0].text) if len(named) == 1 else None
    said = [found for one in _IN_TITLE.finditer(grid.title) if (found := range_in(one["range"]))]
    return said[0] if len(set(said)) == 1 else None


def range_in(text: str) -> tuple[Decimal | None, Decimal | None] | None:
    """Return the range that a text gives: "2.0 to 3.0", "3,5-5,1", "< 5"; None for another text."""
    found = _RANGE.search(text)
    if found:
        low, high = number_of(found["low"]), number_of(found["high"])
        return (low.value, high.value) if low and high and low.value <= high.value else None
    bound = _BOUND.search(text)
    if bound and (number := number_of(bound["number"])):
        upper = bound["side"].lower() in ("<", "≤", "below", "under", "up to")
        return (None, number.value) if upper else (number.value, None)
    return None
