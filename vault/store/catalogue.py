"""One collection's catalogue: documents, pages, chunks and their embeddings.

It is the truth about the collection. A document enters in one transaction and leaves in one; the
vector index beside it is derived from the embeddings kept here, and the lexical index
(`vault.store.lexical`) lies in the same database.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vault.errors import DocumentNotFound
from vault.records import Chunk, Document, DocumentState, Page
from vault.store.catalogue_rows import (
    document_from_row,
    dump_elements,
    dump_spans,
    dump_words,
    only,
)
from vault.store.catalogue_schema import CATALOGUE_STEPS
from vault.store.catalogue_texts import CatalogueTexts
from vault.store.database import open_database
from vault.store.heads import HeadIndex, add_head, forget_heads, forget_heads_for_good, head_of
from vault.store.lexical import LexicalIndex, add_entries, forget_entries, forget_for_good

NewChunks = tuple[Sequence[Chunk], Sequence[NDArray[np.float32]]]
"""Chunks of a document, and the embedding of each."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much of a collection can be searched."""

    documents: int
    """Those with words; the others are counted as `failed`."""
    pages: int
    failed: int
    """Documents that cannot be searched: broken, locked, or without a word that can be read."""
    chunks: int


class Catalogue(CatalogueTexts):
    """Reads and writes `catalogue.db`; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        super().__init__(open_database(path, CATALOGUE_STEPS))
        self.lexical = LexicalIndex(self._db)
        self.heads = HeadIndex(self._db)

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
        chosen, values = only("sha256", documents)
        # A superseded document is searched only when it is asked for by name.
        searched = "('ready', 'partial')" if documents is None else "('ready', 'partial', 'superseded')"
        with self._db.read() as db:
            row = db.execute(
                f"SELECT coalesce(sum(state IN {searched} AND chunks > 0), 0) AS documents,"
                f" coalesce(sum(CASE WHEN state IN {searched} AND chunks > 0 THEN pages END), 0) AS pages,"
                f" coalesce(sum(state = 'failed' OR (state IN {searched} AND chunks = 0)), 0) AS failed,"
                " coalesce(sum(chunks), 0) AS chunks"
                f" FROM documents WHERE 1 {chosen}",
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
            replaced = db.execute(
                "SELECT id FROM documents WHERE sha256 = ? AND state IN ('failed', 'superseded')",
                (document.sha256,),
            ).fetchall()
            _remove(db, [row["id"] for row in replaced])
            _supersede(db, _older_versions(db, document))
            row_id = _insert_document(db, document)
            db.execute("INSERT INTO heads VALUES (?, ?)", (row_id, head_of(document, pages)))
            add_head(db, row_id)
            db.executemany(
                "INSERT INTO pages (document, number, label, text, elements, ocr, words)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (row_id, p.number, p.label, p.text, dump_elements(p.elements), p.ocr, dump_words(p.words))
                    for p in pages
                ],
            )
            ids = _insert_chunks(db, row_id, chunks, embeddings)
            add_entries(db, ids, document, chunks, texts)
        return ids

    def replace_chunks(self, chunks_of: Callable[[str], NewChunks], facts: Mapping[str, str]) -> int:
        """Put other chunks in the place of those of all documents, and stamp `facts`, all or nothing; the
        number of the new ones. `chunks_of` is called with each sha256."""
        count = 0
        with self._db.write() as db:
            for row in db.execute("SELECT * FROM documents").fetchall():
                document = document_from_row(row)
                _unindex(db, row)
                db.execute("DELETE FROM chunks WHERE document = ?", (row["id"],))
                chunks, embeddings = chunks_of(document.sha256)
                ids = _insert_chunks(db, row["id"], chunks, embeddings)
                if document.state.searchable:
                    pages = db.execute("SELECT number, text FROM pages WHERE document = ?", (row["id"],))
                    add_entries(db, ids, document, chunks, {page["number"]: page["text"] for page in pages})
                db.execute(
                    "UPDATE documents SET chunks = ?, vectors_written = 0 WHERE id = ?", (len(ids), row["id"])
                )
                count += len(ids)
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(facts.items()))
        return count

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
            _unindex(db, row)
            _remove(db, [row["id"]])
            db.execute("DELETE FROM unfinished WHERE sha256 = ?", (sha256,))
        self.forget_pages()

    def scrub(self) -> None:
        """Leave no byte of deleted documents in the catalogue's files. Takes time: all of it is rewritten."""
        with self._db.write() as db:
            forget_for_good(db)
            forget_heads_for_good(db)
        self._db.scrub()

    def with_attached(self, sha256s: Sequence[str]) -> list[Document]:
        """The documents, each followed by what came inside it, at any depth; those not there are left out."""
        found: dict[str, Document] = {}
        waiting = list(sha256s)
        while waiting:
            sha256 = waiting.pop(0)
            if sha256 not in found and self.state(sha256) is not None:
                found[sha256] = self.document(sha256)
                waiting = [*self.attached_to(sha256), *waiting]
        return list(found.values())

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
                f"{len(rows) or 'No'} documents of the collection have a sha256 that begins with "
                f"{beginning!r}. Give at least 8 digits, as `incamera documents` shows them."
            )
        return rows[0]

    def state(self, sha256: str) -> DocumentState | None:
        """The state of a document; None when it is not there."""
        with self._db.read() as db:
            row = db.execute("SELECT state FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else DocumentState(row["state"])

    def is_searchable(self, sha256: str) -> bool:
        """Whether the document is in, so that answers may rest on it."""
        state = self.state(sha256)
        return state is not None and state.searchable

    def set_metadata(self, sha256: str, metadata: Sequence[tuple[str, str]]) -> None:
        """Replace what a manifest said of the document."""
        with self._db.write() as db:
            row = db.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            if row is not None:
                forget_heads(db, [row["id"]])
                said = json.dumps(metadata, ensure_ascii=False)
                db.execute("UPDATE documents SET metadata = ? WHERE id = ?", (said, row["id"]))
                add_head(db, row["id"])

    def set_path(self, sha256: str, path: str) -> None:
        """The file lies elsewhere now."""
        with self._db.write() as db:
            db.execute("UPDATE documents SET path = ? WHERE sha256 = ?", (path, sha256))

    def superseded_by(self, document: Document) -> list[str]:
        """sha256 of the other versions, current or failed, that `document` takes the place of."""
        with self._db.read() as db:
            return [row["sha256"] for row in _older_versions(db, document)]

    def supersede(self, path: str, keeping: str) -> list[str]:
        """What is known by `path` is no longer current, but for the bytes `keeping` (sha256); returns the
        sha256 of what was."""
        with self._db.write() as db:
            rows = db.execute(
                "SELECT * FROM documents WHERE path = ? AND sha256 <> ? AND state IN ('ready', 'partial')",
                (path, keeping),
            ).fetchall()
            _supersede(db, rows)
        return [row["sha256"] for row in rows]

    def attached_to(self, sha256: str) -> list[str]:
        """sha256 of the documents that came inside this one."""
        with self._db.read() as db:
            rows = db.execute("SELECT sha256 FROM documents WHERE parent = ?", (sha256,)).fetchall()
        return [row["sha256"] for row in rows]

    def set_unfinished(self, sha256: str, unfinished: bool) -> None:
        """Note that attachments of the message are still to come, or that all are in."""
        mark, clear = "INSERT OR IGNORE INTO unfinished VALUES (?)", "DELETE FROM unfinished WHERE sha256 = ?"
        with self._db.write() as db:
            db.execute(mark if unfinished else clear, (sha256,))

    def is_unfinished(self, sha256: str) -> bool:
        """Whether attachments of the message are still to come."""
        with self._db.read() as db:
            return db.execute("SELECT 1 FROM unfinished WHERE sha256 = ?", (sha256,)).fetchone() is not None


def _insert_chunks(
    db: sqlite3.Connection, row_id: int, chunks: Sequence[Chunk], embeddings: Iterable[NDArray[np.float32]]
) -> list[int]:
    ids = []
    for chunk, embedding in zip(chunks, embeddings, strict=True):
        cursor = db.execute(
            "INSERT INTO chunks (document, ordinal, heading, spans, tokens, embedding)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (row_id, chunk.ordinal, chunk.heading, dump_spans(chunk.spans), chunk.tokens,
             embedding.astype("<f4").tobytes()),
        )  # fmt: skip
        ids.append(int(cursor.lastrowid or 0))
    return ids


