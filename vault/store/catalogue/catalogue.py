"""The catalogue of a collection: documents, pages, chunks and their embeddings.

A document is added and deleted in one transaction. The vector index is derived from the embeddings here. The
lexical index and the document index (`lexical` and `document_index`) are in the same database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vault.annotations import Annotation
from vault.database.database import open_database
from vault.database.scope import within_documents
from vault.errors import DocumentNotFound
from vault.held import CheckHeld, nothing_held
from vault.records import Chunk, Document, DocumentState, Page
from vault.sealing.key import Key
from vault.store.catalogue.changes import (
    current_versions,
    delete_documents,
    insert_chunks,
    insert_document,
    insert_pages,
    older_versions,
    supersede_documents,
    unindex_document,
    unindex_document_chunks,
)
from vault.store.catalogue.chunks import ChunkStore
from vault.store.catalogue.document_index import (
    DocumentIndex,
    index_document,
    insert_opening,
    opening_of,
    scrub_document_index,
    unindex_documents,
)
from vault.store.catalogue.lexical import LexicalIndex, index_chunks, scrub_lexical_index
from vault.store.catalogue.pages import PageStore
from vault.store.catalogue.rows import document_from_row
from vault.store.catalogue.schema import CATALOGUE_STEPS
from vault.store.sentences.changes import insert_annotation, scrub_sentence_index
from vault.store.sentences.index import SentenceIndex
from vault.text.counted import agreeing

NewChunks = tuple[Sequence[Chunk], Sequence[NDArray[np.float32]]]
"""Chunks of a document, and the embedding of each."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much of a collection can be searched."""

    documents: int
    """Documents with words. The others count as `failed`."""
    pages: int
    failed: int
    """Documents that cannot be searched: broken, locked, or without readable words."""
    chunks: int
    partial: int = 0
    """Those of `documents` that hold something that could not be read."""


