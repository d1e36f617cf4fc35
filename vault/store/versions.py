"""Search superseded documents, which are in no index so that answers do not rest on them by accident.

A user can choose them explicitly. They are few then, so they are copied into a catalogue in memory and
searched there like a collection of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from vault.database.database import IN_MEMORY
from vault.records import DocumentState
from vault.store.catalogue.catalogue import Catalogue
from vault.store.searchable import Searchable


@contextmanager
def open_superseded(
    name: str, catalogue: Catalogue, documents: Sequence[str] | None
) -> Iterator[Searchable | None]:
    """Give the superseded documents in `documents` (sha256) as a Searchable, or None if there are none."""
    chosen = [
        document
        for sha256 in documents or ()
        if catalogue.state(sha256) is DocumentState.SUPERSEDED and (document := catalogue.document(sha256))
    ]
    if not chosen:
        yield None
        return
    in_memory = Catalogue(IN_MEMORY)
    try:
        for document in chosen:
            chunks = catalogue.chunks.of(document.sha256)
            vectors = [vector for _, vector in catalogue.chunks.embeddings([stored.id for stored in chunks])]
            # Without the path, because two versions of one file would supersede each other.
            in_memory.add(
                replace(document, state=DocumentState.READY, path=""),
                catalogue.pages.of(document.sha256),
                [stored.chunk for stored in chunks],
                np.stack(vectors) if vectors else np.zeros((0, 1), np.float32),
                catalogue.sentences.annotation(document.sha256),
            )
        yield Searchable(name, in_memory)
    finally:
        in_memory.close()
