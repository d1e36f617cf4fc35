"""Account for each term of a question: by a column, by words in rows, or by what stands around the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.question.wanted import Wanted
from rag.tables.asking.asked import Asked
from rag.tables.asking.terms import Term, phrase
from rag.tables.grids.columns import Column, shortened
from rag.tables.grids.grid import Grid, GridRow
from rag.tables.planning.context import grid_context, in_context, place_words

_UNSAID = 0.22
"""What a word of a column's name costs that the question does not say: "INR" is not "Target INR"."""
_BY_UNIT = 0.7
"""What a column counts that fits a term only by its unit."""
_WHOLE = 0.3
"""What it counts that the question says the whole name of a column."""
_GENERIC = 0.5
"""What a column counts that fits only a word such as "result"."""
_SMALL = frozenset({"of", "in", "on", "at", "the", "a", "per", "and", "for", "by", "to", "no", "number"})


@dataclass(frozen=True, slots=True)
class Fit:
    """What the terms of a question may stand for in a grid."""

    columns: dict[int, dict[Term, frozenset[str]]] = field(default_factory=dict)
    """By the index of a column: the terms that name it, with the stems of its name that they say."""
    whole: frozenset[int] = frozenset()
    """The columns whose name of several words the question says word for word, also "in" and "out"."""
    around: frozenset[Term] = frozenset()
    """The terms that stand around the table."""

    def named_by(self, term: Term) -> list[int]:
        """Return the columns that a term names."""
        return [index for index, terms in self.columns.items() if term in terms]


def fit_of(asked: Asked, grid: Grid) -> Fit:
    """Return what the terms of a question may stand for in a grid."""
    columns = {
        column.index: matched
        for column in grid.columns
        if not _only_signs(column, asked)
        and (matched := {term: stems for term in asked.terms if (stems := column.matched(term))})
    }
    for term in asked.terms:
        # Other words count only where no column has the question's own: a "Rate" is no fee beside a "Fee".
        if any(set(term.own) <= terms.get(term, frozenset()) for terms in columns.values()):
            for terms in columns.values():
                if term in terms and not set(term.own) <= terms[term]:
                    del terms[term]
    columns = {index: terms for index, terms in columns.items() if terms}
    context = grid_context(grid)
    named = place_words(f"{grid.heading} {grid.title}", grid.document_name)
    around = frozenset(
        term for term in asked.terms if in_context(term, named if term.own in asked.loose else context)
    )
    said = f" {' '.join(phrase(asked.understood.text))} "
    whole = frozenset(
        column.index
        for column in grid.columns
        if column.index in columns and len(column.stems) > 1 and f" {' '.join(column.stems)} " in said
    )
    return Fit(columns, whole, around)


def _only_signs(column: Column, asked: Asked) -> bool:
    """Return whether a column says who did something, and nobody is asked for: "Weighed by" is no weight."""
    return (
        column.stems[-1:] == ("by",)
        and asked.understood.wanted is not Wanted.PERSON
        and "by" not in phrase(asked.understood.text)
    )


def column_score(column: Column, fit: Fit) -> float:
    """Return how well the terms name a column; 0 if none does."""
    terms = fit.columns.get(column.index, {})
    if not terms:
        return 0.0
    said: set[str] = set()
    score = 0.0
    for term, stems in terms.items():
        weight = _GENERIC if term.generic else 1.0
        score += weight * (_BY_UNIT if stems == {"unit"} else 1.0)
        said |= stems
    if column.index in fit.whole:
        return score + _WHOLE
    unsaid = [stem for stem in column.stems if stem not in said and stem not in _SMALL]
    return max(score - _UNSAID * len(unsaid), 0.05)


class Holding(Mapping[Term, dict[int, list[int]]]):
    """For the terms that were looked up: by the number of a row, the columns whose cells hold the term.

    A long table is looked through only for the terms that matter.
    """

    def __init__(self, rows: Sequence[GridRow]) -> None:
        self._rows = rows
        self._found: dict[Term, dict[int, list[int]]] = {}

    def __getitem__(self, term: Term) -> dict[int, list[int]]:
        """Return where a term is held, and remember it."""
        if term not in self._found:
            self._found[term] = rows_with(term, self._rows) or rows_shortened(term, self._rows)
        return self._found[term]

    def __iter__(self) -> Iterator[Term]:
        """Return the terms that were looked up so far."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many terms were looked up so far."""
        return len(self._found)


def rows_with(term: Term, rows: Sequence[GridRow]) -> dict[int, list[int]]:
    """Return, by the number of a row, the columns whose cells hold a term.

    A number counts only where the cell is that number and nothing else. Other words for a term count only
    where no cell has its own.
    """
    if term.others and (own := rows_with(replace(term, others=frozenset()), rows)):
        return own
    found: dict[int, list[int]] = {}
    for row in rows:
        if not (term.may_stand_in(row.sentence.text.lower()) or row.apart):
            continue
        held = [
            index
            for index, cell in enumerate(row.cells)
            if cell is not None
            and (cell.text.strip() == term.written if term.number else term.stands_in(cell.text))
        ]
        if held:
            found[row.number] = held
    return found


def rows_shortened(term: Term, rows: Sequence[GridRow]) -> dict[int, list[int]]:
    """Return, by the number of a row, the columns where a cell is the beginning of the term: "Creat"."""
    found: dict[int, list[int]] = {}
    if term.number or term.generic or len(term.own) > 1:
        return found
    for row in rows:
        held = [
            index
            for index, cell in enumerate(row.cells)
            if cell is not None and shortened(cell.text.strip(), term.written)
        ]
        if held:
            found[row.number] = held
    return found