def _supersede(db: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> None:
    for row in rows:
        _unindex(db, row)
        db.execute("UPDATE documents SET state = 'superseded' WHERE id = ?", (row["id"],))


def _remove(db: sqlite3.Connection, row_ids: Sequence[int]) -> None:
    forget_heads(db, row_ids)
    db.executemany("DELETE FROM documents WHERE id = ?", [(row_id,) for row_id in row_ids])


def _unindex(db: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Take a document's chunks out of the lexical index; one that is not current is out already."""
    if DocumentState(row["state"]).searchable:
        forget_entries(db, row)


def _older_versions(db: sqlite3.Connection, document: Document) -> list[sqlite3.Row]:
    # A version without a word (a scan that nobody can read) must not take one away that can be searched.
    if not document.path or not document.state.searchable or not document.chunks:
        return []
    return db.execute(
        "SELECT * FROM documents WHERE path = ? AND sha256 <> ? AND state IN ('ready', 'partial', 'failed')",
        (document.path, document.sha256),
    ).fetchall()


def _insert_document(db: sqlite3.Connection, document: Document) -> int:
    cursor = db.execute(
        "INSERT INTO documents (sha256, name, path, media_type, title, state, reason, pages, chunks,"
        " ocr_pages, warnings, added, size, parent, metadata)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.sha256, document.name, document.path, document.media_type, document.title,
            document.state.value, document.reason, document.pages, document.chunks, document.ocr_pages,
            json.dumps(document.warnings), document.added, document.size, document.parent,
            json.dumps(document.metadata, ensure_ascii=False),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)
