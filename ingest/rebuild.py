"""Cut and embed a collection anew from its stored text: with another model, or for another chunker.

No original is read again. The new chunks are prepared in a file beside the catalogue, so that the collection
answers as before until all are there and a rebuild that was interrupted goes on; then they take the place of
the old ones in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing

import numpy as np

from ingest.chunking.chunk import chunk_document
from vault.embedding.embedder import Embedder
from vault.records import Chunk, Document, Span
from vault.store.catalogue import NewChunks
from vault.store.catalogue_rows import dump_spans
from vault.store.collection import Collection
from vault.store.database import Database, open_database

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
    """Rebuild with `embedder`, which lies in `folder` (empty: the built-in one); the number of chunks.

    `on_document` is told (done, of how many) documents.
    """
    facts = {**collection.facts(embedder.identity, folder), "chunk_tokens": str(chunk_tokens)}
    with closing(_prepared(collection, facts)) as prepared:
        documents = collection.catalogue.documents()
        for number, document in enumerate(documents, start=1):
            _prepare(prepared, collection, document, embedder, chunk_tokens)
            on_document(number, len(documents))
        with collection.still():
            # What came in meanwhile was cut and embedded the old way.
            for document in collection.catalogue.documents():
                _prepare(prepared, collection, document, embedder, chunk_tokens)
            count = collection.replace_chunks(
                lambda sha256: _chunks(prepared, sha256), collection.facts(embedder.identity, folder)
            )
    collection.forget_rebuilding()
    return count


def _prepared(collection: Collection, facts: dict[str, str]) -> Database:
    """The file of prepared chunks, empty unless it was begun for the same model."""
    target = json.dumps(facts, sort_keys=True)
    database = open_database(collection.rebuilding, _STEPS)
    with database.read() as db:
        begun = db.execute("SELECT facts FROM target").fetchone()
    if begun is not None and begun["facts"] != target:
        database.close()
        collection.forget_rebuilding()
        database, begun = open_database(collection.rebuilding, _STEPS), None
    if begun is None:
        with database.write() as db:
            db.execute("INSERT INTO target VALUES (?)", (target,))
    return database


def _prepare(
    prepared: Database, collection: Collection, document: Document, embedder: Embedder, chunk_tokens: int
) -> None:
    with prepared.read() as db:
        if db.execute("SELECT 1 FROM done WHERE sha256 = ?", (document.sha256,)).fetchone():
            return
    pages = collection.catalogue.pages(document.sha256)
    cut = chunk_document(document.sha256, document.title, pages, embedder, chunk_tokens)
    vectors = embedder.embed([one.text for one in cut])
    with prepared.write() as db:
        db.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    document.sha256, one.chunk.ordinal, one.chunk.heading, dump_spans(one.chunk.spans),
                    one.chunk.tokens, vector.astype("<f4").tobytes(),
                )
                for one, vector in zip(cut, vectors, strict=True)
            ],
        )  # fmt: skip
        db.execute("INSERT INTO done VALUES (?)", (document.sha256,))


def _chunks(prepared: Database, sha256: str) -> NewChunks:
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
