"""Choose entries by date: of rows that have one, and of tables and documents that hold from a day on."""

from __future__ import annotations

from collections.abc import Sequence

from rag.question.understanding.understood import AskedDate, Intent, Relation
from rag.tables.asking.asked import Asked
from rag.tables.cells.days import fits, spans_of
from rag.tables.composing.entries import Entry, in_order
from vault.text.dates.found import Reading

_NOT_TAKEN = frozenset(
    """-,–,—,--,---,n/a,na,n.a.,not done,nd,n.d.,not taken,missed,x,?,tbc,pending,not recorded""".split(",")
)
"""What cells say where there is no value."""


def dated_right(asked: Asked, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that fit the dates of the question.

    Rows with dates were chosen by them already. Where only the table or its document has a date, the latest
    one that held then counts: prices "from 1 June 2023" hold until those "from 1 June 2024".
    """
    dates = asked.understood.dates
    by_rows = [entry for entry in entries if entry.plan.dated_by_rows]
    others = [entry for entry in entries if not entry.plan.dated_by_rows]
    if not dates or not others:
        return list(entries)
    if len(dates) > 1:
        return by_rows
    return by_rows + _by_table(dates[0], others)


def _by_table(asked: AskedDate, entries: Sequence[Entry]) -> list[Entry]:
    dated = [(entry, entry.since) for entry in entries if entry.since is not None]
    spans = [span for span in spans_of(asked) if not span.yearless]
    kept: list[tuple[Entry, Reading]] = []
    for entry, since in dated:
        holds_on = entry.plan.grid.table_date is not None
        if asked.relation in (Relation.BEFORE, Relation.AFTER):
            met = fits(since, asked)
        elif holds_on:
            met = fits(since, asked) or any(since.first <= span.last for span in spans)
        else:
            met = any(span.first <= since.first <= span.last for span in spans)
        if met:
            kept.append((entry, since))
    if not kept:
        return []
    days = [since.first for _, since in kept]
    chosen = min(days) if asked.relation is Relation.AFTER else max(days)
    return [entry for entry, since in kept if since.first == chosen]


def _going_on(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of rows without an end, where others say when they ended; else all."""
    kept = []
    for entry in entries:
        grid = entry.plan.grid
        end = next((one for one in grid.columns if one.ends), None)
        begins = any(one.begins for one in grid.columns)
        if end is None or not begins or grid.date_at(entry.row, end) is None:
            kept.append(entry)
    return kept or list(entries)


def taken(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that say something; all where every one says that nothing was taken."""
    kept = [entry for entry in entries if entry.cell.text.strip().lower() not in _NOT_TAKEN]
    return kept or list(entries)


def latest(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the latest day; the only entry even without one."""
    if len(entries) == 1:
        return list(entries)
    ordered = in_order(entry for entry in taken(entries) if entry.day is not None)
    return [entry for entry in ordered if entry.day == ordered[-1].day]


def earliest(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the earliest day."""
    ordered = in_order(entry for entry in taken(entries) if entry.day is not None)
    return [entry for entry in ordered if entry.day == ordered[0].day]


def one_day(asked: Asked, entries: Sequence[Entry]) -> list[Entry] | None:
    """Return the entries of the day that the question means; None where it means several.

    The last one before a day, the first one after it, the latest one where it asks for what holds now.
    """
    relations = {one.relation for one in asked.understood.dates}
    if asked.intent is Intent.EARLIEST:
        return earliest(entries)
    if asked.intent is Intent.LATEST or asked.understood.current:
        return latest(_going_on(entries))
    if relations & {Relation.BEFORE, Relation.UNTIL}:
        return latest(entries)
    if relations & {Relation.AFTER}:
        return earliest(entries)
    days = {entry.day for entry in entries}
    return list(entries) if len(days) <= 1 else None