class Catalogue:
    """Reads and writes `catalogue.db`. Safe to use from several threads.

    Documents are read and written here; `pages` and `chunks` read what belongs to them, and `lexical` and
    `document_index` search by words.
    """

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self._db = open_database(path, CATALOGUE_STEPS, key)
        self.pages = PageStore(self._db)
        self.chunks = ChunkStore(self._db)
        self.lexical = LexicalIndex(self._db)
        self.document_index = DocumentIndex(self._db)
        self.sentences = SentenceIndex(self._db)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    # --- facts about the collection -----------------------------------------------------------

    def meta(self) -> dict[str, str]:
        """Return the facts stored about the collection, such as embedder, dimensions and chunker."""
        with self._db.read() as db:
            return {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}

    def set_meta(self, facts: Mapping[str, str]) -> None:
        """Store facts about the collection, in place of earlier values."""
        with self._db.write() as db:
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(facts.items()))

    def totals(self, documents: Sequence[str] | None = None) -> Totals:
        """Return how much a search over the collection, or over `documents` (sha256), covers."""
        condition, values = within_documents("sha256", documents)
        # A superseded document is searched only when it is chosen explicitly.
        searched = "('ready', 'partial')" if documents is None else "('ready', 'partial', 'superseded')"
        with self._db.read() as db:
            row = db.execute(
                f"SELECT coalesce(sum(state IN {searched} AND chunks > 0), 0) AS documents,"
                f" coalesce(sum(CASE WHEN state IN {searched} AND chunks > 0 THEN pages END), 0) AS pages,"
                f" coalesce(sum(state = 'failed' OR (state IN {searched} AND chunks = 0)), 0) AS failed,"
                " coalesce(sum(chunks), 0) AS chunks,"
                " coalesce(sum(state = 'partial' AND chunks > 0), 0) AS partial"
                f" FROM documents WHERE 1 {condition}",
                values,
            ).fetchone()
        return Totals(row["documents"], row["pages"], row["failed"], row["chunks"], row["partial"])

    # --- add, change and delete documents -----------------------------------------------------

    def add(
        self,
        document: Document,
        pages: Sequence[Page],
        chunks: Sequence[Chunk],
        embeddings: NDArray[np.float32],
        annotation: Annotation | None = None,
        again: bool = False,
    ) -> list[int]:
        """Add one document in one transaction, and return the ids of its chunks in order.

        `embeddings` is (chunks, dimensions). A failed or superseded document with the same bytes is
        replaced, with `again` a current one too. Another current one with the same path is superseded, leaves
        both indexes, unless the new version failed, and its pages stay for citations of old answers.
        """
        texts = {page.number: page.text for page in pages}
        with self._db.write() as db:
            same = db.execute("SELECT * FROM documents WHERE sha256 = ?", (document.sha256,)).fetchall()
            for row in same if again else ():
                unindex_document(db, row)
            delete_documents(db, [r["id"] for r in same if again or r["state"] in ("failed", "superseded")])
            supersede_documents(db, older_versions(db, document))
            row_id = insert_document(db, document)
            insert_opening(db, row_id, opening_of(document, pages))
            insert_pages(db, row_id, pages)
            ids = insert_chunks(db, row_id, chunks, embeddings)
            index_chunks(db, ids, document, chunks, texts)
            if annotation is not None:
                insert_annotation(db, row_id, annotation)
        return ids

    def replace_chunks(self, chunks_of: Callable[[str], NewChunks], facts: Mapping[str, str]) -> int:
        """Replace the chunks of all documents and store `facts`, in one transaction.

        `chunks_of` is called with the sha256 of each document. Returns the number of new chunks.
        """
        count = 0
        with self._db.write() as db:
            for row in db.execute("SELECT * FROM documents").fetchall():
                document = document_from_row(row)
                unindex_document_chunks(db, row)
                db.execute("DELETE FROM chunks WHERE document = ?", (row["id"],))
                chunks, embeddings = chunks_of(document.sha256)
                ids = insert_chunks(db, row["id"], chunks, embeddings)
                if document.state.searchable:
                    pages = db.execute("SELECT number, text FROM pages WHERE document = ?", (row["id"],))
                    index_chunks(db, ids, document, chunks, {page["number"]: page["text"] for page in pages})
                db.execute(
                    "UPDATE documents SET chunks = ?, vectors_written = 0 WHERE id = ?", (len(ids), row["id"])
                )
                count += len(ids)
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(facts.items()))
        return count

    def delete(self, sha256: str) -> None:
        """Delete a document with its pages, chunks and index entries. Raises DocumentNotFound."""
        with self._db.write() as db:
            row = db.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                raise DocumentNotFound(f"The collection holds no document with sha256 {sha256}.")
            unindex_document(db, row)
            delete_documents(db, [row["id"]])
            db.execute("DELETE FROM unfinished WHERE sha256 = ?", (sha256,))
        self.pages.clear_cache()

    def scrub(self) -> None:
        """Rewrite the catalogue, so that no byte of deleted documents stays in its files. This is slow."""
        with self._db.write() as db:
            scrub_lexical_index(db)
            scrub_document_index(db)
            scrub_sentence_index(db)
        self._db.scrub()

    def superseded_by(self, document: Document) -> list[str]:
        """Return the sha256 of the documents, current or failed, that adding `document` would supersede."""
        with self._db.read() as db:
            return [row["sha256"] for row in older_versions(db, document)]

    def supersede(self, path: str, except_for: str, check_held: CheckHeld = nothing_held) -> list[str]:
        """Supersede the current documents with `path`, except `except_for` (sha256); return their sha256."""
        with self._db.write() as db:
            rows = current_versions(db, path, except_for)
            check_held([row["sha256"] for row in rows])
            supersede_documents(db, rows)
        return [row["sha256"] for row in rows]

    def set_metadata(self, sha256: str, metadata: Sequence[tuple[str, str]]) -> None:
        """Replace the metadata of a document, as (name, value) pairs from a manifest."""
        with self._db.write() as db:
            row = db.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            if row is not None:
                unindex_documents(db, [row["id"]])
                pairs = json.dumps(metadata, ensure_ascii=False)
                db.execute("UPDATE documents SET metadata = ? WHERE id = ?", (pairs, row["id"]))
                index_document(db, row["id"])

    def set_path(self, sha256: str, path: str) -> None:
        """Store the new path of a document whose file was moved."""
        with self._db.write() as db:
            db.execute("UPDATE documents SET path = ? WHERE sha256 = ?", (path, sha256))

    def mark_vectors_written(self, sha256: str) -> None:
        """Store that every chunk of the document is in the vector index."""
        with self._db.write() as db:
            db.execute("UPDATE documents SET vectors_written = 1 WHERE sha256 = ?", (sha256,))

    def set_unfinished(self, sha256: str, unfinished: bool) -> None:
        """Store whether some attachments of a message are still to be added."""
        mark, clear = "INSERT OR IGNORE INTO unfinished VALUES (?)", "DELETE FROM unfinished WHERE sha256 = ?"
        with self._db.write() as db:
            db.execute(mark if unfinished else clear, (sha256,))

    # --- read documents -----------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """Return every document, sorted by name."""
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM documents ORDER BY name COLLATE NOCASE, added").fetchall()
        return [document_from_row(row) for row in rows]

    def document(self, sha256: str) -> Document:
        """Return one document. Raises DocumentNotFound."""
        with self._db.read() as db:
            row = db.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise DocumentNotFound(f"The collection holds no document with sha256 {sha256}.")
        return document_from_row(row)

    def find(self, prefix: str) -> Document:
        """Return the only document whose sha256 begins with `prefix` (at least 8 digits).

        Raises DocumentNotFound.
        """
        rows = [d for d in self.documents() if len(prefix) >= 8 and d.sha256.startswith(prefix.lower())]
        if len(rows) != 1:
            raise DocumentNotFound(
                f"{len(rows) or 'None'} of the documents {agreeing(len(rows), 'has', 'have')} a sha256 that "
                f"begins with {prefix!r}. Give at least 8 digits, as `incamera documents` shows them."
            )
        return rows[0]

    def with_attached(self, sha256s: Sequence[str]) -> list[Document]:
        """Return the documents, each followed by its attachments at any depth. Unknown ones are left out."""
        found: dict[str, Document] = {}
        waiting = list(sha256s)
        while waiting:
            sha256 = waiting.pop(0)
            if sha256 not in found and self.state(sha256) is not None:
                found[sha256] = self.document(sha256)
                waiting = [*self.attached_to(sha256), *waiting]
        return list(found.values())

    def attached_to(self, sha256: str) -> list[str]:
        """Return the sha256 of the documents that were attached to this one."""
        with self._db.read() as db:
            rows = db.execute("SELECT sha256 FROM documents WHERE parent = ?", (sha256,)).fetchall()
        return [row["sha256"] for row in rows]

    def state(self, sha256: str) -> DocumentState | None:
        """Return the state of a document, or None if it is not in the collection."""
        with self._db.read() as db:
            row = db.execute("SELECT state FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else DocumentState(row["state"])

    def is_searchable(self, sha256: str) -> bool:
        """Return whether the document is in the collection and answers may rest on it."""
        state = self.state(sha256)
        return state is not None and state.searchable

    def is_unfinished(self, sha256: str) -> bool:
        """Return whether some attachments of the message are still to be added."""
        with self._db.read() as db:
            return db.execute("SELECT 1 FROM unfinished WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def documents_without_vectors(self) -> list[str]:
        """Return the sha256 of searchable documents whose vectors were not marked as written."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT sha256 FROM documents WHERE NOT vectors_written AND state IN ('ready', 'partial')"
            ).fetchall()
        return [row["sha256"] for row in rows]
