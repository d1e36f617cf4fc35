"""Which rows hold the words of a question that no column accounts for, and which it denies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.tables.asking.asked import Asked
from rag.tables.asking.terms import Term, phrase, stem_set
from rag.tables.grids.columns import Column
from rag.tables.grids.grid import Grid, GridRow
from rag.tables.planning.explained import Fit

_NO = frozenset(
    {"", "-", "–", "—", "no", "n", "none", "nil", "nein", "non", "0", "☐", "[ ]", "not yet", "pending"}
)


def rows_that_fit(
    asked: Asked,
    fit: Fit,
    held: Mapping[Term, Mapping[int, Sequence[int]]],
    rows: Sequence[GridRow],
    targets: Sequence[Column],
) -> tuple[list[GridRow], list[Term], int]:
    """Return the rows that hold the words which no column accounts for, the terms that nothing accounts for,
    and how many terms chose rows."""
    kept = list(rows)
    chosen = 0
    unexplained: list[Term] = []
    by_targets = {term for column in targets for term in fit.columns.get(column.index, {})}
    for term in asked.terms:
        if term in by_targets:
            continue
        if _is_denied(term, asked):
            if not (term.generic or fit.named_by(term) or held[term] or term in fit.around):
                unexplained.append(term)
            continue
        if term.generic and fit.named_by(term):
            continue
        holding = held[term]
        narrowed = [row for row in kept if row.number in holding]
        if term.number and narrowed and not _numbered(term, asked, fit, narrowed, holding):
            narrowed = []
        if narrowed and len(narrowed) < len(kept) and fit.named_by(term) and not _is_cell(term, narrowed):
            continue
        if narrowed and not (term.generic and len(narrowed) == len(kept)):
            if term.generic and len(narrowed) < len(kept):
                continue
            kept, chosen = narrowed, chosen + 1
            continue
        if term.generic or term.soft or term in fit.around or fit.named_by(term):
            continue
        if targets and targets[0].identifier and term.of_a_number and len(targets[0].stems) == 1:
            continue
        unexplained.append(term)
    return kept, unexplained, chosen


def _is_cell(term: Term, rows: Sequence[GridRow]) -> bool:
    """Return whether the term is all that a cell says: "paid", not the note "part payment"."""
    return any(
        stems and stems == term.matched(tuple(stems))
        for row in rows
        for text in row.texts()
        if (stems := stem_set(text))
    )


def _numbered(
    term: Term,
    asked: Asked,
    fit: Fit,
    rows: Sequence[GridRow],
    holding: Mapping[int, Sequence[int]],
) -> bool:
    """Return whether a number of the question stands in a column that the question names: "bed 17"."""
    named = {index for one in asked.terms if one is not term for index in fit.named_by(one)}
    return any(index in named for row in rows for index in holding[row.number])


def _is_denied(term: Term, asked: Asked) -> bool:
    return term.own in asked.denied


def without_denied(asked: Asked, grid: Grid, fit: Fit, rows: Sequence[GridRow]) -> list[GridRow]:
    """Return the rows for which what the question denies does not hold: "not yet paid".

    A column of that name decides by being empty; else the words in the cells.
    """
    kept = list(rows)
    for term in asked.terms:
        if not _is_denied(term, asked) or _denied_above(term, grid):
            continue
        named = [
            column
            for column in grid.columns
            if term in fit.columns.get(column.index, {}) and column.matched(term) != {"unit"}
        ]
        if named:
            kept = [
                row
                for row in kept
                if (cell := row.cells[named[0].index]) is None or cell.text.strip().lower() in _NO
            ]
        else:
            kept = [row for row in kept if not any(_affirms(term, text) for text in row.texts())]
    return kept


def _denied_above(term: Term, grid: Grid) -> bool:
    """Return whether the heading denies it of all rows already: "Doses not given"."""
    heading = phrase(grid.heading.rpartition(" › ")[2])
    return any(
        word in ("not", "never") and term.own == heading[place + 1 : place + 1 + len(term.own)]
        for place, word in enumerate(heading)
    )


def _affirms(term: Term, text: str) -> bool:
    lower = text.lower()
    return term.stands_in(text) and not lower.startswith(("not ", "un", "no "))
