"""The pages in a catalogue."""

from __future__ import annotations

from functools import lru_cache

from vault.database.database import Database
from vault.errors import DocumentNotFound
from vault.line_numbers import LineNumbers, load_lines
from vault.records import Page, PageName
from vault.store.catalogue.page_names import PageNames
from vault.store.catalogue.rows import page_from_row

_MOST_CACHED = 256


class PageStore:
    """Reads pages. Safe to use from several threads."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.names = PageNames(db)
        # Pages never change, and one answer reads the same few pages many times.
        self._cached = lru_cache(maxsize=_MOST_CACHED)(self._load)

    def clear_cache(self) -> None:
        """Remove all pages from memory, because some were deleted."""
        self._cached.cache_clear()

    def find(self, sha256: str, number: int) -> Page:
        """Return one page of a document. Raises DocumentNotFound."""
        return self._cached(sha256, number)

    def _load(self, sha256: str, number: int) -> Page:
        with self._db.read() as db:
            row = db.execute(
                "SELECT p.* FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.sha256 = ? AND p.number = ?",
                (sha256, number),
            ).fetchone()
        if row is None:
            raise DocumentNotFound(f"There is no page {number} of a document with sha256 {sha256}.")
        return page_from_row(row)

    def of(self, sha256: str) -> list[Page]:
        """Return all pages of a document, in order; none if the document is not in the collection."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT p.* FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.sha256 = ? ORDER BY p.number",
                (sha256,),
            ).fetchall()
        return [page_from_row(row) for row in rows]

    def texts_of(self, sha256: str) -> list[tuple[int, PageName, LineNumbers, str]]:
        """Return (number, name, numbered lines, text) of the pages of a document. Faster than `of`."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT p.number, p.printed, p.bates, p.lines, p.text"
                " FROM pages p JOIN documents d ON d.id = p.document WHERE d.sha256 = ? ORDER BY p.number",
                (sha256,),
            ).fetchall()
        return [
            (row["number"], PageName(row["printed"], row["bates"]), load_lines(row["lines"]), row["text"])
            for row in rows
        ]
