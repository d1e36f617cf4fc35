"""The plan for one grid: the rows that are meant, the column that is asked for, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rag.question.understanding.understood import Intent
from rag.tables.asking.asked import Asked
from rag.tables.asking.intents import ROWS
from rag.tables.asking.terms import Term
from rag.tables.grids.columns import Column
from rag.tables.grids.grid import Grid, GridRow
from rag.tables.planning.context import in_context, place_words, version_of
from rag.tables.planning.explained import Fit, Holding, column_score, fit_of
from rag.tables.planning.limits import named_by_date, within_limit
from rag.tables.planning.rows import choose_rows
from rag.tables.planning.targets import date_column_of, key_column, spoken_columns, target_columns
from rag.tables.planning.words_in_rows import rows_that_fit, without_denied

MOST_UNEXPLAINED = 2
"""How many terms may stay unexplained; how much less sure an answer then is, is fitted."""
_ON_SHEET = 0.25
"""What it counts that a word stands in the heading itself, not only around the whole document."""
_UNEXPLAINED = 0.5
"""What an unexplained term costs a grid beside others."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a grid gives for a question."""

    grid: Grid
    rows: tuple[GridRow, ...]
    targets: tuple[Column, ...]
    """The columns that are asked for, the main one first; empty where rows themselves are counted."""
    key: Column | None
    """The column that names the rows: where words of the question stand, else the first one of words."""
    keyed: bool
    """Whether words or references of the question stand in the key column."""
    date_column: Column | None
    """The column that dates the rows."""
    dated_by_rows: bool
    """Whether the dates of the question were compared with dates of the rows."""
    score: float
    """How well the question names the columns; comparable between grids of one question."""
    sure: float
    """From 0 to 1: how surely the rows are those of the person that is asked for."""
    unexplained: tuple[Term, ...] = ()
    """The terms that nothing in the table or around it accounts for."""


def plan_of(asked: Asked, grid: Grid, identifiers: Mapping[str, Collection[str]]) -> Plan | None:
    """Return the plan for a grid; None where it cannot hold the answer, or a word stays unexplained."""
    telling = any(not term.generic for term in asked.terms) or asked.references
    if not grid.rows or not (telling or asked.intent in ROWS or asked.intent is Intent.DURATION):
        return None
    if asked.versions and version_of(grid, asked.versions) is None:
        return None
    fit = fit_of(asked, grid)
    date_column = date_column_of(asked, grid, fit)
    chosen = choose_rows(asked, grid, identifiers, date_column)
    if chosen is None or not chosen.rows:
        return None
    held = Holding(chosen.rows)
    targets = target_columns(asked, grid, fit, held, date_column, spoken_columns(asked, grid, chosen.rows))
    if targets is None:
        return None
    rows, unexplained, filtered = rows_that_fit(asked, fit, held, chosen.rows, targets)
    if not rows or len(unexplained) > MOST_UNEXPLAINED:
        return None
    rows = without_denied(asked, grid, fit, rows)
    limited = within_limit(asked, grid, rows, fit)
    if limited is None:
        return None
    rows, measured = limited
    if measured is not None and measured not in targets:
        targets = (*targets, measured)
    if not rows and asked.intent not in ROWS:
        return None
    key, keyed = _key(asked, grid, held, targets)
    around = sum(not fit.named_by(term) for term in fit.around)
    if asked.intent in ROWS and not (fit.columns or around or filtered or asked.limit):
        return None
    dated = bool(asked.understood.dates) and (
        date_column is not None or any(named_by_date(asked, column) for column in grid.columns)
    )
    if unexplained and not (fit.columns or around or filtered or dated):
        return None
    score = (
        0.15 * around
        + _ON_SHEET * _on_sheet(fit, grid)
        - _UNEXPLAINED * len(unexplained)
        + sum(column_score(column, fit) for column in targets[:1])
        + 0.3 * filtered
    )
    return Plan(
        grid,
        tuple(rows),
        targets,
        key,
        keyed,
        date_column,
        dated,
        score,
        chosen.sure,
        tuple(unexplained),
    )


def _on_sheet(fit: Fit, grid: Grid) -> int:
    """Return how many telling terms only the last part of the heading accounts for: the name of a sheet."""
    own = place_words(grid.heading.rpartition(" › ")[2], "")
    return sum(not term.generic and not fit.named_by(term) and in_context(term, own) for term in fit.around)


def _key(
    asked: Asked, grid: Grid, held: Mapping[Term, Mapping[int, Sequence[int]]], targets: Sequence[Column]
) -> tuple[Column | None, bool]:
    """Return the column that names the rows, and whether words or references of the question stand there."""
    if grid.form:
        return None, False
    counts: dict[int, int] = {}
    for term, rows in held.items():
        if not term.generic:
            for columns in rows.values():
                for index in columns:
                    counts[index] = counts.get(index, 0) + 1
    for reference in asked.references:
        for row in grid.rows:
            for index, cell in enumerate(row.cells):
                if cell is not None and cell.text.strip().lower() == reference.lower():
                    counts[index] = counts.get(index, 0) + 1000
    named = [grid.columns[index] for index in sorted(counts, key=lambda index: (-counts[index], index))]
    for keyed, candidates in ((True, tuple(named)), (False, key_column(grid))):
        for column in candidates:
            if column not in targets and not column.person and column not in grid.date_columns:
                return column, keyed
    return None, False
