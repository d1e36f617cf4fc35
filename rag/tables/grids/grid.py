"""A grid: the rows and columns of one table, or the fields of one form as a single row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rag.tables.cells.days import day_readings, name_date
from rag.tables.cells.numbers import CellNumber, has_decimal_comma, number_of
from rag.tables.grids.columns import Column
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence, Profile
from vault.records import Citation
from vault.text.dates.found import Reading

FORM = -1
"""The number of a grid that is made of form fields."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|born|birth|geb\.?|née?)\W*(?:\w+\W+){0,2}(?:19|20)\d\d(?!\d)", re.IGNORECASE
)
_DECEMBER = 12
_SAMPLE = 300
"""How many rows tell what kind of thing stands in a column."""
_MOSTLY = 0.6
"""The part of the cells that are dates or numbers from which a column holds dates or numbers."""


class GridCell(NamedTuple):
    """A cell with its place. One that only repeats the name of a column has the place of no cell."""

    text: str
    sentence: AnnotatedSentence
    start: int = -1
    end: int = -1

    @property
    def placed(self) -> bool:
        """Whether it stands at a place of its own, so that it can be cited."""
        return self.start >= 0


class GridRow(NamedTuple):
    """A row: a cell for each column of its grid, None where the row has none or it is empty."""

    number: int
    cells: tuple[GridCell | None, ...]
    sentence: AnnotatedSentence

    @property
    def apart(self) -> bool:
        """Whether its cells stand in several sentences, as fields do, or are names of columns."""
        return any(
            cell is not None and (cell.sentence is not self.sentence or not cell.placed)
            for cell in self.cells
        )

    def texts(self) -> Iterator[str]:
        """Yield the texts of the cells that are not empty."""
        return (cell.text for cell in self.cells if cell is not None)


@dataclass(frozen=True)
class Grid:
    """The rows of a table that were loaded, with its columns and what is known of the whole."""

    source: TableSource
    sha256: str
    number: int
    """The number of the table in its document, or `FORM`."""
    heading: str
    subject: str
    """Whom or what the whole table is about; empty where only its document says so."""
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    profile: Profile | None
    turned: bool = False
    """Whether its columns were dates, which are now a column of their own."""
    title: str = ""
    """The lines that stand above it."""

    @property
    def document_name(self) -> str:
        """The name of its document."""
        return self.source.documents[self.sha256].name

    @property
    def form(self) -> bool:
        """Whether it is made of the fields of a form."""
        return self.number == FORM

    @cached_property
    def decimal_commas(self) -> tuple[bool, ...]:
        """For each column, whether it writes its decimals with a comma."""
        return tuple(has_decimal_comma(self.texts(column.index)) for column in self.columns)

    @cached_property
    def dates(self) -> tuple[tuple[Reading | None, ...], ...]:
        """For each column, the date of the cell in each row; all None for a column without dates."""
        return tuple(self._dates_of(column) for column in self.columns)

    @cached_property
    def date_columns(self) -> tuple[Column, ...]:
        """The columns that hold dates, but not those of dates of birth."""
        return tuple(
            column
            for column in self.columns
            if not column.born and any(reading is not None for reading in self.dates[column.index])
        )

    @cached_property
    def main_date(self) -> Column | None:
        """The column that dates the rows: the one that is called "Date", else the first one of dates."""
        named = [column for column in self.date_columns if column.stems in (("date",), ("datum",), ("dai",))]
        headed = [column for column in self.date_columns if column.dated]
        starts = [column for column in self.date_columns if not column.ends]
        return next(iter([*named, *headed, *starts, *self.date_columns]), None)

    @cached_property
    def table_date(self) -> Reading | None:
        """The date that the heading or sheet gives to all rows: "Prices from 1 June 2024"."""
        for part in reversed(self.heading.split(" › ")):
            readings = name_date(part)
            if readings:
                return readings[0]
        return None

    @cached_property
    def year(self) -> int | None:
        """The year in which dates without one lie: as its title, sheet, file or document says."""
        for text in (self.title, self.heading, self.document_name):
            years = {int(year) for year in _YEAR.findall(_BORN.sub(" ", text))}
            if years:
                return years.pop() if len(years) == 1 else None
        return self.profile.date.year if self.profile is not None and self.profile.date is not None else None

    def texts(self, index: int) -> Iterator[str]:
        """Yield the texts of a column that are not empty."""
        return (cell.text for row in self.rows if (cell := row.cells[index]) is not None)

    def number_at(self, row: GridRow, column: Column) -> CellNumber | None:
        """Return the number of a cell; None for words, dates and empty cells."""
        cell = row.cells[column.index]
        if cell is None or column.identifier or self.date_at(row, column) is not None:
            return None
        return number_of(cell.text, self.decimal_commas[column.index])

    def date_at(self, row: GridRow, column: Column) -> Reading | None:
        """Return the date of a cell, if its column holds dates."""
        return self.dates[column.index][row.number]

    def numeric(self, column: Column) -> bool:
        """Return whether most cells of a column are numbers."""
        filled = [row for row in self.rows[:_SAMPLE] if row.cells[column.index] is not None]
        numbers = sum(self.number_at(row, column) is not None for row in filled)
        return bool(filled) and numbers >= _MOSTLY * len(filled)

    def cite(self, cell: GridCell) -> Citation:
        """Return the citation of a cell; of its row, if the cell has no place of its own."""
        if not cell.placed:
            return self.cite_row(cell.sentence)
        return self.source.cite(self.sha256, cell.sentence.span.page, cell.start, cell.end, cell.text)

    def cite_row(self, sentence: AnnotatedSentence) -> Citation:
        """Return the citation of a whole row."""
        return self.source.cite_sentence(self.sha256, sentence)

    def _dates_of(self, column: Column) -> tuple[Reading | None, ...]:
        texts = [cell.text if (cell := row.cells[column.index]) is not None else "" for row in self.rows]
        if self.turned:
            headings = [name_date(text) if column.dated else () for text in texts]
            if any(headings):
                return self._in_years([one[0] if one else None for one in headings])
        named = column.dated or (not self.form and (column.begins or column.ends))
        if not self.form and not any(day_readings(texts[:_SAMPLE], named=named)):
            return (None,) * len(texts)
        readings = day_readings(texts, named=named)
        filled = sum(bool(text) for text in texts)
        dated = sum(reading is not None for reading in readings)
        if self.form or (dated and (dated >= _MOSTLY * filled or named)):
            return self._in_years(readings)
        return (None,) * len(readings)

    def _in_years(self, readings: Sequence[Reading | None]) -> tuple[Reading | None, ...]:
        """Return dates with the year of the table where they have none; after December comes the next one."""
        if self.year is None:
            return tuple(readings)
        found: list[Reading | None] = []
        year, month = self.year, 0
        for one in readings:
            if one is not None and one.yearless:
                year += month == _DECEMBER and one.first.month == 1
                month = one.first.month
                one = one.in_year(year)
            found.append(one)
        return tuple(found)
