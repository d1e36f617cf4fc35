"""One collection's catalogue: documents, pages, chunks, their embeddings and the lexical index.

It is the truth about the collection. A document enters in one transaction and leaves in one; the
vector index beside it is derived from the embeddings kept here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vault.catalogue_rows import (
    chunk_from_row,
    document_from_row,
    dump_elements,
    dump_spans,
    dump_words,
    page_from_row,
)
from vault.catalogue_schema import CATALOGUE_STEPS
from vault.database import open_database
from vault.errors import DocumentNotFound
from vault.readable import readable
from vault.records import Chunk, Document, DocumentState, Page

_PAGES_CACHED = 256
SEARCHABLE = ("ready", "partial")


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with its row id, which is also the id of its vector."""

    id: int
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class Totals:
    """How much of a collection can be searched."""

    documents: int
    pages: int
    failed: int
    chunks: int


class Catalogue:
    """Reads and writes `catalogue.db`; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._db = open_database(path, CATALOGUE_STEPS)
        # Pages never change, and one answer asks for the same few many times.
        self._cached_page = lru_cache(maxsize=_PAGES_CACHED)(self._load_page)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    # --- facts about the collection -----------------------------------------------------------

    def meta(self) -> dict[str, str]:
        """Facts stamped on the collection: embedder, dimensions, chunker."""
        with self._db.read() as db:
            return {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}

    def set_meta(self, facts: Mapping[str, str]) -> None:
        """Stamp facts on the collection; a fact that is there already is replaced."""
        with self._db.write() as db:
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(facts.items()))

    def totals(self, documents: Sequence[str] | None = None) -> Totals:
        """What a search over the collection, or over some of its documents (sha256), covers."""
        chosen, values = _only("sha256", documents)
        with self._db.read() as db:
            row = db.execute(
                "SELECT coalesce(sum(state IN ('ready', 'partial')), 0) AS documents,"
                " coalesce(sum(CASE WHEN state IN ('ready', 'partial') THEN pages END), 0) AS pages,"
                " coalesce(sum(state = 'failed'), 0) AS failed, coalesce(sum(chunks), 0) AS chunks"
                f" FROM documents WHERE 1 {chosen}",  # noqa: S608 — only placeholders are formatted in
                values,
            ).fetchone()
        return Totals(row["documents"], row["pages"], row["failed"], row["chunks"])

    # --- documents ----------------------------------------------------------------------------

    def add(
        self,
        document: Document,
        pages: Sequence[Page],
        chunks: Sequence[Chunk],
        embeddings: NDArray[np.float32],
    ) -> list[int]:
        """Write one document whole, or not at all; returns the ids of its chunks, in order.

        `embeddings` is (chunks, dimensions). A failed or superseded document of the same bytes is
        replaced; another document that was current under the same path becomes superseded and leaves
        both indexes (its pages stay, so citations of old answers still show), unless the new version
        failed.
        """
        texts = {page.number: page.text for page in pages}
        with self._db.write() as db:
            db.execute("DELETE FROM documents WHERE sha256 = ? AND state IN ('failed', 'superseded')", (document.sha256,))
            self._supersede(db, document)
            row_id = _insert_document(db, document)
            db.executemany(
                "INSERT INTO pages (document, number, label, text, elements, ocr, words)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (row_id, p.number, p.label, p.text, dump_elements(p.elements), p.ocr, dump_words(p.words))
                    for p in pages
                ],
            )
            ids = []
            for chunk, embedding in zip(chunks, embeddings, strict=True):
                cursor = db.execute(
                    "INSERT INTO chunks (document, ordinal, heading, spans, tokens, embedding)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (row_id, chunk.ordinal, chunk.heading, dump_spans(chunk.spans), chunk.tokens,
                     embedding.astype("<f4").tobytes()),
                )  # fmt: skip
                ids.append(int(cursor.lastrowid or 0))
            _index(db, "INSERT INTO chunks_fts (rowid, title, heading, body)", ids, document, chunks, texts)
        return ids

    def mark_vectors_written(self, sha256: str) -> None:
        """Note that every chunk of the document is in the vector index."""
        with self._db.write() as db:
            db.execute("UPDATE documents SET vectors_written = 1 WHERE sha256 = ?", (sha256,))

    def documents_without_vectors(self) -> list[str]:
        """sha256 of searchable documents whose vectors were never noted as written."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT sha256 FROM documents WHERE NOT vectors_written AND state IN ('ready', 'partial')"
            ).fetchall()
        return [row["sha256"] for row in rows]

    def delete(self, sha256: str) -> None:
        """Remove the document with its pages, chunks and index entries.

        Raises DocumentNotFound.
        """
        with self._db.write() as db:
            row = db.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                raise DocumentNotFound(f"The collection holds no document with sha256 {sha256}.")
            self._unindex(db, row)
            db.execute("DELETE FROM documents WHERE id = ?", (row["id"],))
        self._cached_page.cache_clear()

    def documents(self) -> list[Document]:
        """Every document, in the order of their names."""
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM documents ORDER BY name COLLATE NOCASE, added").fetchall()
        return [document_from_row(row) for row in rows]

    def document(self, sha256: str) -> Document:
        """One document. Raises DocumentNotFound."""
        with self._db.read() as db:
            row = db.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise DocumentNotFound(f"The collection holds no document with sha256 {sha256}.")
        return document_from_row(row)

    def find(self, beginning: str) -> Document:
        """The one document whose sha256 begins so (8 digits or more). Raises DocumentNotFound."""
        rows = [d for d in self.documents() if len(beginning) >= 8 and d.sha256.startswith(beginning.lower())]
        if len(rows) != 1:
            raise DocumentNotFound(
                f"{len(rows) or 'No'} documents of the collection have a sha256 that begins with {beginning!r}. "
                "Give at least 8 digits, as `incamera documents` shows them."
            )
        return rows[0]

    def state(self, sha256: str) -> DocumentState | None:
        """The state of a document; None when it is not there."""
        with self._db.read() as db:
            row = db.execute("SELECT state FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else DocumentState(row["state"])

    def superseded_by(self, document: Document) -> list[str]:
        """sha256 of the other versions, current or failed, that `document` takes the place of."""
        with self._db.read() as db:
            return [row["sha256"] for row in _older_versions(db, document)]

    def attached_to(self, sha256: str) -> list[str]:
        """sha256 of the documents that came inside this one."""
        with self._db.read() as db:
            rows = db.execute("SELECT sha256 FROM documents WHERE parent = ?", (sha256,)).fetchall()
        return [row["sha256"] for row in rows]

    # --- pages and chunks ---------------------------------------------------------------------

    def page(self, sha256: str, number: int) -> Page:
        """One page. Raises DocumentNotFound."""
        return self._cached_page(sha256, number)

    def _load_page(self, sha256: str, number: int) -> Page:
        with self._db.read() as db:
            row = db.execute(
                "SELECT p.* FROM pages p JOIN documents d ON d.id = p.document WHERE d.sha256 = ? AND p.number = ?",
                (sha256, number),
            ).fetchone()
        if row is None:
            raise DocumentNotFound(f"There is no page {number} of a document with sha256 {sha256}.")
        return page_from_row(row)

    def pages(self, sha256: str) -> list[Page]:
        """All pages of a document, in order; empty when it is not there."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT p.* FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.sha256 = ? ORDER BY p.number",
                (sha256,),
            ).fetchall()
        return [page_from_row(row) for row in rows]

    def chunks(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        """Chunks by id, of searchable documents only; an id that names none is left out."""
        marks = ",".join("?" * len(ids))
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, d.sha256 FROM chunks c"
                f" JOIN documents d ON d.id = c.document WHERE c.id IN ({marks})"  # noqa: S608
                " AND d.state IN ('ready', 'partial')",
                list(ids),
            ).fetchall()
        return {row["id"]: StoredChunk(row["id"], chunk_from_row(row)) for row in rows}

    def chunks_of(self, sha256: str) -> list[StoredChunk]:
        """The chunks of one document, in order."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, d.sha256 FROM chunks c"
                " JOIN documents d ON d.id = c.document WHERE d.sha256 = ? ORDER BY c.ordinal",
                (sha256,),
            ).fetchall()
        return [StoredChunk(row["id"], chunk_from_row(row)) for row in rows]

    def chunk_ids(self, documents: Sequence[str] | None = None) -> list[int]:
        """Ids of the chunks that belong in the indexes, ascending."""
        chosen, values = _only("d.sha256", documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document"
                f" WHERE d.state IN ('ready', 'partial') {chosen} ORDER BY c.id",  # noqa: S608
                values,
            ).fetchall()
        return [row["id"] for row in rows]

    def embeddings(self, ids: Iterable[int]) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """(chunk id, embedding) for each of `ids` that exists."""
        wanted = list(ids)
        for first in range(0, len(wanted), 500):
            some = wanted[first : first + 500]
            marks = ",".join("?" * len(some))
            with self._db.read() as db:
                rows = db.execute(
                    f"SELECT id, embedding FROM chunks WHERE id IN ({marks}) ORDER BY id",  # noqa: S608
                    some,
                ).fetchall()
            for row in rows:
                yield row["id"], np.frombuffer(row["embedding"], dtype="<f4")

    # --- lexical search -----------------------------------------------------------------------

    def match(
        self, expression: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """(chunk id, BM25 score; higher is better) of the best chunks for an FTS5 expression.

        `expression` comes from `rag.lexical_query`, which quotes every word: raw user text is no FTS5.
        """
        if documents is None:
            scope, values = "", []
        else:
            scope, values = _only("d.sha256", documents)
            scope = (
                "AND rowid IN (SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document"
                f" WHERE 1 {scope})"
            )
        with self._db.read() as db:
            rows = db.execute(
                "SELECT rowid, bm25(chunks_fts, 2.0, 2.0, 1.0) AS score FROM chunks_fts"
                f" WHERE chunks_fts MATCH ? {scope} ORDER BY score, rowid LIMIT ?",  # noqa: S608
                [expression, *values, limit],
            ).fetchall()
        return [(row["rowid"], -row["score"]) for row in rows]

    def document_frequency(self, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """How many indexed chunks hold each of `words` (as the index stems them), and of how many."""
        with self._db.read() as db:
            (total,) = db.execute("SELECT count(*) FROM chunks").fetchone()
            counts = {
                word: db.execute(
                    "SELECT count(*) FROM chunks_fts WHERE chunks_fts MATCH ?", (f'"{word}"',)
                ).fetchone()[0]
                for word in words
            }
        return counts, total

    def words_in_documents(
        self, words: Sequence[str], documents: Sequence[str]
    ) -> dict[str, frozenset[str]]:
        """Which of `words` (as the index stems them) stand anywhere in each document, by sha256.

        A document's chunks have neighbouring ids, so each look-up is a short range of the index.
        """
        found: dict[str, frozenset[str]] = {}
        with self._db.read() as db:
            for sha256 in documents:
                first, last = db.execute(
                    "SELECT min(c.id), max(c.id) FROM chunks c JOIN documents d ON d.id = c.document"
                    " WHERE d.sha256 = ?",
                    (sha256,),
                ).fetchone()
                found[sha256] = frozenset(
                    word
                    for word in words
                    if db.execute(
                        "SELECT 1 FROM chunks_fts WHERE chunks_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1",
                        (f'"{word}"', first, last),
                    ).fetchone()
                )
        return found

    # --- inside a transaction -----------------------------------------------------------------

    def _supersede(self, db: sqlite3.Connection, document: Document) -> None:
        for row in _older_versions(db, document):
            self._unindex(db, row)
            db.execute("UPDATE documents SET state = 'superseded' WHERE id = ?", (row["id"],))

    def _unindex(self, db: sqlite3.Connection, row: sqlite3.Row) -> None:
        """Take the document's chunks out of the lexical index; a superseded one is out already."""
        if row["state"] not in SEARCHABLE:
            return
        document = document_from_row(row)
        chunk_rows = db.execute(
            "SELECT *, ? AS sha256 FROM chunks WHERE document = ? ORDER BY ordinal",
            (document.sha256, row["id"]),
        ).fetchall()
        texts = {
            page["number"]: page["text"]
            for page in db.execute("SELECT number, text FROM pages WHERE document = ?", (row["id"],))
        }
        # A contentless index forgets an entry only when given the very words that it indexed.
        _index(
            db,
            "INSERT INTO chunks_fts (chunks_fts, rowid, title, heading, body)",
            [chunk["id"] for chunk in chunk_rows],
            document,
            [chunk_from_row(chunk) for chunk in chunk_rows],
            texts,
        )


def _older_versions(db: sqlite3.Connection, document: Document) -> list[sqlite3.Row]:
    if not document.path or not document.state.searchable:
        return []
    return db.execute(
        "SELECT * FROM documents WHERE path = ? AND sha256 <> ? AND state IN ('ready', 'partial', 'failed')",
        (document.path, document.sha256),
    ).fetchall()


def _insert_document(db: sqlite3.Connection, document: Document) -> int:
    cursor = db.execute(
        "INSERT INTO documents (sha256, name, path, media_type, title, state, reason, pages, chunks,"
        " ocr_pages, warnings, added, size, parent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.sha256, document.name, document.path, document.media_type, document.title,
            document.state.value, document.reason, document.pages, document.chunks, document.ocr_pages,
            json.dumps(document.warnings), document.added, document.size, document.parent,
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def _index(
    db: sqlite3.Connection,
    insert: str,
    ids: Sequence[int],
    document: Document,
    chunks: Sequence[Chunk],
    texts: Mapping[int, str],
) -> None:
    command = ["delete"] if "(chunks_fts, " in insert else []
    title = readable(f"{document.title} {document.name}")
    marks = ", ".join("?" * (4 + len(command)))
    db.executemany(
        f"{insert} VALUES ({marks})",  # noqa: S608 — only placeholders are formatted in
        [
            (*command, chunk_id, title, readable(chunk.heading), readable(chunk_text(chunk, texts)))
            for chunk_id, chunk in zip(ids, chunks, strict=True)
        ],
    )


def chunk_text(chunk: Chunk, texts: Mapping[int, str]) -> str:
    """The chunk's text: its slices of the page texts (by page number), joined by line ends."""
    return "\n".join(texts[span.page][span.start : span.end] for span in chunk.spans)


def _only(column: str, documents: Sequence[str] | None) -> tuple[str, list[str]]:
    if documents is None:
        return "", []
    marks = ",".join("?" * len(documents))
    return f"AND {column} IN ({marks})", list(documents)
