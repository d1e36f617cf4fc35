"""Documents that are made into files, read as the product reads them, and asked as a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bench.staff.document import StaffDocument
from bench.staff.render import render
from ingest.annotation.annotate import annotate
from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from rag.tables.grids.source import TableSource
from tests.documents import document, new_collection
from vault.records import Chunk, Span
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


@contextmanager
def new_vault(folder: Path) -> Iterator[Vault]:
    """A vault below a folder."""
    with Vault.create(Settings(data=folder / "data").data, user="local", purpose="tests") as vault:
        yield vault


@contextmanager
def read_source(name: str, documents: Iterable[Any], folder: Path) -> Iterator[TableSource]:
    """The documents in a collection of a vault of its own."""
    with new_vault(folder) as vault, new_collection(vault, name) as collection:
        yield source_of_documents(name, collection, documents, folder)


def source_of_documents(
    name: str, collection: Collection, documents: Iterable[Any], folder: Path
) -> TableSource:
    """Add documents to a collection, and return it as a source."""
    for written in documents:
        add_file(collection, render(StaffDocument.model_validate(written), folder))
    return source_of_collection(name, collection)


def source_of_collection(name: str, collection: Collection) -> TableSource:
    """All documents of a collection as a source."""
    known = {one.sha256: one for one in collection.catalogue.documents()}
    return TableSource(
        name, collection.catalogue.sentences, known, collection.catalogue.pages.names, whole=True
    )


def add_file(collection: Collection, path: Path) -> None:
    """Read a file as the parser does, and add it as one chunk with a made-up vector and its annotation."""
    parsed = read(path, ParseLimits())
    record = document(path.name, "\n".join(page.text for page in parsed.pages), pages=len(parsed.pages))
    chunk = Chunk(record.sha256, 0, "", tuple(Span(p.number, 0, len(p.text)) for p in parsed.pages), 10)
    vector = np.full((1, 384), 384**-0.5, dtype=np.float32)
    annotation = annotate(record.sha256, path.name, record.title, parsed.pages)
    collection.add(record, parsed.pages, [chunk], vector, annotation)
