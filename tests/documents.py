"""Small documents, written straight into a collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

import numpy as np

from ingest.annotation.annotate import annotate
from ingest.chunking.chunk import chunk_document
from ingest.formats.structure.plain import structure
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.records import Chunk, Document, DocumentState, Page, Span
from vault.store.collection import Collection
from vault.store.collection_embedder import stamp_embedder
from vault.vault import Vault


@contextmanager
def new_collection(vault: Vault, name: str, *, user: str = "local") -> Iterator[Collection]:
    """A new collection, managed by `user`, open until the end of the block."""
    vault.create_collection(name, user=user)
    with vault.open_collection(name, user=user, action=Action.MANAGE) as made:
        yield made


@contextmanager
def reopened(vault: Vault, name: str = "matter") -> Iterator[tuple[Vault, Collection]]:
    """The vault, closed and opened again from disk, and one of its collections."""
    vault.close()
    with (
        Vault(vault.data, purpose="tests") as again,
        again.open_collection(name, user="local", action=Action.MANAGE) as collection,
    ):
        yield again, collection


def document(name: str, text: str, **changes: object) -> Document:
    """The record of a one-page text."""
    fields: dict[str, object] = {
        "sha256": sha256(f"{name}\0{text}".encode()).hexdigest(),
        "name": name,
        "path": "",
        "media_type": "text/plain",
        "title": name,
        "state": DocumentState.READY,
        "reason": "",
        "pages": 1,
        "chunks": 1,
        "ocr_pages": 0,
        "warnings": (),
        "added": "2026-01-01T00:00:00+00:00",
        "size": len(text),
    }
    return Document(**{**fields, **changes})  # type: ignore[arg-type]


def add_text(collection: Collection, embedder: Embedder, name: str, text: str, **changes: object) -> Document:
    """Cut, embed and add a one-page text; returns its record."""
    embedder = stamp_embedder(collection, embedder)
    page = Page(1, text, structure(text))
    record = document(name, text, **changes)
    chunks = chunk_document(record.sha256, record.title, [page], embedder, 256)
    vectors = embedder.embed([chunk.text for chunk in chunks])
    annotation = annotate(record.sha256, record.name, record.title, [page])
    collection.add(record, [page], [chunk.chunk for chunk in chunks], vectors, annotation)
    return record


def add_pages(collection: Collection, embedder: Embedder, name: str, pages: Sequence[Page]) -> Document:
    """Cut, embed and add a document of these pages; returns its record."""
    embedder = stamp_embedder(collection, embedder)
    record = document(name, "\n".join(page.text for page in pages), pages=len(pages))
    chunks = chunk_document(record.sha256, record.title, pages, embedder, 256)
    vectors = embedder.embed([chunk.text for chunk in chunks])
    annotation = annotate(record.sha256, record.name, record.title, pages)
    collection.add(record, pages, [chunk.chunk for chunk in chunks], vectors, annotation)
    return record


def add_plain(collection: Collection, name: str, text: str, **changes: object) -> Document:
    """Add a one-page text as one chunk with a made-up vector, for tests that need no model."""
    record = document(name, text, **changes)
    vector = np.random.default_rng(int(record.sha256[:8], 16)).normal(size=(1, 384)).astype(np.float32)
    vector /= np.linalg.norm(vector)
    chunk = Chunk(record.sha256, 0, "", (Span(1, 0, len(text)),), 10)
    collection.add(record, [Page(1, text)], [chunk], vector)
    return record


def add_annotated(
    collection: Collection, name: str, page: Page, *, annotated: bool = True, **changes: object
) -> Document:
    """Add a page as one chunk with a made-up vector and, unless told otherwise, its annotation."""
    record = document(name, page.text, **changes)
    vector = np.full((1, 384), 384**-0.5, dtype=np.float32)
    chunk = Chunk(record.sha256, 0, "", (Span(1, 0, len(page.text)),), 10)
    annotation = annotate(record.sha256, name, record.title, [page]) if annotated else None
    collection.add(record, [page], [chunk], vector, annotation)
    return record
