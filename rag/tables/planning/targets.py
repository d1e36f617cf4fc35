"""Which columns of a grid a question asks for, and which one dates its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rag.question.understanding.understood import Intent, Relation
from rag.question.wanted import Wanted
from rag.tables.asking.asked import Asked
from rag.tables.asking.intents import COMPUTED, ROWS
from rag.tables.asking.terms import Term
from rag.tables.cells.days import fits
from rag.tables.grids.columns import Column
from rag.tables.grids.grid import Grid, GridRow
from rag.tables.planning.explained import Fit, column_score
from rag.tables.planning.limits import named_by_date

_NUMBER_WORDS = frozenset({"number", "no", "refer", "ref", "id", "code", "mrn"})
"""Stems of words that ask for a number that names something."""
_NUMBERS = (Wanted.MONEY, Wanted.AMOUNT, Wanted.DOSE)
"""What no date is: "the amount of the payment" is not in the column "Paid on"."""
_NAMED = 0.25
"""From which score the question names a column."""


def date_column_of(asked: Asked, grid: Grid, fit: Fit) -> Column | None:
    """Return the column whose dates the dates of the question mean: one that it names, else the main one."""
    if grid.form or any(named_by_date(asked, column) for column in grid.columns):
        return None
    if asked.understood.wanted is not Wanted.DATE and asked.understood.dates:
        named = [
            column
            for column in grid.date_columns
            if any(not term.generic for term in fit.columns.get(column.index, {}))
        ]
        if len(named) == 1:
            return named[0]
    if grid.main_date is not None and grid.main_date.begins and _dated_by_heading(asked, grid):
        return None
    return grid.main_date


def _dated_by_heading(asked: Asked, grid: Grid) -> bool:
    """Return whether the heading gives the asked date to the whole table: "as of 24 June", for June."""
    dates = asked.understood.dates
    reading = grid.table_date
    return (
        reading is not None
        and bool(dates)
        and all(one.relation is Relation.ON and fits(reading, one) for one in dates)
    )


def target_columns(
    asked: Asked,
    grid: Grid,
    fit: Fit,
    held: Mapping[Term, Mapping[int, Sequence[int]]],
    date_column: Column | None,
    spoken: Collection[int],
) -> tuple[Column, ...] | None:
    """Return the columns that are asked for, the best first; None where none can be meant."""
    scored = sorted(
        (
            (column_score(column, fit), -column.index, column)
            for column in grid.columns
            if column.index in fit.columns
        ),
        reverse=True,
    )
    wanted = asked.understood.wanted
    if len(grid.columns) == 1 and not grid.columns[0].name:
        return (grid.columns[0],) if asked.intent in ROWS else None
    if grid.turned:
        return (grid.columns[-2] if wanted is Wanted.DATE else grid.columns[-1],)
    named = [column for score, _, column in scored if score > _NAMED]
    if wanted is Wanted.DATE:
        dated = [column for column in named if column in grid.date_columns or column.born]
        if dated:
            return (dated[0],)
        if asked.intent in ROWS or not grid.form:
            return (date_column, *named[:1]) if date_column is not None else None
        return None
    if grid.form and asked.intent in ROWS:
        return tuple(column for column in named if not column.identifier)
    if asked.intent is Intent.COUNT:
        return tuple([one for one in named if not _only_denied(one, asked, fit)][:1])
    if wanted in (Wanted.PERSON, Wanted.MEDICINE) and asked.intent not in COMPUTED:
        words_only = [one for one in named if not grid.numeric(one) and one not in grid.date_columns]
        suited = [column for column in grid.columns if column.suits(wanted) and not column.identifier]
        unnamed = [term for term in asked.terms if not (term.generic or fit.named_by(term))]
        asked_cells = {index for term in unnamed for columns in held[term].values() for index in columns}
        suited = [one for one in suited if one.index not in asked_cells] or suited
        best = [one for one in words_only if one in suited] or suited or words_only
        return tuple(best[:1]) or None
    if asked.intent is Intent.LIST:
        words_only = [one for one in named if not grid.numeric(one) and not one.born]
        listed = [column for column in grid.columns if column.suits(wanted)] or words_only or named
        numbers = [one for one in named if grid.numeric(one)][:1]
        return tuple(dict.fromkeys([*listed[:1], *numbers])) or None
    if asked.intent is Intent.COMPARISON:
        named = [column for column in named if not column.person]
    if asked.intent is Intent.DURATION:
        return tuple(named) or ((date_column,) if date_column is not None else None)
    if asked.intent in COMPUTED and asked.intent not in (Intent.DURATION, Intent.COMPARISON):
        return _measured(grid, named)
    named = [column for column in named if column.index not in spoken]
    if wanted in _NUMBERS:
        named = [column for column in named if column not in grid.date_columns]
    if wanted is not Wanted.IDENTIFIER:
        plain = [column for column in named if not column.identifier or _numbered_so(column, fit)]
        named = plain or named
    if named:
        highest = column_score(named[0], fit)
        top = [column for column in named if column_score(column, fit) >= highest - 0.1]
        others = [column for column in named if column not in top and _own_term(column, top[0], fit, held)]
        return (*top, *others)
    suited = [column for column in grid.columns if column.suits(wanted)]
    if suited:
        return tuple(suited) if len(suited) == 1 else None
    if grid.form:
        return None
    values = [column for column in grid.columns if column.value] or _only_numbers(asked, grid, held)
    if grid.turned:
        values = [grid.columns[-1]]
    if len(values) == 1:
        return tuple(values)
    return _measured(grid, ()) if wanted is Wanted.MONEY else None


def _only_denied(column: Column, asked: Asked, fit: Fit) -> bool:
    """Return whether only what must not hold names a column: "Back" in "not come back yet"."""
    return all(term.own in asked.denied for term in fit.columns[column.index])


def _only_numbers(asked: Asked, grid: Grid, held: Mapping[Term, Mapping[int, Sequence[int]]]) -> list[Column]:
    """Return the only column of numbers in the rows that hold a telling word: that of "Item | £"."""
    numbers = {row for term in asked.terms if not term.generic for row in held[term]}
    rows = [row for row in grid.rows if row.number in numbers]
    filled = [
        column
        for column in grid.columns
        if not column.identifier
        and grid.numeric(column)
        and any(row.cells[column.index] is not None for row in rows)
    ]
    return filled if len(filled) == 1 else []


def spoken_columns(asked: Asked, grid: Grid, rows: Sequence[GridRow]) -> set[int]:
    """Return the columns whose cells are references of the question: they say which row is meant."""
    references = {reference.lower() for reference in asked.references}
    return {
        column.index
        for column in grid.columns
        for row in rows
        if (cell := row.cells[column.index]) is not None and cell.text.strip().lower() in references
    }


def _numbered_so(column: Column, fit: Fit) -> bool:
    """Return whether the question names a column of numbers as such: "number", "reference"."""
    return any(part in _NUMBER_WORDS for term in fit.columns.get(column.index, {}) for part in term.own)


def _measured(grid: Grid, named: Sequence[Column]) -> tuple[Column, ...] | None:
    """Return the column of numbers that is meant: a named one, else the only one, or that of amounts."""
    numbers = [column for column in named if grid.numeric(column)]
    if not numbers:
        numeric = [column for column in grid.columns if grid.numeric(column) and not column.identifier]
        amounts = [column for column in numeric if column.value or {"gross", "amount"} & set(column.stems)]
        numbers = numeric if len(numeric) == 1 else amounts if len(amounts) == 1 else []
    return tuple(numbers[:1]) or None


def _own_term(
    column: Column, best: Column, fit: Fit, held: Mapping[Term, Mapping[int, Sequence[int]]]
) -> bool:
    """Return whether a column is asked for besides the best one: by a term that stands for nothing else."""
    mine = fit.columns[column.index]
    if column.identifier or column_score(column, fit) < 1:
        return False
    return any(
        not term.generic and term not in fit.columns[best.index] and not held[term] and stems != {"unit"}
        for term, stems in mine.items()
    )


def key_column(grid: Grid) -> tuple[Column, ...]:
    """Return the column that names the rows: the first one of words."""
    for column in grid.columns:
        if not grid.numeric(column) and column not in grid.date_columns and any(grid.texts(column.index)):
            return (column,)
    return ()
