"""Entries: the cells that a plan gives, each with what, whose and from when it is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.direct.answer import AnswerRow
from rag.tables.cells.days import as_words
from rag.tables.cells.numbers import CellNumber, plain_unit
from rag.tables.grids.columns import Column
from rag.tables.grids.grid import GridCell, GridRow
from rag.tables.grids.people import person_of, same_person
from rag.tables.planning.plan import Plan
from vault.records import Citation
from vault.text.dates.found import Reading
from vault.text.readable import readable

_TOTAL = re.compile(
    r"^\W*(?:grand\s+|sub-?)?(?:total|totals|sum|summe|gesamt(?:summe)?|zwischensumme|balance)\b",
    re.IGNORECASE,
)
_PEOPLE = ("patient", "client", "resident", "employee", "person")
"""Parts in a document that people have of whom everything in it says something."""
_LONGEST_KEY = 40
"""Characters. A longer cell names no row where the person is known."""
_MONEY = ("£", "€", "$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that may answer."""

    plan: Plan
    row: GridRow
    column: Column
    cell: GridCell
    person: str
    """Whose it is, as its row, sheet or document says; empty if unknown."""
    date: Reading | None
    """The date of its row."""
    since: Reading | None
    """The date of its table or document, where its row has none."""
    number: CellNumber | None

    @property
    def unit(self) -> str:
        """The unit of its number: as the cell says, else its column, else the column of units."""
        if self.number is not None and self.number.unit:
            return self.number.unit
        if self.column.unit:
            return self.column.unit
        for other in self.plan.grid.columns:
            unit = self.row.cells[other.index] if other.holds_units else None
            if unit is not None:
                return unit.text
        return ""

    @property
    def text(self) -> str:
        """What the cell says, with the unit of its column if it has none itself."""
        text = readable(self.cell.text)
        if self.number is None or self.number.unit or not self.unit or not self.number.alone:
            return text
        if self.unit in _MONEY:
            return f"-{self.unit}{text.lstrip('-−–')}" if text[:1] in "-−–" else f"{self.unit}{text}"
        return f"{text} {self.unit}"

    @property
    def what(self) -> str:
        """What the value is: "Potassium", "Bisoprolol, dose"."""
        key = self.plan.key
        named = self.row.cells[key.index] if key is not None else None
        parts = []
        shown = self.plan.keyed or (self.date is None and not self.person) or self.plan.grid.turned
        if named is not None and key is not None and self.column is not key and (shown or self.column.value):
            text = readable(named.text)
            if len(text) > _LONGEST_KEY and self.person:
                text = ""
            parts.append(f"{key.name} {text}" if text.isdigit() else text)
        if not self.column.says_nothing or not parts:
            parts.append(self.column.name)
        return ", ".join(filter(None, parts))

    @property
    def when(self) -> str:
        """The date of its row in words; empty without one, and for a cell that is a date itself."""
        grid = self.plan.grid
        if self.column in grid.date_columns and self.column is not self.plan.date_column:
            return ""
        return as_words(self.date) if self.date is not None else ""

    @property
    def day(self) -> datetime.date | None:
        """The day that orders it, or None."""
        reading = self.date or self.since
        return reading.first if reading is not None else None

    @property
    def total(self) -> bool:
        """Whether its row is the sum of the others."""
        return any(_TOTAL.match(text) for text in self.row.texts())

    @property
    def citation(self) -> Citation:
        """The place of the cell."""
        return self.plan.grid.cite(self.cell)

    @property
    def row_citation(self) -> Citation:
        """The place of the whole row."""
        return self.plan.grid.cite_row(self.cell.sentence)

    def as_row(self, label: str = "") -> AnswerRow:
        """Return the entry as a row of an answer."""
        shown = ", ".join(filter(None, [self.what, self.person, self.when]))
        first = self.date.first if self.date is not None and not self.date.yearless else None
        number = float(self.number.value) if self.number is not None else None
        return AnswerRow(label or shown, self.text, self.citation, first, number, self.unit)


def entries_of(plan: Plan, column: Column | None = None) -> list[Entry]:
    """Return the cells of a column of a plan that are not empty; without `column`, of its main target."""
    grid = plan.grid
    wanted = column or (plan.targets[0] if plan.targets else None)
    if wanted is None:
        return []
    found = []
    for row in plan.rows:
        cell = row.cells[wanted.index]
        if cell is not None:
            found.append(_entry(plan, row, wanted, cell))
    return found if grid.form or len(found) < 2 else [one for one in found if not _repeats_header(one)]


def _entry(plan: Plan, row: GridRow, column: Column, cell: GridCell) -> Entry:
    grid, profile = plan.grid, plan.grid.profile
    dates = plan.date_column
    day = grid.date_at(row, dates) if dates is not None and dates is not column else None
    if dates is column:
        day = grid.date_at(row, column)
    since = None
    if day is None and not grid.form:
        since = grid.table_date
    if day is None and since is None and profile is not None and profile.date is not None:
        since = Reading(profile.date, profile.date)
    person = person_of(grid, row)
    if not person and profile is not None and profile.subjects and profile.subjects[0].role in _PEOPLE:
        person = profile.subject
    return Entry(plan, row, column, cell, readable(person), day, since, grid.number_at(row, column))


def _repeats_header(entry: Entry) -> bool:
    return entry.cell.text.strip().lower() == entry.column.name.lower()


def people_of(entries: Iterable[Entry]) -> list[str]:
    """Return the people whose entries these are, each once; several writings of one name are one."""
    found: list[str] = []
    for entry in entries:
        if entry.person and not any(same_person(entry.person, other) for other in found):
            found.append(entry.person)
    return found


def of_person(entries: Sequence[Entry], person: str) -> list[Entry]:
    """Return the entries of one person."""
    return [entry for entry in entries if same_person(person, entry.person)]


def same_units(entries: Sequence[Entry]) -> bool:
    """Return whether the numbers of all entries have one unit."""
    return len({plain_unit(entry.unit) for entry in entries}) <= 1


def about_the_same(entries: Sequence[Entry]) -> bool:
    """Return whether all entries are of one thing: their columns and rows are called alike."""
    return len({entry.what.lower() for entry in entries}) <= 1


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries in order of their dates; those without one first."""

    def place(entry: Entry) -> tuple[datetime.date, str, int, int]:
        grid = entry.plan.grid
        return entry.day or datetime.date.min, grid.sha256, grid.number, entry.row.number

    return sorted(entries, key=place)
