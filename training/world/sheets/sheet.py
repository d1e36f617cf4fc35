"""A sheet of one person: days with numbers, who signed and how it turned out, and how it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from training.world.asking.asker import Gold, cell
from training.world.chance import Chance
from training.world.dates import month, written
from training.world.draft import Draft, Place
from training.world.people.person import Person
from training.world.sheets.themes import Metric, Theme

LAYOUTS = ("rows", "late date", "across", "two headers", "long", "no year")
"""How the same facts are laid out."""
_STYLES = ("iso", "slashes", "dots", "short", "short year")
_EMPTY = ("", "-", "N/A", "not done")
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


Written = tuple[dict[tuple[int, int], Gold], dict[int, Gold]]
"""The gold of each number by (entry, measurement), and of each row's signature."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row records."""

    day: date
    values: tuple[float | None, ...]
    """Of each measurement; None where it was not taken."""
    staff: Person
    status: str


@dataclass
class Sheet:
    """The entries of one person, with the names of the columns."""

    theme: Theme
    person: Person
    entries: list[Entry]
    headers: list[str]
    layout: str
    comma: bool
    """Whether decimals are written with a comma."""
    style: str
    unit_in: str
    """Where units stand: "header", "cell" or "row"."""

    def text(self, number: int, value: float | None, empty: str = "") -> str:
        """Return a number as the sheet writes it."""
        metric = self.theme.metrics[number]
        if value is None:
            return empty
        text = plain(metric, value)
        if self.comma:
            text = text.replace(".", ",")
        return f"{text} {metric.unit}".strip() if self.unit_in == "cell" else text

    def header(self, number: int) -> str:
        """Return the name of the column of a measurement."""
        unit = self.theme.metrics[number].unit
        return (
            f"{self.headers[number]} ({unit})" if unit and self.unit_in == "header" else self.headers[number]
        )

    def when(self, day: date) -> str:
        """Return a day as the sheet writes it."""
        if self.layout == "no year":
            return f"{_DAYS[day.weekday()]} {day.day:02}/{day.month:02}"
        return written(day, self.style)


def plain(metric: Metric, value: float) -> str:
    """Return a number with the decimals of its measurement."""
    return f"{value:.{metric.decimals}f}"


def made_sheet(theme: Theme, person: Person, days: list[date], staff: list[Person], like: Sheet | None,
               chance: Chance) -> Sheet:  # fmt: skip
    """Return a sheet with an entry for each day; laid out as `like`, if that is given."""
    entries = []
    for day in days:
        values = tuple(
            None if chance.likely(0.07)
            else round(
                metric.low + (metric.high - metric.low) * chance.number(0, 1000) / 1000, metric.decimals
            )
            for metric in theme.metrics
        )  # fmt: skip
        usual = theme.status[1][0]
        status = usual if chance.likely(0.6) else chance.one(theme.status[1][1:])
        entries.append(Entry(day, values, chance.one(staff), status))
    if like is not None:
        return Sheet(theme, person, entries, like.headers, like.layout, like.comma, like.style, like.unit_in)
    return Sheet(
        theme, person, entries, [chance.one(metric.headers) for metric in theme.metrics],
        chance.one(LAYOUTS), chance.likely(0.25), chance.one(_STYLES),
        chance.one(("header", "cell", "row")),
    )  # fmt: skip


def write_sheet(sheet: Sheet, draft: Draft, chance: Chance) -> Written:
    """Write a sheet; return the gold of each number by (entry, measurement), and of each row's signature."""
    person = sheet.person
    first = sheet.entries[0].day
    head = f"{sheet.theme.name.capitalize()} {person.last} {person.first}, {person.number}"
    draft.page(f"{person.last}")
    draft.heading(f"{head}, {month(first)} {first.year}" if sheet.layout == "no year" else head)
    if sheet.layout == "across":
        return _across(sheet, draft, chance)
    if sheet.layout == "long":
        return _long(sheet, draft)
    return _rows(sheet, draft, chance)


