"""Superseded documents, searched when they are asked for by name.

They are in no index, so that no answer rests on them unasked. Those that are asked for are few: they are
laid into a catalogue in memory and searched there as a collection of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from vault.records import DocumentState
from vault.store.catalogue import Catalogue
from vault.store.database import IN_MEMORY
from vault.store.searchable import Searchable


@contextmanager
def superseded(
    name: str, catalogue: Catalogue, documents: Sequence[str] | None
) -> Iterator[Searchable | None]:
    """Those of `documents` (sha256) that are superseded, to be searched; None without any."""
    wanted = [
        document
        for sha256 in documents or ()
        if catalogue.state(sha256) is DocumentState.SUPERSEDED and (document := catalogue.document(sha256))
    ]
    if not wanted:
        yield None
        return
    laid = Catalogue(IN_MEMORY)
    try:
        for document in wanted:
            chunks = catalogue.chunks_of(document.sha256)
            vectors = [vector for _, vector in catalogue.embeddings([stored.id for stored in chunks])]
            # Without its path: two versions of one file stand side by side here.
            laid.add(
                replace(document, state=DocumentState.READY, path=""),
                catalogue.pages(document.sha256),
                [stored.chunk for stored in chunks],
                np.stack(vectors) if vectors else np.zeros((0, 1), np.float32),
            )
        yield Searchable(name, laid)
    finally:
        laid.close()
