"""The vector index of a collection, opened when it is first used and kept in line with the catalogue."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vault.errors import IncameraError
from vault.files.scrub import scrub_folder
from vault.store.catalogue.catalogue import Catalogue
from vault.store.memory_vectors import MemoryVectors
from vault.store.vectors import Vectors

_log = logging.getLogger(__name__)

STALE = "vectors_stale"
"""A fact that is stored while the vector index is older than the embeddings in the catalogue."""
_FOLDERS = ("vectors", "vectors.new", "vectors.old")


class VectorIndex:
    """Opens the index of one collection, repairs it, and builds it again when it is damaged."""

    def __init__(self, name: str, folder: Path, catalogue: Catalogue, *, in_memory: bool) -> None:
        """`folder` is that of the collection `name`. With `in_memory`, no index is kept on the disk."""
        self._name, self._folder, self._catalogue, self._in_memory = name, folder, catalogue, in_memory
        self._opened: Vectors | MemoryVectors | None = None
        if in_memory:
            remove_index(folder)

    def opened(self, writing: threading.RLock) -> Vectors | MemoryVectors:
        """Return the index. The first use opens it, under the lock `writing`."""
        opened = self._opened
        if opened is None or opened.failed:
            with writing:
                if self._opened is not None and self._opened.failed:
                    self.close()
                opened = self._opened = self._opened or self._open()
        return opened

    def close(self) -> None:
        """Close the index; the next use opens it again."""
        vectors, self._opened = self._opened, None
        if vectors is not None:
            vectors.close()
            if vectors.damaged:
                self._remove()

    def _open(self) -> Vectors | MemoryVectors:
        if self._catalogue.meta().get(STALE):
            # The vectors are of another model, and may even have another length.
            self._remove()
        try:
            vectors = self._open_reconciled()
        except IncameraError:
            raise
        except Exception as error:
            _log.warning(
                "The vector index of the collection %r is damaged (%s) and is rebuilt from the catalogue.",
                self._name, error,
            )  # fmt: skip
            self._remove()
            vectors = self._open_reconciled()
        if self._catalogue.meta().get(STALE):
            self._catalogue.set_meta({STALE: ""})
        return vectors

    def _open_reconciled(self) -> Vectors | MemoryVectors:
        """Open the vector index and bring it in line with the catalogue."""
        vectors = MemoryVectors() if self._in_memory else Vectors(self._folder / "vectors")
        try:
            self._reconcile(vectors)
        except BaseException:
            vectors.close()
            if vectors.damaged:
                self._remove()
            raise
        return vectors

    def _remove(self) -> None:
        """Delete the vector index. Its next use builds it again from the catalogue."""
        shutil.rmtree(self._folder / "vectors", ignore_errors=True)

    def _reconcile(self, vectors: Vectors | MemoryVectors) -> None:
        """Add missing vectors and delete surplus ones, so that there is one for each chunk of the catalogue.

        This is cheap if nothing was interrupted: two counts and one query.
        """
        pending = self._catalogue.documents_without_vectors()
        for sha256 in pending:
            self._add_missing(vectors, [stored.id for stored in self._catalogue.chunks.of(sha256)])
            self._catalogue.mark_vectors_written(sha256)
        wanted = self._catalogue.chunks.ids()
        if vectors.count() != len(wanted) or pending:
            present = vectors.ids()
            vectors.delete(sorted(present.difference(wanted)))
            self._add_missing(vectors, [chunk_id for chunk_id in wanted if chunk_id not in present])

    def _add_missing(self, vectors: Vectors | MemoryVectors, ids: Sequence[int]) -> None:
        rows = list(self._catalogue.chunks.embeddings(ids))
        if rows:
            vectors.add([row[0] for row in rows], np.stack([row[1] for row in rows]))


def remove_index(folder: Path) -> None:
    """Remove what an index on the disk has left in the folder of a collection, and overwrite it first."""
    for name in _FOLDERS:
        scrub_folder(folder / name)
