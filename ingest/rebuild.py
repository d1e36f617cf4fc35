"""Cut, embed and annotate a collection again from its stored text, for another embedding model or chunker.

No original is parsed again. The new chunks are prepared in a file beside the catalogue. Until all are ready,
the collection answers with the old chunks, and an interrupted rebuild can be resumed. Then the new chunks
replace the old ones in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing

import numpy as np

from ingest.annotation.missing import annotate_stored
from ingest.chunking.chunk import chunk_document
from vault.database.database import Database, open_database
from vault.embedding.embedder import Embedder
from vault.records import Chunk, Document, Span
from vault.store.catalogue.catalogue import NewChunks
from vault.store.catalogue.rows import dump_spans
from vault.store.collection import Collection

_STEPS = (
    """
    CREATE TABLE target (facts TEXT NOT NULL);
    CREATE TABLE done (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE chunks (
        sha256 TEXT NOT NULL, ordinal INTEGER NOT NULL, heading TEXT NOT NULL, spans TEXT NOT NULL,
        tokens INTEGER NOT NULL, embedding BLOB NOT NULL, PRIMARY KEY (sha256, ordinal)
    );
    """,
)


def rebuild(
    collection: Collection,
    embedder: Embedder,
    folder: str,
    chunk_tokens: int,
    on_document: Callable[[int, int], None] = lambda _, __: None,
) -> int:
    """Rebuild the chunks and vectors of a collection; return the number of chunks.

    `folder` is the folder of `embedder`; empty for the built-in model. `chunk_tokens` is the most tokens of a
    chunk. `on_document` is called with (documents done, documents in all) after each document.
    """
    facts = {**collection.facts(embedder.identity, folder), "chunk_tokens": str(chunk_tokens)}
    with closing(_prepared(collection, facts)) as prepared:
        documents = collection.catalogue.documents()
        for number, document in enumerate(documents, start=1):
            annotate_stored(collection, document.sha256)
            _prepare(prepared, collection, document, embedder, chunk_tokens)
            on_document(number, len(documents))
        with collection.write_lock():
            # Documents that were added in the meantime were cut and embedded with the old settings.
            for document in collection.catalogue.documents():
                _prepare(prepared, collection, document, embedder, chunk_tokens)
            count = collection.replace_chunks(
                lambda sha256: _chunks(prepared, sha256), collection.facts(embedder.identity, folder)
            )
    collection.discard_rebuild()
    return count


def _prepared(collection: Collection, facts: dict[str, str]) -> Database:
    """Open the file of prepared chunks; it starts empty unless an earlier rebuild had the same target."""
    target = json.dumps(facts, sort_keys=True)
    database = open_database(collection.rebuild_path, _STEPS, collection.keys.catalogue)
    with database.read() as db:
        existing = db.execute("SELECT facts FROM target").fetchone()
    if existing is not None and existing["facts"] != target:
        database.close()
        collection.discard_rebuild()
        database, existing = open_database(collection.rebuild_path, _STEPS, collection.keys.catalogue), None
    if existing is None:
        with database.write() as db:
            db.execute("INSERT INTO target VALUES (?)", (target,))
    return database


def _prepare(
    prepared: Database, collection: Collection, document: Document, embedder: Embedder, chunk_tokens: int
) -> None:
    """Cut and embed one document, unless it is prepared already."""
    with prepared.read() as db:
        if db.execute("SELECT 1 FROM done WHERE sha256 = ?", (document.sha256,)).fetchone():
            return
    pages = collection.catalogue.pages.of(document.sha256)
    chunks = chunk_document(document.sha256, document.title, pages, embedder, chunk_tokens)
    vectors = embedder.embed([chunk.text for chunk in chunks])
    with prepared.write() as db:
        db.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    document.sha256, chunk.chunk.ordinal, chunk.chunk.heading, dump_spans(chunk.chunk.spans),
                    chunk.chunk.tokens, vector.astype("<f4").tobytes(),
                )
                for chunk, vector in zip(chunks, vectors, strict=True)
            ],
        )  # fmt: skip
        db.execute("INSERT INTO done VALUES (?)", (document.sha256,))


def _chunks(prepared: Database, sha256: str) -> NewChunks:
    """Load the prepared chunks of one document and their vectors."""
    with prepared.read() as db:
        rows = db.execute("SELECT * FROM chunks WHERE sha256 = ? ORDER BY ordinal", (sha256,)).fetchall()
    chunks = [
        Chunk(
            sha256, row["ordinal"], row["heading"],
            tuple(Span(*span) for span in json.loads(row["spans"])), row["tokens"],
        )
        for row in rows
    ]  # fmt: skip
    return chunks, [np.frombuffer(row["embedding"], dtype="<f4") for row in rows]
