"""What the pages of a catalogue are called on paper, and which pages have a name."""

from __future__ import annotations

from collections.abc import Sequence

from vault.database.database import Database
from vault.database.scope import within_documents
from vault.line_numbers import load_lines
from vault.records import NO_NAME, PageName, page_name_form


class PageNames:
    """Reads the names of pages. Safe to use from several threads."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, sha256: str, number: int) -> PageName:
        """Return the name of a page of a document; an empty one if there is no such page."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT p.printed, p.bates FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.sha256 = ? AND p.number = ?",
                (sha256, number),
            ).fetchone()
        return PageName(row["printed"], row["bates"]) if row else NO_NAME

    def at(self, sha256: str, number: int, start: int, end: int) -> PageName:
        """Return the name of a part of a page, with its lines where they are numbered."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT p.printed, p.bates, p.lines FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.sha256 = ? AND p.number = ?",
                (sha256, number),
            ).fetchone()
        if row is None:
            return NO_NAME
        return PageName(row["printed"], row["bates"]).at(load_lines(row["lines"]), start, end)

    def with_lines(self, name: str, documents: Sequence[str] | None = None) -> list[tuple[str, int]]:
        """Return (sha256, number) of the pages with numbered lines that are called so, by document.

        That is by the name of the page, or by its number where no page number is printed on it. Without
        `documents` (sha256) these are pages of the current documents.
        """
        condition, values = within_documents("d.sha256", documents)
        current = "AND d.state IN ('ready', 'partial')" if documents is None else condition
        with self._db.read() as db:
            rows = db.execute(
                "SELECT d.sha256, p.number FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE p.lines <> '' AND ((p.printed = '' AND CAST(p.number AS TEXT) = ?) OR EXISTS"
                " (SELECT 1 FROM page_names n WHERE n.form = ? AND n.document = p.document"
                " AND n.page = p.number))"
                f" {current} ORDER BY d.id, p.number",
                [name, page_name_form(name), *values],
            ).fetchall()
        return [(row["sha256"], row["number"]) for row in rows]

    def pages(self, name: str, documents: Sequence[str] | None = None) -> list[tuple[str, int]]:
        """Return (sha256, number) of the pages with a name, by document and then in order.

        Case, spaces and dashes make no difference. Without `documents` (sha256) these are pages of the
        current documents.
        """
        condition, values = within_documents("d.sha256", documents)
        current = "AND d.state IN ('ready', 'partial')" if documents is None else condition
        with self._db.read() as db:
            rows = db.execute(
                "SELECT d.sha256, n.page FROM page_names n JOIN documents d ON d.id = n.document"
                f" WHERE n.form = ? {current} ORDER BY d.id, n.page",
                [page_name_form(name), *values],
            ).fetchall()
        return [(row["sha256"], row["page"]) for row in rows]
