"""Two values side by side: of two people, two days, two columns or two versions of a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.understanding.understood import AskedDate
from rag.tables.asking.asked import Asked
from rag.tables.cells.days import fits
from rag.tables.cells.numbers import with_unit
from rag.tables.composing.chosen import dated_right
from rag.tables.composing.entries import Entry, entries_of, in_order, of_person, people_of, same_units
from rag.tables.composing.lines import computed, line_of, quoted, sureness
from rag.tables.planning.context import version_of
from rag.tables.planning.plan import Plan

_SURE = 0.8
_MOST = 6
"""How many values may stand side by side."""


def comparison_answer(asked: Asked, plans: Sequence[Plan]) -> DirectAnswer | None:
    """Return the values that the question compares, with the difference where two numbers have one unit."""
    entries = [entry for plan in plans for column in plan.targets for entry in entries_of(plan, column)]
    entries = [entry for entry in dated_right(asked, entries) if not entry.total]
    chosen = _chosen(asked, entries)
    if not 2 <= len(chosen) <= _MOST:
        return None
    text = "; ".join(_line(entry, chosen) for entry in chosen)
    numbers = [entry.number.value for entry in chosen if entry.number is not None]
    if len(chosen) == 2 and len(numbers) == 2 and same_units(chosen):
        change = _difference(numbers[0], numbers[1], chosen[0].unit)
        return computed(f"{text}; {change}", chosen, AnswerForm.COMPARISON, sureness(chosen, _SURE))
    return quoted(text, chosen, AnswerForm.COMPARISON, sureness(chosen, _SURE))


def _line(entry: Entry, chosen: Sequence[Entry]) -> str:
    """Return the line of an entry, with its sheet or document where nothing else tells the values apart."""
    line = line_of(entry)
    if sum(line_of(other).rpartition(": ")[0] == line.rpartition(": ")[0] for other in chosen) < 2:
        return line
    heading = entry.plan.grid.heading.rpartition(" › ")[2]
    others = {other.plan.grid.heading for other in chosen}
    where = heading if heading and len(others) > 1 else entry.plan.grid.document_name
    return f"{line} ({where})"


def _difference(first: Decimal, last: Decimal, unit: str) -> str:
    change = last - first
    return "no difference" if not change else f"difference {with_unit(abs(change), unit)}"


def _chosen(asked: Asked, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that are compared, in order."""
    if asked.versions:
        return _of_versions(asked, entries)
    people = people_of(entries)
    if len(people) > 1:
        if len(asked.understood.names) < 2:
            return []
        each = [_latest(of_person(entries, person)) for person in people]
        return [one for one in each if one is not None]
    dates = asked.understood.dates
    if len(dates) >= 2:
        found = [[entry for entry in entries if _on(entry, one)] for one in dates]
        return [entry for one in found for entry in one] if all(found) else []
    if asked.ends:
        ordered = in_order(entry for entry in entries if entry.day is not None)
        apart = len(ordered) > 1 and ordered[0].day != ordered[-1].day
        return [ordered[0], ordered[-1]] if apart else []
    columns = {entry.column.name for entry in entries}
    ordered = in_order(entries)
    if len(columns) > 1 or len({entry.since for entry in ordered}) > 1 or len(ordered) == 2:
        return ordered
    return []


def _of_versions(asked: Asked, entries: Sequence[Entry]) -> list[Entry]:
    """Return the value of each version; empty where one has none, or several.

    A version of a schedule of dates has the value that holds first on or after the day that is asked for.
    """
    found: list[Entry] = []
    for version in asked.versions:
        own = [one for one in entries if version_of(one.plan.grid, asked.versions) == version]
        if asked.understood.dates and (ordered := in_order(own)):
            own = [one for one in ordered if one.day == ordered[0].day]
        best = max((one.plan.score for one in own), default=0.0)
        own = [one for one in own if one.plan.score == best]
        if len({one.text for one in own}) != 1:
            return []
        found.append(own[0])
    return found


def _on(entry: Entry, asked: AskedDate) -> bool:
    return entry.date is not None and fits(entry.date, asked)


def _latest(entries: Sequence[Entry]) -> Entry | None:
    ordered = in_order(entries)
    return ordered[-1] if ordered else None
