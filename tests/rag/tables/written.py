"""Tables that a test writes down, in an index of sentences that is kept in memory."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence, Cell, Profile, Subject, Table
from vault.normal_forms import date_forms
from vault.records import Document, DocumentState, ElementKind, PageName, Span
from vault.text.dates.find import find_dates
from vault.text.terms import TOKENIZER


@dataclass
class Written:
    """A document as a test writes it: fields, and tables with a heading; the first row has the columns."""

    name: str
    tables: Sequence[Sequence[Sequence[str]]] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    headings: Sequence[str] = ()
    subjects: Sequence[tuple[str, str]] = ()
    """(name, role)"""
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: date | None = None
    kind: str = ""
    sheets: Sequence[str] = ()
    """For each table: whom the table is about."""
    separate: bool = False
    """Whether each table stands on a page of its own."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()


class IndexInMemory:
    """Finds sentences as the index of a collection does."""

    def __init__(self, documents: Iterable[Written]) -> None:
        self.pages: dict[tuple[str, int], str] = {}
        self._sentences: dict[int, AnnotatedSentence] = {}
        self._tables: list[Table] = []
        self._profiles: dict[str, Profile] = {}
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "CREATE VIRTUAL TABLE s USING fts5 (body, about, forms, document UNINDEXED,"
            f' tokenize = "{TOKENIZER}")'
        )
        for document in documents:
            self._add(document)

    def match(
        self, expression: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        if not expression:
            return []
        rows = self._db.execute(
            "SELECT rowid, bm25(s), document FROM s WHERE s MATCH ? ORDER BY bm25(s), rowid",
            (f"{{body about forms}} : ({expression})",),
        ).fetchall()
        return [(row[0], -row[1]) for row in rows if documents is None or row[2] in documents][:limit]

    def by_id(self, ids: Iterable[int]) -> dict[int, AnnotatedSentence]:
        return {one: self._sentences[one] for one in ids}

    def at(self, sha256: str, page: int) -> list[AnnotatedSentence]:
        return [s for s in self._sentences.values() if s.document == sha256 and s.span.page == page]

    def rows(self, sha256: str, table: int, *, found: bool = True) -> list[AnnotatedSentence]:
        return [s for s in self._sentences.values() if s.document == sha256 and s.table == table]

    def tables(self, documents: Sequence[str] | None = None) -> list[Table]:
        return [one for one in self._tables if documents is None or one.document in documents]

    def profiles(self, documents: Sequence[str] | None = None) -> dict[str, Profile]:
        return {k: v for k, v in self._profiles.items() if documents is None or k in documents}

    def _add(self, document: Written) -> None:
        self._profiles[document.sha256] = Profile(
            document.sha256,
            tuple(Subject(name, role, document.numbers.get(name, ())) for name, role in document.subjects),
            document.date,
            document.kind,
        )
        text, page = "", 1
        for name, value in document.fields.items():
            start = len(text)
            text += f"{name}: {value}\n"
            cell = Cell(name, value, start + len(name) + 2, start + len(name) + 2 + len(value))
            self._sentence(document, page, start, f"{name}: {value}", (cell,), None, None, "", "")
        for number, table in enumerate(document.tables):
            if document.separate and number:
                self.pages[document.sha256, page] = text
                text, page = "", page + 1
            heading = document.headings[number] if number < len(document.headings) else ""
            subject = document.sheets[number] if number < len(document.sheets) else ""
            columns = tuple(table[0])
            self._tables.append(Table(document.sha256, number, heading, columns, len(table) - 1, subject))
            text += " | ".join(columns) + "\n"
            for row, values in enumerate(table[1:]):
                start = len(text)
                cells, at = [], start
                for column, value in zip(columns, values, strict=True):
                    if value:
                        cells.append(Cell(column, value, at, at + len(value)))
                    at += len(value) + 3
                line = " | ".join(values)
                text += line + "\n"
                self._sentence(document, page, start, line, tuple(cells), number, row, heading, subject)
        self.pages[document.sha256, page] = text

    def _sentence(self, document: Written, page: int, start: int, line: str, cells: tuple[Cell, ...],
                  table: int | None, row: int | None, heading: str, subject: str) -> None:  # fmt: skip
        identity = len(self._sentences) + 1
        kind = ElementKind.PARAGRAPH if table is None else ElementKind.TABLE_ROW
        dates = tuple(find_dates(line))
        self._sentences[identity] = AnnotatedSentence(
            identity, document.sha256, identity, Span(page, start, start + len(line)), line, kind, heading,
            table, row, cells, subject, "", dates,
        )  # fmt: skip
        about = " ".join([heading, subject, *(cell.column for cell in cells)])
        self._db.execute(
            "INSERT INTO s (rowid, body, about, forms, document) VALUES (?, ?, ?, ?, ?)",
            (identity, line, about, " ".join(date_forms(dates)), document.sha256),
        )


class Unnamed:
    """The names of pages that have none."""

    def of(self, sha256: str, number: int) -> PageName:
        """Return no name."""
        return PageName()

    def at(self, sha256: str, number: int, start: int, end: int) -> PageName:
        """Return no name."""
        return PageName()


def source_of(*documents: Written) -> TableSource:
    """A source with these documents."""
    known = {
        one.sha256: Document(
            one.sha256, one.name, one.name, "text/csv", "", DocumentState.READY, "", 1, 1, 0, (), "", 1
        )
        for one in documents
    }
    return TableSource("matter", IndexInMemory(documents), known, Unnamed())  # type: ignore[arg-type]
