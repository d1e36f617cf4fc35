"""How long it is between two dates of a table: two cells of one row, or two rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.understanding.understood import AskedDate, Relation
from rag.tables.asking.asked import Asked
from rag.tables.cells.days import day_in_words, fits
from rag.tables.composing.entries import Entry, entries_of, in_order, people_of
from rag.tables.composing.lines import computed, sureness
from rag.tables.grids.columns import Column
from rag.tables.planning.explained import fit_of
from rag.tables.planning.plan import Plan

_SURE = 0.85
_LEAST_ROWS = 2
_WEEKS = re.compile(r"\bweeks?\b", re.IGNORECASE)
_MONTHS = re.compile(r"\bmonths?\b", re.IGNORECASE)
_YEARS = re.compile(r"\byears?\b", re.IGNORECASE)
_NIGHTS = re.compile(r"\bnights?\b", re.IGNORECASE)


def duration_answer(asked: Asked, plans: Sequence[Plan]) -> DirectAnswer | None:
    """Return the time between two dates that the question names; None where they are not clear."""
    for plan in plans:
        if asked.understood.dates:
            ends = _two_rows(asked, plan)
        else:
            ends = _two_cells(asked, plan) or (_first_and_last(plan) if asked.ends else None)
        if ends is None:
            continue
        first, last = sorted(ends, key=lambda entry: entry.day or date.min)
        if first.date is None or last.date is None or first.date.yearless != last.date.yearless:
            continue
        if first.date.first != first.date.last or last.date.first != last.date.last:
            continue
        days = (last.date.first - first.date.first).days
        spoken = spoken_duration(asked.understood.text, days, first.date.first, last.date.first)
        text = f"{spoken}: {_named(first)}, to {_named(last)}"
        return computed(text, [first, last], AnswerForm.SUM, sureness([first, last], _SURE))
    return None


def _two_rows(asked: Asked, plan: Plan) -> tuple[Entry, Entry] | None:
    """Return the rows of the two days that the question names."""
    column = plan.date_column
    if column is None:
        return None
    entries = entries_of(plan, column)
    if len(people_of(entries)) > 1:
        return None
    found = [
        [entry for entry in entries if entry.date is not None and fits(entry.date, one)]
        for one in _two_days(asked)
    ]
    if len(found) != 2 or any(len({entry.day for entry in one}) != 1 for one in found):
        return None
    return found[0][0], found[1][0]


def _first_and_last(plan: Plan) -> tuple[Entry, Entry] | None:
    """Return the first and the last row, where all are one person's."""
    column = plan.date_column
    if column is None or plan.grid.form:
        return None
    entries = in_order(entry for entry in entries_of(plan, column) if entry.date is not None)
    if len(entries) < _LEAST_ROWS or len(people_of(entries)) > 1:
        return None
    return entries[0], entries[-1]


def _two_days(asked: Asked) -> list[AskedDate]:
    """Return the two days of the question, also where it gives them as one range."""
    dates = list(asked.understood.dates)
    if len(dates) != 1:
        return dates
    first, last = dates[0].readings[0]
    if first == last:
        return dates
    return [AskedDate(dates[0].text, Relation.ON, ((day, day),), None, day.year) for day in (first, last)]


def _two_cells(asked: Asked, plan: Plan) -> tuple[Entry, Entry] | None:
    """Return the two dates of one row whose columns the question names."""
    grid = plan.grid
    fit = fit_of(asked, grid)
    named = [
        column
        for column in grid.date_columns
        if any(not term.generic for term in fit.columns.get(column.index, {}))
    ]
    rows = {row.number for row in plan.rows}
    if len(named) != 2 or len(rows) != 1:
        return None
    ends = [_dated_cell(plan, column) for column in named]
    return (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None


def _dated_cell(plan: Plan, column: Column) -> Entry | None:
    found = entries_of(plan, column)
    if len(found) != 1:
        return None
    entry = found[0]
    reading = plan.grid.date_at(entry.row, column)
    return Entry(plan, entry.row, column, entry.cell, entry.person, reading, None, None)


def _named(entry: Entry) -> str:
    when = day_in_words(entry.date.first) if entry.date is not None else entry.text
    name = entry.column.name
    return f"{name} {when}" if name and name.lower() not in ("date", "datum", "day") else when


def spoken_duration(text: str, days: int, first: date, last: date) -> str:
    """Return a number of days in the unit that the question `text` asks for, with the days beside it."""
    if _WEEKS.search(text):
        weeks, rest = divmod(days, 7)
        also = f" and {_counted(rest, 'day')}" if rest else ""
        return f"{_counted(weeks, 'week')}{also} ({_counted(days, 'day')})"
    if _MONTHS.search(text) or _YEARS.search(text):
        months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
        whole = _counted(months // 12, "year") if _YEARS.search(text) else _counted(months, "month")
        return f"{whole} ({_counted(days, 'day')})"
    return _counted(days, "night" if _NIGHTS.search(text) else "day")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
