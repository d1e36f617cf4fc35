"""The lexical index of a collection: SQLite FTS5 over title, headings and readable text of the chunks.

It is contentless: it holds no text of its own, lies in the catalogue's database and changes in the
catalogue's transactions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from vault.records import Chunk, Document
from vault.store.catalogue_rows import chunk_from_row, document_from_row, only
from vault.store.database import Database
from vault.text.readable import readable
from vault.text.terms import expression

_ADD = "INSERT INTO chunks_fts (rowid, title, heading, body) VALUES (?, ?, ?, ?)"
_FEW = 32
"""Documents up to which each is searched by itself."""
_FORGET = "INSERT INTO chunks_fts (chunks_fts, rowid, title, heading, body) VALUES ('delete', ?, ?, ?, ?)"


class LexicalIndex:
    """Finds chunks by their words."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def match(
        self, sought: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """(chunk id, BM25 score; higher is better) of the best chunks for an FTS5 expression.

        `sought` must quote every word, as `vault.text.terms.expression` does: raw user text is no FTS5.
        `documents` (sha256) narrows.
        """
        with self._db.read() as db:
            if documents is None:
                return _best(db, sought, limit)
            if len(documents) <= _FEW:
                # FTS5 seeks to the beginning of a range, and reads all there is for a list of ids.
                ranges = [_ids_of(db, sha256) for sha256 in documents]
                hits = [
                    hit
                    for first, last in ranges
                    for hit in _best(db, sought, limit, "AND rowid BETWEEN ? AND ?", [first, last])
                ]
                return sorted(set(hits), key=lambda hit: (-hit[1], hit[0]))[:limit]
            chosen, values = only("d.sha256", documents)
            scope = (
                "AND rowid IN (SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document"
                f" WHERE 1 {chosen})"
            )
            return _best(db, sought, limit, scope, values)

    def frequencies(self, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """How many chunks hold each of `words`, or one that counts as the same, and of how many."""
        with self._db.read() as db:
            (total,) = db.execute("SELECT count(*) FROM chunks").fetchone()
            counts = {
                word: db.execute(
                    "SELECT count(*) FROM chunks_fts WHERE chunks_fts MATCH ?", (expression([word]),)
                ).fetchone()[0]
                for word in words
            }
        return counts, total

    def words_in_documents(self, words: Sequence[str], documents: Sequence[str]) -> dict[str, frozenset[str]]:
        """Which of `words`, or what counts as the same, stand anywhere in each document, by sha256.

        A document's chunks have neighbouring ids, so each look-up is a short range of the index.
        """
        found: dict[str, frozenset[str]] = {}
        sought = {word: expression([word]) for word in words}
        with self._db.read() as db:
            for sha256 in documents:
                first, last = _ids_of(db, sha256)
                found[sha256] = frozenset(
                    word
                    for word, spelled in sought.items()
                    if db.execute(
                        "SELECT 1 FROM chunks_fts WHERE chunks_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1",
                        (spelled, first, last),
                    ).fetchone()
                )
        return found


def _best(
    db: sqlite3.Connection, sought: str, limit: int, scope: str = "", values: Sequence[object] = ()
) -> list[tuple[int, float]]:
    rows = db.execute(
        "SELECT rowid, bm25(chunks_fts, 2.0, 2.0, 1.0) AS score FROM chunks_fts"
        f" WHERE chunks_fts MATCH ? {scope} ORDER BY score, rowid LIMIT ?",
        [sought, *values, limit],
    ).fetchall()
    return [(row["rowid"], -row["score"]) for row in rows]


def _ids_of(db: sqlite3.Connection, sha256: str) -> tuple[int | None, int | None]:
    """The first and the last id of a document's chunks, which are written together; None without any."""
    first, last = db.execute(
        "SELECT min(c.id), max(c.id) FROM chunks c JOIN documents d ON d.id = c.document WHERE d.sha256 = ?",
        (sha256,),
    ).fetchone()
    return first, last


def add_entries(
    db: sqlite3.Connection,
    ids: Sequence[int],
    document: Document,
    chunks: Sequence[Chunk],
    texts: Mapping[int, str],
) -> None:
    """Index chunks under their ids, inside a transaction; `texts` are the page texts by number."""
    db.executemany(_ADD, _entries(ids, document, chunks, texts))


def forget_entries(db: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Take the chunks of the document in `row` (of `documents`) out of the index, inside a transaction."""
    document = document_from_row(row)
    chunks = db.execute(
        "SELECT *, ? AS sha256 FROM chunks WHERE document = ? ORDER BY ordinal",
        (document.sha256, row["id"]),
    ).fetchall()
    texts = {
        page["number"]: page["text"]
        for page in db.execute("SELECT number, text FROM pages WHERE document = ?", (row["id"],))
    }
    # A contentless index forgets an entry only when given the very words that it indexed.
    db.executemany(
        _FORGET,
        _entries([chunk["id"] for chunk in chunks], document, [chunk_from_row(c) for c in chunks], texts),
    )


def forget_for_good(db: sqlite3.Connection) -> None:
    """Write the index anew without the words of entries that were taken out, inside a transaction.

    Until then such an entry is only marked: its words stay in the older parts of the index.
    """
    db.execute("INSERT INTO chunks_fts (chunks_fts) VALUES ('optimize')")


def _entries(
    ids: Sequence[int], document: Document, chunks: Sequence[Chunk], texts: Mapping[int, str]
) -> list[tuple[int, str, str, str]]:
    title = readable(f"{document.title} {document.name}")
    return [
        (chunk_id, title, readable(chunk.heading), readable(chunk.text(texts)))
        for chunk_id, chunk in zip(ids, chunks, strict=True)
    ]
