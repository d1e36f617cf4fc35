"""The chunks in a catalogue, and their embeddings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vault.database.database import Database
from vault.database.scope import within_documents
from vault.records import Chunk, Span
from vault.store.catalogue.rows import chunk_from_row

_BLOCK = 500
"""How many embeddings are read at a time."""
_NOTE_AFTER = 12
"""How many chunks after the one of its page a note may stand."""


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with its row id, which is also the id of its vector."""

    id: int
    chunk: Chunk


class ChunkStore:
    """Reads chunks and embeddings. Safe to use from several threads."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def more_than(self, number: int) -> bool:
        """Return whether there are more chunks than `number`, counting those of superseded documents."""
        with self._db.read() as db:
            return db.execute("SELECT 1 FROM chunks LIMIT 1 OFFSET ?", (number,)).fetchone() is not None

    def by_id(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        """Return the chunks with these ids that exist and belong to searchable documents."""
        marks = ",".join("?" * len(ids))
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, d.sha256 FROM chunks c"
                # The plus stops SQLite from using the index on the state, which reads all documents.
                f" JOIN documents d ON d.id = c.document WHERE c.id IN ({marks})"
                " AND +d.state IN ('ready', 'partial')",
                list(ids),
            ).fetchall()
        return {row["id"]: StoredChunk(row["id"], chunk_from_row(row)) for row in rows}

    def of(self, sha256: str) -> list[StoredChunk]:
        """Return the chunks of one document, in order."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, d.sha256 FROM chunks c"
                " JOIN documents d ON d.id = c.document WHERE d.sha256 = ? ORDER BY c.ordinal",
                (sha256,),
            ).fetchall()
        return [StoredChunk(row["id"], chunk_from_row(row)) for row in rows]

    def covering(self, sha256: str, place: Span) -> StoredChunk | None:
        """Return the chunk of a document that holds a place, or its beginning; None if none does.

        Chunks are in the order of the text, so the right one is found by halving. Two things stand elsewhere:
        a note after the paragraph that goes on over its page, and running lines at the end of the document.
        """
        with self._db.read() as db:
            row = db.execute(
                "SELECT d.id, max(c.ordinal) AS last FROM chunks c JOIN documents d ON d.id = c.document"
                " WHERE d.sha256 = ? AND d.state IN ('ready', 'partial') GROUP BY d.id",
                (sha256,),
            ).fetchone()
            if row is None or row["last"] is None:
                return None

            def chunk_at(ordinal: int) -> StoredChunk:
                stored = db.execute(
                    "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, ? AS sha256 FROM chunks c"
                    " WHERE c.document = ? AND c.ordinal = ?",
                    (sha256, row["id"], ordinal),
                ).fetchone()
                return StoredChunk(stored["id"], chunk_from_row(stored))

            first, last = 0, row["last"]
            found = row["last"]
            while first <= last:
                middle = (first + last) // 2
                # A chunk may begin with a table header that is repeated, so its end tells where it is.
                end = max((span.page, span.end) for span in chunk_at(middle).chunk.spans)
                if end <= (place.page, place.start):
                    first = middle + 1
                else:
                    found, last = middle, middle - 1
            likely = (found, *range(found + 1, found + 1 + _NOTE_AFTER), row["last"])
            for ordinal in dict.fromkeys(likely):
                if ordinal <= row["last"]:
                    stored = chunk_at(ordinal)
                    if any(_holds(span, place) for span in stored.chunk.spans):
                        return stored
        return None

    def section_around(self, sha256: str, ordinal: int, neighbours: int) -> list[StoredChunk]:
        """Return the chunk at `ordinal` of a document and its neighbours under the same heading, in order.

        At most `neighbours` chunks before it and as many after it are returned.
        """
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, d.sha256 FROM chunks c"
                " JOIN documents d ON d.id = c.document"
                " WHERE d.sha256 = ? AND c.ordinal BETWEEN ? AND ? ORDER BY c.ordinal",
                (sha256, ordinal - neighbours, ordinal + neighbours),
            ).fetchall()
        chunks = [StoredChunk(row["id"], chunk_from_row(row)) for row in rows]
        (heading,) = (stored.chunk.heading for stored in chunks if stored.chunk.ordinal == ordinal)
        other = [stored.chunk.ordinal for stored in chunks if stored.chunk.heading != heading]
        before = max((place for place in other if place < ordinal), default=ordinal - neighbours - 1)
        after = min((place for place in other if place > ordinal), default=ordinal + neighbours + 1)
        return [stored for stored in chunks if before < stored.chunk.ordinal < after]

    def ids(self, documents: Sequence[str] | None = None) -> list[int]:
        """Return the chunk ids of searchable documents, ascending; only those in `documents` if given."""
        condition, values = within_documents("d.sha256", documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document"
                f" WHERE +d.state IN ('ready', 'partial') {condition} ORDER BY c.id",
                values,
            ).fetchall()
        return [row["id"] for row in rows]

    def embeddings(self, ids: Iterable[int]) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Yield (chunk id, embedding) for each of `ids` that exists."""
        for found, vectors in self.embedding_blocks(ids):
            yield from zip(found.tolist(), vectors, strict=True)

    def embedding_blocks(self, ids: Iterable[int]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """Yield (chunk ids, embeddings as (ids, dimensions)) of those of `ids` that exist, block by block."""
        wanted = list(ids)
        for first in range(0, len(wanted), _BLOCK):
            block = wanted[first : first + _BLOCK]
            marks = ",".join("?" * len(block))
            with self._db.read() as db:
                rows = db.execute(
                    f"SELECT id, embedding FROM chunks WHERE id IN ({marks}) ORDER BY id", block
                ).fetchall()
            if rows:
                vectors = np.frombuffer(b"".join([row["embedding"] for row in rows]), dtype="<f4")
                yield np.array([row["id"] for row in rows], np.int64), vectors.reshape(len(rows), -1)


def _holds(span: Span, place: Span) -> bool:
    return span.page == place.page and span.start <= place.start < span.end
