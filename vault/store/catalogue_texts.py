"""The texts in a catalogue: pages, chunks and the embeddings of chunks, read and never written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vault.errors import DocumentNotFound
from vault.records import Chunk, Page
from vault.store.catalogue_rows import chunk_from_row, only, page_from_row
from vault.store.database import Database

_BLOCK = 500
"""Embeddings read at a time."""
_PAGES_CACHED = 256


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with its row id, which is also the id of its vector."""

    id: int
    chunk: Chunk


class CatalogueTexts:
    """Reads pages and chunks; safe to use from several threads."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # Pages never change, and one answer asks for the same few many times.
        self._cached_page = lru_cache(maxsize=_PAGES_CACHED)(self._load_page)

    def forget_pages(self) -> None:
        """Keep no page in memory: some were deleted."""
        self._cached_page.cache_clear()

    def page(self, sha256: str, number: int) -> Page:
        """One page. Raises DocumentNotFound."""
        return self._cached_page(sha256, number)

    def _load_page(self, sha256: str, number: int) -> Page:
        with self._db.read() as db:
            row = db.execute(
                "SELECT p.* FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.sha256 = ? AND p.number = ?",
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

    def has_more_chunks_than(self, number: int) -> bool:
        """Whether there are more than that, superseded ones counted too."""
        with self._db.read() as db:
            return db.execute("SELECT 1 FROM chunks LIMIT 1 OFFSET ?", (number,)).fetchone() is not None

    def texts(self, sha256: str) -> list[tuple[int, str]]:
        """(number, text) of all pages of a document, in order: for reading whole collections fast."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT p.number, p.text FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.sha256 = ? ORDER BY p.number",
                (sha256,),
            ).fetchall()
        return [(row["number"], row["text"]) for row in rows]

    def chunks(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        """Chunks by id, of searchable documents only; an id that names none is left out."""
        marks = ",".join("?" * len(ids))
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, d.sha256 FROM chunks c"
                # The plus keeps SQLite from going through all documents by their state.
                f" JOIN documents d ON d.id = c.document WHERE c.id IN ({marks})"
                " AND +d.state IN ('ready', 'partial')",
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

    def section_around(self, sha256: str, ordinal: int, most: int) -> list[StoredChunk]:
        """The chunk at `ordinal` of a document with at most `most` before and after it that stand under the
        same headings, in order."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.ordinal, c.heading, c.spans, c.tokens, d.sha256 FROM chunks c"
                " JOIN documents d ON d.id = c.document"
                " WHERE d.sha256 = ? AND c.ordinal BETWEEN ? AND ? ORDER BY c.ordinal",
                (sha256, ordinal - most, ordinal + most),
            ).fetchall()
        chunks = [StoredChunk(row["id"], chunk_from_row(row)) for row in rows]
        (here,) = (stored.chunk.heading for stored in chunks if stored.chunk.ordinal == ordinal)
        other = [stored.chunk.ordinal for stored in chunks if stored.chunk.heading != here]
        first = max((place for place in other if place < ordinal), default=ordinal - most - 1)
        last = min((place for place in other if place > ordinal), default=ordinal + most + 1)
        return [stored for stored in chunks if first < stored.chunk.ordinal < last]

    def chunk_ids(self, documents: Sequence[str] | None = None) -> list[int]:
        """Ids of the chunks that belong in the indexes, ascending."""
        chosen, values = only("d.sha256", documents)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document"
                f" WHERE +d.state IN ('ready', 'partial') {chosen} ORDER BY c.id",
                values,
            ).fetchall()
        return [row["id"] for row in rows]

    def embeddings(self, ids: Iterable[int]) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """(chunk id, embedding) for each of `ids` that exists."""
        for found, vectors in self.embedding_blocks(ids):
            yield from zip(found.tolist(), vectors, strict=True)

    def embedding_blocks(self, ids: Iterable[int]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """(chunk ids, embeddings as (ids, dimensions)), block by block, of those of `ids` that exist."""
        wanted = list(ids)
        for first in range(0, len(wanted), _BLOCK):
            some = wanted[first : first + _BLOCK]
            marks = ",".join("?" * len(some))
            with self._db.read() as db:
                rows = db.execute(
                    f"SELECT id, embedding FROM chunks WHERE id IN ({marks}) ORDER BY id", some
                ).fetchall()
            if rows:
                vectors = np.frombuffer(b"".join([row["embedding"] for row in rows]), dtype="<f4")
                yield np.array([row["id"] for row in rows], np.int64), vectors.reshape(len(rows), -1)
