"""Statements that change documents in the catalogue. The caller runs them inside a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from vault.line_numbers import dump_lines
from vault.records import Chunk, Document, DocumentState, Page
from vault.store.catalogue.document_index import unindex_documents
from vault.store.catalogue.lexical import unindex_chunks
from vault.store.catalogue.rows import dump_elements, dump_spans, dump_unread, dump_words
from vault.store.sentences.changes import unindex_sentences


def insert_document(db: sqlite3.Connection, document: Document) -> int:
    """Insert the row of a document and return its id."""
    cursor = db.execute(
        "INSERT INTO documents (sha256, name, path, media_type, title, state, reason, pages, chunks,"
        " ocr_pages, warnings, added, size, parent, metadata, unread)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.sha256, document.name, document.path, document.media_type, document.title,
            document.state.value, document.reason, document.pages, document.chunks, document.ocr_pages,
            json.dumps(document.warnings), document.added, document.size, document.parent,
            json.dumps(document.metadata, ensure_ascii=False), dump_unread(document.unread),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def insert_pages(db: sqlite3.Connection, row_id: int, pages: Sequence[Page]) -> None:
    """Insert the pages of the document with that row id."""
    db.executemany(
        "INSERT INTO pages (document, number, label, text, elements, ocr, words, printed, bates,"
        " lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row_id, p.number, p.label, p.text, dump_elements(p.elements), p.ocr, dump_words(p.words),
                p.name.printed, p.name.bates, dump_lines(p.lines),
            )
            for p in pages
        ],
    )  # fmt: skip
    db.executemany(
        "INSERT INTO page_names (form, document, page) VALUES (?, ?, ?)",
        [(form, row_id, page.number) for page in pages for form in page.name.forms],
    )


def insert_chunks(
    db: sqlite3.Connection, row_id: int, chunks: Sequence[Chunk], embeddings: Iterable[NDArray[np.float32]]
) -> list[int]:
    """Insert the chunks of the document with that row id, and return their ids in order."""
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


def supersede_documents(db: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> None:
    """Mark documents (rows of `documents`) as superseded, and remove them from the indexes of words."""
    for row in rows:
        unindex_document(db, row)
        db.execute("UPDATE documents SET state = 'superseded' WHERE id = ?", (row["id"],))


def delete_documents(db: sqlite3.Connection, row_ids: Sequence[int]) -> None:
    """Delete documents with their pages and chunks, and remove them from the document index."""
    unindex_documents(db, row_ids)
    db.executemany("DELETE FROM documents WHERE id = ?", [(row_id,) for row_id in row_ids])


def unindex_document(db: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Remove a document's chunks and sentences from the indexes of words, if it is searchable."""
    unindex_document_chunks(db, row)
    if DocumentState(row["state"]).searchable:
        unindex_sentences(db, row["id"])


def unindex_document_chunks(db: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Remove a document's chunks from the lexical index, if the document is searchable and they are in it."""
    if DocumentState(row["state"]).searchable:
        unindex_chunks(db, row)


def current_versions(db: sqlite3.Connection, path: str, except_for: str) -> list[sqlite3.Row]:
    """Return the rows of the current documents with `path`, except `except_for` (sha256)."""
    return db.execute(
        "SELECT * FROM documents WHERE path = ? AND sha256 <> ? AND state IN ('ready', 'partial')",
        (path, except_for),
    ).fetchall()


def older_versions(db: sqlite3.Connection, document: Document) -> list[sqlite3.Row]:
    """Return the rows of other documents, current or failed, that `document` supersedes by its path."""
    # A version without words (a scan that cannot be recognised) must not replace one that can be searched.
    if not document.path or not document.state.searchable or not document.chunks:
        return []
    return db.execute(
        "SELECT * FROM documents WHERE path = ? AND sha256 <> ? AND state IN ('ready', 'partial', 'failed')",
        (document.path, document.sha256),
    ).fetchall()
