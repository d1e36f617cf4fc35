"""A collection (one matter, patient file or project): its catalogue, vector index and originals together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vault.annotations import Annotation
from vault.embedding.embedder import EmbedderIdentity
from vault.errors import EmbedderMismatch
from vault.files.originals import Originals
from vault.held import CheckHeld, nothing_held
from vault.keys.keyring import NOT_ENCRYPTED, CollectionKeys
from vault.records import Chunk, Document, DocumentState, Page
from vault.store.catalogue.catalogue import Catalogue, NewChunks
from vault.store.memory_vectors import MemoryVectors
from vault.store.searchable import Searchable
from vault.store.vector_index import STALE, VectorIndex
from vault.store.vectors import Vectors
from vault.store.versions import open_superseded

_log = logging.getLogger(__name__)

CHUNKER_VERSION = "1"
"""Increased when the same text would be split into other chunks."""

_MOST_EXACT = 20_000
"""Up to this many chunks of chosen documents, the search reads their embeddings."""
_WIDER = 20
"""In more chunks, the vector index is asked for this many times as many chunks as are wanted."""
_SMALL = 1000
"""Up to this many chunks in the collection, every search reads the embeddings."""


class Collection(Searchable):
    """One folder with a catalogue, a vector index and originals.

    Opening it repairs what a crash left between catalogue and originals. The vector index is opened and
    repaired when it is first used, because opening it takes longer than searching a small collection.
    """

    def __init__(
        self,
        collection_id: str,
        name: str,
        folder: Path,
        check_held: CheckHeld = nothing_held,
        *,
        keys: CollectionKeys = NOT_ENCRYPTED,
    ) -> None:
        self.id, self.keys = collection_id, keys
        self._check_held = check_held
        super().__init__(name, Catalogue(folder / "catalogue.db", keys.catalogue))
        self.originals = Originals(folder / "originals", keys.originals)
        self._folder = folder
        self._index = VectorIndex(name, folder, self.catalogue, in_memory=keys.vectors_in_memory)
        self._writing = threading.RLock()
        self.originals.sweep(
            {
                document.sha256
                for document in self.catalogue.documents()
                if document.state is not DocumentState.FAILED
            }
        )

    def close(self) -> None:
        """Close the databases. They can be closed twice."""
        self._index.close()
        self.catalogue.close()

    @staticmethod
    def facts(identity: EmbedderIdentity, folder: str = "") -> dict[str, str]:
        """Return the facts to stamp on a collection. `folder` is empty for the built-in embedder."""
        return {
            "embedder": identity.name,
            "embedder_sha256": identity.sha256,
            "embedder_folder": folder,
            "dimensions": str(identity.dimensions),
            "chunker": CHUNKER_VERSION,
        }

    def stamp(self, identity: EmbedderIdentity, folder: str = "") -> None:
        """Stamp the embedder on a new collection. Raise EmbedderMismatch if another one is stamped on it."""
        if self.catalogue.meta():
            self.check(identity, folder)
        else:
            self.catalogue.set_meta(self.facts(identity, folder))

    def check(self, identity: EmbedderIdentity, folder: str = "") -> None:
        """Raise EmbedderMismatch if another embedder is stamped on the collection."""
        facts = self.facts(identity, folder)
        stamped = self.catalogue.meta()
        if stamped and any(stamped.get(key, "") != value for key, value in facts.items()):
            raise EmbedderMismatch(
                f"Collection {self.name!r} was made with {stamped.get('embedder')} "
                f"({stamped.get('embedder_sha256', '')[:12]}, chunker {stamped.get('chunker')}); this is "
                f"{identity.name} ({identity.sha256[:12]}, chunker {CHUNKER_VERSION}). Their vectors cannot "
                "be compared. Compute them again from the stored text: "
                f'`incamera collections rebuild "{self.name}"`; or set the old model again.'
            )

    @property
    def rebuild_path(self) -> Path:
        """The database with the new chunks of a rebuild that is not finished."""
        return self._folder / "rebuild.db"

    def discard_rebuild(self) -> None:
        """Remove the database of a rebuild, with SQLite's files beside it."""
        for file in self._folder.glob(f"{self.rebuild_path.name}*"):
            file.unlink(missing_ok=True)

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Let no other thread add or delete documents until the end of the block. Searches continue."""
        with self._writing:
            yield

    def replace_chunks(self, chunks_of: Callable[[str], NewChunks], facts: Mapping[str, str]) -> int:
        """Replace the chunks and vectors of all documents, store `facts`, and return the number of chunks.

        `chunks_of` returns the chunks and embeddings of a document (sha256). The catalogue changes in one
        transaction. Until the vector index is rebuilt from it, searches read the embeddings.
        """
        with self._writing:
            vectors = self._vectors
            count = self.catalogue.replace_chunks(chunks_of, {**facts, STALE: "1"})
            vectors.rebuild(self.catalogue.chunks.embeddings(self.catalogue.chunks.ids()))
            for sha256 in self.catalogue.documents_without_vectors():
                self.catalogue.mark_vectors_written(sha256)
            self.catalogue.set_meta({STALE: ""})
        return count

    def add(
        self,
        document: Document,
        pages: Sequence[Page],
        chunks: Sequence[Chunk],
        embeddings: NDArray[np.float32],
        annotation: Annotation | None = None,
        again: bool = False,
    ) -> None:
        """Add one document to the catalogue, then its vectors to the index. Arguments as in Catalogue.add.
        Raises Held when it would replace a document under legal hold."""
        with self._writing:
            older = self.catalogue.superseded_by(document)
            self._check_held(older)
            vectors = self._vectors
            vectors.check_free_space(embeddings)  # before the catalogue is changed
            superseded = [
                stored.id
                for sha256 in (*older, *([document.sha256] * again))
                for stored in self.catalogue.chunks.of(sha256)
            ]
            ids = self.catalogue.add(document, pages, chunks, embeddings, annotation, again)
            vectors.add(ids, embeddings)
            vectors.delete(superseded)
            self.catalogue.mark_vectors_written(document.sha256)

    def supersede(self, path: str, except_for: str) -> None:
        """Supersede the documents with `path`, except the one with the sha256 `except_for`.

        For a file that now has the bytes of a document under another name. Raises Held as `add` does.
        """
        with self._writing:
            for sha256 in self.catalogue.supersede(path, except_for, self._check_held):
                self._vectors.delete([stored.id for stored in self.catalogue.chunks.of(sha256)])

    def purge(self, sha256s: Sequence[str]) -> None:
        """Delete documents with their attachments, so that no byte of them stays in the folder.

        The catalogue is rewritten and the vector index rebuilt from it, so the time it takes grows with the
        collection and not with the number of documents: purge many at once. Unknown documents are ignored,
        so that an interrupted purge can be run again.
        """
        with self._writing:
            deleted = [document.sha256 for document in self.catalogue.with_attached(sha256s)]
            for sha256 in deleted:
                self.catalogue.delete(sha256)
            for sha256 in {*deleted, *sha256s}:
                self.originals.delete(sha256)
            self.catalogue.scrub()
            self.discard_rebuild()  # it holds headings and vectors
            self._vectors.rebuild(self.catalogue.chunks.embeddings(self.catalogue.chunks.ids()))

    def nearest(
        self, vector: NDArray[np.float32], limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (chunk id, cosine) of the nearest chunks, best first, in `documents` (sha256) if given.

        A search in few chunks reads their embeddings and is exact, because filtering in the vector index, and
        opening it for a small collection, costs more than reading a few hundred vectors. For many chunks of
        chosen documents the index is asked for more chunks than are wanted. If too few of them are in these
        documents, or if the index cannot be used, the embeddings are read after all.
        """
        if documents is None and self.catalogue.chunks.more_than(_SMALL):
            found = self._by_index(vector, limit)
            if found is not None:
                return found
        ids = self.catalogue.chunks.ids(documents)
        if documents is not None and len(ids) > _MOST_EXACT:
            wanted = set(ids)
            hits = [hit for hit in self._by_index(vector, limit * _WIDER) or () if hit[0] in wanted]
            if len(hits) >= limit:
                return hits[:limit]
        return self.nearest_of(vector, limit, ids)

    def _by_index(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]] | None:
        """Return the nearest chunks by the vector index, or None if the index cannot be used.

        That is so when it is older than the catalogue, or cannot be opened and repaired, as on a disk that is
        full or read-only.
        """
        if self.catalogue.meta().get(STALE):
            return None
        try:
            return self._vectors.nearest(vector, limit)
        except Exception as error:  # Chroma's errors have no common base
            _log.warning("The vector index of %s is not used: %s", self._folder, error)
            return None

    def superseded(self, documents: Sequence[str] | None) -> AbstractContextManager[Searchable | None]:
        """Give the superseded documents in `documents` (sha256), to be searched separately, or None."""
        return open_superseded(self.name, self.catalogue, documents)

    @property
    def _vectors(self) -> Vectors | MemoryVectors:
        """The vector index. The first use opens it and brings it in line with the catalogue."""
        return self._index.opened(self._writing)

    def vector_ids(self) -> set[int]:
        """Return the chunk ids in the vector index."""
        return self._vectors.ids()
