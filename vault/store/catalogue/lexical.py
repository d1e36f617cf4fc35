"""The lexical index of a collection: SQLite FTS5 over title, headings and readable text of the chunks.

It stores no text of its own ("contentless" in FTS5). It is in the catalogue's database and changes in the
catalogue's transactions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from vault.database.database import Database
from vault.database.scope import within_documents
from vault.records import Chunk, Document
from vault.store.catalogue.rows import chunk_from_row, document_from_row
from vault.text.readable import readable
from vault.text.terms import expression

_INSERT = "INSERT INTO chunks_fts (rowid, title, heading, body) VALUES (?, ?, ?, ?)"
_DELETE = "INSERT INTO chunks_fts (chunks_fts, rowid, title, heading, body) VALUES ('delete', ?, ?, ?, ?)"
_MOST_SEARCHED_SINGLY = 32
"""Up to this many chosen documents, each is searched by itself."""


class LexicalIndex:
    """Finds chunks by their words."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def match(
        self, query: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (chunk id, BM25 score; higher is better) of the best chunks for an FTS5 expression.

        `query` must quote every word, as `vault.text.terms.expression` does: text of users may contain FTS5
        syntax. `documents` (sha256) limits the search.
        """
        with self._db.read() as db:
            if documents is None:
                return _best(db, query, limit)
            if len(documents) <= _MOST_SEARCHED_SINGLY:
                # FTS5 seeks to the start of a range of ids, but reads every match for a list of ids.
                ranges = [_id_range(db, sha256) for sha256 in documents]
                hits = [
                    hit
                    for first, last in ranges
                    for hit in _best(db, query, limit, "AND rowid BETWEEN ? AND ?", [first, last])
                ]
                return sorted(set(hits), key=lambda hit: (-hit[1], hit[0]))[:limit]
            condition, values = within_documents("d.sha256", documents)
            scope = (
                "AND rowid IN (SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document"
                f" WHERE 1 {condition})"
            )
            return _best(db, query, limit, scope, values)

    def frequencies(self, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """Return how many chunks contain each word, or one with its stem, and the number of all chunks."""
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
        """Return, by sha256, which of `words` (or words with the same stem) occur in each document.

        The chunks of a document have neighbouring ids, so each look-up is a short range of the index.
        """
        found: dict[str, frozenset[str]] = {}
        queries = {word: expression([word]) for word in words}
        with self._db.read() as db:
            for sha256 in documents:
                first, last = _id_range(db, sha256)
                found[sha256] = frozenset(
                    word
                    for word, query in queries.items()
                    if db.execute(
                        "SELECT 1 FROM chunks_fts WHERE chunks_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1",
                        (query, first, last),
                    ).fetchone()
                )
        return found


def _best(
    db: sqlite3.Connection, query: str, limit: int, scope: str = "", values: Sequence[object] = ()
) -> list[tuple[int, float]]:
    rows = db.execute(
        "SELECT rowid, bm25(chunks_fts, 2.0, 2.0, 1.0) AS score FROM chunks_fts"
        f" WHERE chunks_fts MATCH ? {scope} ORDER BY score, rowid LIMIT ?",
        [query, *values, limit],
    ).fetchall()
    return [(row["rowid"], -row["score"]) for row in rows]


def _id_range(db: sqlite3.Connection, sha256: str) -> tuple[int | None, int | None]:
    """Return the first and last id of a document's chunks, which are consecutive; None without chunks."""
    first, last = db.execute(
        "SELECT min(c.id), max(c.id) FROM chunks c JOIN documents d ON d.id = c.document WHERE d.sha256 = ?",
        (sha256,),
    ).fetchone()
    return first, last


def index_chunks(
    db: sqlite3.Connection,
    ids: Sequence[int],
    document: Document,
    chunks: Sequence[Chunk],
    texts: Mapping[int, str],
) -> None:
    """Add chunks to the index under their ids, inside a transaction. `texts` are page texts by number."""
    db.executemany(_INSERT, _entries(ids, document, chunks, texts))


def unindex_chunks(db: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Remove the chunks of the document in `row` (of `documents`) from the index, inside a transaction."""
    document = document_from_row(row)
    chunks = db.execute(
        "SELECT *, ? AS sha256 FROM chunks WHERE document = ? ORDER BY ordinal",
        (document.sha256, row["id"]),
    ).fetchall()
    texts = {
        page["number"]: page["text"]
        for page in db.execute("SELECT number, text FROM pages WHERE document = ?", (row["id"],))
    }
    # A contentless index removes an entry only when it gets exactly the text that it indexed.
    db.executemany(
        _DELETE,
        _entries([chunk["id"] for chunk in chunks], document, [chunk_from_row(c) for c in chunks], texts),
    )


def scrub_lexical_index(db: sqlite3.Connection) -> None:
    """Rewrite the index, inside a transaction, so that it keeps no words of removed chunks.

    Until then a removed entry is only marked as removed, and its words stay in older parts of the index.
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
