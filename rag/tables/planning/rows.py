"""Which rows of a grid a question is about: by person, reference, date and what is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.question.understanding.understood import AskedDate, AskedName, Relation
from rag.tables.asking.asked import Asked
from rag.tables.asking.intents import COMPUTED
from rag.tables.cells.days import fits, spans_of
from rag.tables.grids.columns import Column
from rag.tables.grids.grid import Grid, GridRow
from rag.tables.grids.people import Whose, name_parts, names_of, whose
from rag.tables.planning.cancelled import without_called_off
from rag.tables.planning.context import grid_context
from vault.text.dates.found import NO_YEAR, Reading


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that are left, and how each name and date of the question was met."""

    rows: tuple[GridRow, ...]
    date_column: Column | None
    """The column whose dates were compared."""
    sure: float
    """From 0 to 1: lower where a name is met only by the document."""


def choose_rows(
    asked: Asked, grid: Grid, identifiers: Mapping[str, Collection[str]], date_column: Column | None
) -> Chosen | None:
    """Return the rows that fit the names, references and dates of the question; None where one is not met.

    `identifiers` are the numbers of each asked person by the name as written. Dates are compared with
    `date_column`; without one they are not compared here.
    """
    rows: Sequence[GridRow] = grid.rows
    sure = 1.0
    names = asked.understood.names
    if names:
        met = [_of_name(name, grid, rows, identifiers.get(name.written, ())) for name in names]
        # Of two people who are compared, each may have a table of their own.
        apart = len(names) > 1 and asked.intent in COMPUTED
        if not any(met) or (None in met and not apart):
            return None
        sure = min(one[1] for one in met if one is not None)
        # Two names are two people to be compared, unless one row is about both.
        together = set.intersection(*(set(one[0]) for one in met if one is not None))
        either = set.union(*(set(one[0]) for one in met if one is not None))
        kept = together or either
        rows = [row for row in rows if row.number in kept]
    if asked.references:
        holding = [
            {row.number for row in rows if any(_holds(text, reference) for text in row.texts())}
            for reference in asked.references
        ]
        around = f"{grid.heading} {grid.title} {grid.document_name}".lower()
        for found, reference, whole in zip(holding, asked.references, asked.whole_references, strict=True):
            if not found and not (whole.lower() in around or _holds(around, reference)):
                return None
        if filled := [one for one in holding if one]:
            numbers = set.intersection(*filled) or set.union(*filled)
            rows = [row for row in rows if row.number in numbers]
    if asked.understood.dates and date_column is not None:
        dates = [_in_years_of(grid, date_column, one) for one in asked.understood.dates]
        rows = [row for row in rows if _meets_dates(grid, row, date_column, dates)]
    rows = without_called_off(asked, [row for row in rows if not _left_out(asked, row)])
    return Chosen(tuple(rows), date_column, sure)


def _in_years_of(grid: Grid, column: Column, asked: AskedDate) -> AskedDate:
    """Return a date without a year in the last year of the rows, where they have none of the year that was
    supposed: "before 16 March" on a sheet of last spring."""
    if asked.day_and_month is None or asked.year is not None or asked.relation is Relation.ON:
        return asked
    years = {one.last.year for one in grid.dates[column.index] if one is not None and not one.yearless}
    if not years or any(first.year in years for first, _ in asked.readings):
        return asked
    shifted = []
    for first, last in asked.readings:
        days = Reading(first.replace(year=NO_YEAR), last.replace(year=NO_YEAR)).in_year(max(years))
        shifted.append((days.first, days.last))
    return replace(asked, readings=tuple(shifted))


def _meets_dates(grid: Grid, row: GridRow, column: Column, dates: Sequence[AskedDate]) -> bool:
    """Return whether a row meets the dates; of two days that are the ends of something, one is enough."""
    met = [_meets(grid, row, column, one) for one in dates]
    ends = all(one.relation is Relation.ON for one in dates)
    return any(met) if ends else all(met)


def _of_name(
    name: AskedName, grid: Grid, rows: Sequence[GridRow], identifiers: Collection[str]
) -> tuple[list[int], float] | None:
    """Return the rows of a name with how sure that is, or None if nothing here is called so."""
    found = {row.number: whose(grid, row, name, identifiers) for row in rows}
    theirs = [number for number, one in found.items() if one is Whose.THEIRS]
    if theirs:
        return theirs, 1.0
    held = [row.number for row in rows if any(_names_it(name, text) for text in row.texts())]
    if held:
        return held, 0.95
    if any(one is Whose.ANOTHERS for one in found.values()) and _is_person(name):
        return None
    context = f"{grid.heading} {grid.title} {grid.document_name}"
    if _names_it(name, context):
        return list(found), 0.9
    unknown = [number for number, one in found.items() if one is Whose.UNKNOWN]
    if unknown and grid.sha256 in name.documents and name.written != name.written.lower():
        return unknown, 0.6
    words = grid_context(grid)
    if not _is_person(name) and all(part in words for part in name_parts(name.written)):
        return list(found), 0.8
    return None


def _is_person(name: AskedName) -> bool:
    return bool(name.names)


def _names_it(name: AskedName, text: str) -> bool:
    """Return whether a text holds all parts of a name: a place, a firm, a product."""
    present = set(name_parts(text))
    return any((parts := set(name_parts(one))) and parts <= present for one in names_of(name))


def _holds(text: str, reference: str) -> bool:
    wanted = _bare(reference)
    if wanted == _bare(text):
        return True
    # "Schedule 1" is not meant by a number among others: only references that say what they are stand inside.
    parts = re.split(r"[\s,;()]+", text) if not wanted.isdigit() else []
    return any(wanted == _bare(part) for part in parts)


def _bare(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", text.lower())


def _meets(grid: Grid, row: GridRow, column: Column, asked: AskedDate) -> bool:
    first, last = asked.readings[0]
    interval = _interval(grid, row, column, last.year)
    if interval is not None and asked.relation is Relation.ON:
        return interval.overlaps(Reading(first, last)) or any(
            span.overlaps(interval) for span in spans_of(asked) if not span.yearless
        )
    if interval is not None and asked.relation is Relation.BEFORE:
        return any(interval.first < span.first for span in spans_of(asked) if not span.yearless)
    reading = grid.date_at(row, column)
    return reading is not None and fits(reading, asked)


def _interval(grid: Grid, row: GridRow, column: Column, year: int) -> Reading | None:
    """Return the days for which a row holds, where one column says from when and another until when.

    One of the two may be missing: what began before the table was made, or holds on. Days without a year are
    taken to be of `year`.
    """
    if not column.begins:
        return None
    end = next((one for one in grid.columns if one.ends), None)
    first = grid.date_at(row, column)
    last = grid.date_at(row, end) if end is not None else None
    if end is None or (first is None and last is None):
        return None
    first = first and first.in_year(year)
    last = last and last.in_year(year)
    first_day = first.first if first is not None else date.min
    last_day = last.last if last is not None else date.max
    return Reading(first_day, last_day) if first_day <= last_day else None


def _left_out(asked: Asked, row: GridRow) -> bool:
    return any(
        all(any(term.stands_in(text) for text in row.texts()) for term in terms) for terms in asked.left_out
    )
