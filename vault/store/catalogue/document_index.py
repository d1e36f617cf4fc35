"""The document index: finds documents by their title, file name, metadata and opening words.

It is in the catalogue's database and changes in the catalogue's transactions. Like the lexical index it has
no text of its own: what it indexed is in the tables `documents` and `heads`, and has to be given again to be
removed from the index.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from vault.database.database import Database
from vault.database.scope import within_documents
from vault.records import Document, Page
from vault.text.readable import readable
from vault.text.terms import expression

OPENING_CHARACTERS = 1500
"""Length of the opening of a document: enough for title page, parties, addressee, date and subject."""

_INDEXED = (
    "d.id, d.title, d.name, h.head, d.metadata"
    " FROM documents d JOIN heads h ON h.document = d.id WHERE d.id = ?"
)
_WORD_BREAK_IN_NAME = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)")


class DocumentIndex:
    """Finds documents by the words of their title, file name, metadata and opening."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def count(self) -> int:
        """Return how many documents can be found."""
        with self._db.read() as db:
            (total,) = db.execute(
                "SELECT count(*) FROM documents WHERE state IN ('ready', 'partial')"
            ).fetchone()
        return int(total)

    def documents_with(self, word: str, limit: int, documents: Sequence[str] | None = None) -> list[str]:
        """Return the sha256 of at most `limit` documents that contain `word`, or a word with the same stem.

        `documents` (sha256) limits the search.
        """
        condition, values = within_documents("d.sha256", documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT d.sha256 FROM heads_fts JOIN documents d ON d.id = heads_fts.rowid"
                f" WHERE heads_fts MATCH ? AND +d.state IN ('ready', 'partial') {condition}"
                " ORDER BY heads_fts.rowid LIMIT ?",
                [expression([word]), *values, limit],
            ).fetchall()
        return [row["sha256"] for row in rows]


def opening_of(document: Document, pages: Sequence[Page]) -> str:
    """Return the parts of the file name, and the first `OPENING_CHARACTERS` characters of the pages."""
    parts = _WORD_BREAK_IN_NAME.sub(" ", document.name)
    lines: list[str] = []
    left = OPENING_CHARACTERS
    for page in pages:
        if left <= 0:
            break
        lines.append(readable(page.text[:left]))
        left -= len(page.text)
    return "\n".join([parts, *lines])


def insert_opening(db: sqlite3.Connection, row_id: int, opening: str) -> None:
    """Store the opening of the document with that row id, inside a transaction, and index the document."""
    db.execute("INSERT INTO heads VALUES (?, ?)", (row_id, opening))
    index_document(db, row_id)


def index_document(db: sqlite3.Connection, row_id: int) -> None:
    """Add the document with that row id to the index, inside a transaction."""
    db.execute(f"INSERT INTO heads_fts (rowid, title, name, head, metadata) SELECT {_INDEXED}", (row_id,))


def unindex_documents(db: sqlite3.Connection, row_ids: Sequence[int]) -> None:
    """Remove documents from the index, inside a transaction, before their rows change or are deleted."""
    db.executemany(
        f"INSERT INTO heads_fts (heads_fts, rowid, title, name, head, metadata) SELECT 'delete', {_INDEXED}",
        [(row_id,) for row_id in row_ids],
    )


def scrub_document_index(db: sqlite3.Connection) -> None:
    """Rewrite the index, inside a transaction, so that it keeps no words of removed documents."""
    db.execute("INSERT INTO heads_fts (heads_fts) VALUES ('optimize')")