def _rows(sheet: Sheet, draft: Draft, chance: Chance) -> Written:
    theme, empty = sheet.theme, chance.one(_EMPTY)
    metrics = range(len(theme.metrics))
    names = [sheet.header(number) for number in metrics]
    late = sheet.layout == "late date"
    before = [theme.row[0].capitalize(), theme.staff[0], "Date"] if late else ["Date"]
    after = [theme.status[0]] if late else [theme.staff[0], theme.status[0]]
    columns = [*before, *names, *after]
    rows = []
    if sheet.unit_in == "row" and sheet.layout != "two headers":
        rows.append([*("" for _ in before), *(one.unit for one in theme.metrics), *("" for _ in after)])
    if sheet.layout == "two headers":
        rows.append(columns)
        columns = [*("" for _ in before), "Measured", *("" for _ in names[1:]), *("" for _ in after)]
    lead = len(rows)
    for number, entry in enumerate(sheet.entries):
        signed = entry.staff.short
        values = [sheet.text(at, value, empty) for at, value in enumerate(entry.values)]
        when = sheet.when(entry.day)
        front = [str(number + 1), signed, when] if late else [when]
        rows.append([*front, *values, *([entry.status] if late else [signed, entry.status])])
    summed = next((at for at in metrics if theme.metrics[at].added), None)
    if summed is not None and chance.likely(0.3):
        total = sum(entry.values[summed] or 0 for entry in sheet.entries)
        cells = ["" for _ in columns]
        cells[0], cells[len(before) + summed] = "Total", sheet.text(summed, total)
        rows.append(cells)
    places = draft.table(columns, rows)[lead:]
    return (
        {(row, at): cell(places[row], len(before) + at)
         for row, entry in enumerate(sheet.entries) for at in metrics if entry.values[at] is not None},
        {row: cell(places[row], 1 if late else len(columns) - 2) for row in range(len(sheet.entries))},
    )  # fmt: skip


def _across(sheet: Sheet, draft: Draft, chance: Chance) -> Written:
    theme, empty = sheet.theme, chance.one(_EMPTY)
    own = sheet.unit_in == "row"
    lead = 2 if own else 1
    columns = ["Item", *(["Unit"] if own else []), *(sheet.when(entry.day) for entry in sheet.entries)]
    rows = [
        [sheet.header(at), *([metric.unit] if own else []),
         *(sheet.text(at, entry.values[at], empty) for entry in sheet.entries)]
        for at, metric in enumerate(theme.metrics)
    ]  # fmt: skip
    blank = [""] if own else []
    rows.append([theme.staff[0], *blank, *(entry.staff.short for entry in sheet.entries)])
    rows.append([theme.status[0], *blank, *(entry.status for entry in sheet.entries)])
    places = draft.table(columns, rows)
    signed = places[len(theme.metrics)]
    return (
        {(row, at): cell(places[at], lead + row)
         for row, entry in enumerate(sheet.entries) for at in range(len(theme.metrics))
         if entry.values[at] is not None},
        {row: cell(signed, lead + row) for row in range(len(sheet.entries))},
    )  # fmt: skip


def _long(sheet: Sheet, draft: Draft) -> Written:
    theme = sheet.theme
    columns = ["Date", "Item", "Result", "Unit", theme.staff[0], theme.status[0]]
    rows: list[list[str]] = []
    at_row: dict[tuple[int, int], int] = {}
    for number, entry in enumerate(sheet.entries):
        for at, value in enumerate(entry.values):
            if value is not None:
                at_row[number, at] = len(rows)
                unit = "" if sheet.unit_in == "cell" else theme.metrics[at].unit
                rows.append([sheet.when(entry.day), sheet.headers[at], sheet.text(at, value), unit,
                             entry.staff.short, entry.status])  # fmt: skip
    places: list[Place] = draft.table(columns, rows)
    return (
        {key: cell(places[row], 2) for key, row in at_row.items()},
        {number: cell(places[row], 4) for (number, _), row in at_row.items()},
    )
