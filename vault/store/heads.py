"""The index of document heads: by what a document is called, and what it says of itself at its beginning.

It lies in the catalogue's database and changes in the catalogue's transactions. Like the lexical index it
is contentless: what it indexed is in the tables `documents` and `heads`, and is given again to be forgotten.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from vault.records import Document, Page
from vault.store.catalogue_rows import only
from vault.store.database import Database
from vault.text.readable import readable
from vault.text.terms import expression

HEAD_CHARACTERS = 1500
"""How much of a document's beginning is its head: title page, parties, addressee, date, subject."""

_INDEXED = (
    "d.id, d.title, d.name, h.head, d.metadata"
    " FROM documents d JOIN heads h ON h.document = d.id WHERE d.id = ?"
)
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)")


class HeadIndex:
    """Finds documents by the words of their title, file name, metadata and first lines."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def count(self) -> int:
        """How many documents have a head: those that can be searched."""
        with self._db.read() as db:
            (total,) = db.execute(
                "SELECT count(*) FROM documents WHERE state IN ('ready', 'partial')"
            ).fetchone()
        return int(total)

    def documents_with(self, word: str, limit: int, documents: Sequence[str] | None = None) -> list[str]:
        """sha256 of at most `limit` documents whose head holds `word`, or one that counts as the same;
        `documents` (sha256) narrows."""
        chosen, values = only("d.sha256", documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT d.sha256 FROM heads_fts JOIN documents d ON d.id = heads_fts.rowid"
                f" WHERE heads_fts MATCH ? AND +d.state IN ('ready', 'partial') {chosen}"
                " ORDER BY heads_fts.rowid LIMIT ?",
                [expression([word]), *values, limit],
            ).fetchall()
        return [row["sha256"] for row in rows]


def head_of(document: Document, pages: Sequence[Page]) -> str:
    """The head of a document: the parts of its file name, and its first `HEAD_CHARACTERS` characters."""
    parts = _INNER_CAPITAL.sub(" ", document.name)
    lines: list[str] = []
    left = HEAD_CHARACTERS
    for page in pages:
        if left <= 0:
            break
        lines.append(readable(page.text[:left]))
        left -= len(page.text)
    return "\n".join([parts, *lines])


def add_head(db: sqlite3.Connection, row_id: int) -> None:
    """Index the head of the document with that id, inside a transaction."""
    db.execute(f"INSERT INTO heads_fts (rowid, title, name, head, metadata) SELECT {_INDEXED}", (row_id,))


def forget_heads(db: sqlite3.Connection, row_ids: Sequence[int]) -> None:
    """Take heads out of the index, inside a transaction, before their documents change or go."""
    db.executemany(
        f"INSERT INTO heads_fts (heads_fts, rowid, title, name, head, metadata) SELECT 'delete', {_INDEXED}",
        [(row_id,) for row_id in row_ids],
    )


def forget_heads_for_good(db: sqlite3.Connection) -> None:
    """As `vault.store.lexical.forget_for_good`, for the heads of documents that were deleted."""
    db.execute("INSERT INTO heads_fts (heads_fts) VALUES ('optimize')")
