"""A collection: one matter, patient file or project; its catalogue, vectors and originals together."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vault.embedding.embedder import EmbedderIdentity
from vault.errors import EmbedderMismatch, IncameraError
from vault.files.originals import Originals
from vault.records import Chunk, Document, DocumentState, Page
from vault.store.catalogue import Catalogue, NewChunks
from vault.store.searchable import Searchable
from vault.store.vectors import Vectors
from vault.store.versions import superseded

_log = logging.getLogger(__name__)

CHUNKER_VERSION = "1"
"""Counted up when the same text would be cut into other chunks."""

_log = logging.getLogger(__name__)

_MOST_EXACT = 20_000
"""Chosen chunks up to which their embeddings are read at once."""
_WIDER = 20
"""How many times as many as wanted the index is asked for, when only some documents count."""
_STALE = "vectors_stale"
"""A fact that is stamped while the vector index is older than the embeddings in the catalogue."""
_SMALL = 1000
"""Chunks up to which the embeddings themselves are read."""


class Collection(Searchable):
    """One directory. Opening it puts right what a crash left between catalogue and originals; the first
    use of the vector index, which costs more to open than a small collection takes to search, what it left
    between catalogue and vectors."""

    def __init__(self, collection_id: str, name: str, folder: Path) -> None:
        self.id = collection_id
        super().__init__(name, Catalogue(folder / "catalogue.db"))
        self.originals = Originals(folder / "originals")
        self._folder = folder
        self._opened: Vectors | None = None
        self._writing = threading.RLock()
        self.originals.sweep(
            {
                document.sha256
                for document in self.catalogue.documents()
                if document.state is not DocumentState.FAILED
            }
        )

    def close(self) -> None:
        """Close the databases; closing twice is allowed."""
        self._close_vectors()
        self.catalogue.close()

    @staticmethod
    def facts(identity: EmbedderIdentity, folder: str = "") -> dict[str, str]:
        """What is stamped on a collection whose embedder lies in `folder` (empty: the built-in one)."""
        return {
            "embedder": identity.name,
            "embedder_sha256": identity.sha256,
            "embedder_folder": folder,
            "dimensions": str(identity.dimensions),
            "chunker": CHUNKER_VERSION,
        }

    def stamp(self, identity: EmbedderIdentity, folder: str = "") -> None:
        """Stamp the embedder on a new collection, or check it against the stamp of an old one.

        Raises EmbedderMismatch.
        """
        if self.catalogue.meta():
            self.check(identity, folder)
        else:
            self.catalogue.set_meta(self.facts(identity, folder))

    def check(self, identity: EmbedderIdentity, folder: str = "") -> None:
        """Check an embedder against the stamp, if there is one; changes nothing. Raises EmbedderMismatch."""
        facts = self.facts(identity, folder)
        stamped = self.catalogue.meta()
        if stamped and any(stamped.get(key, "") != value for key, value in facts.items()):
            raise EmbedderMismatch(
                f"Collection {self.name!r} was made with {stamped.get('embedder')} "
                f"({stamped.get('embedder_sha256', '')[:12]}, chunker {stamped.get('chunker')}); this is "
                f"{identity.name} ({identity.sha256[:12]}, chunker {CHUNKER_VERSION}). Their vectors cannot "
                "be compared. Make them anew from the stored text: "
                f'`incamera collections rebuild "{self.name}"`; or set the old model again.'
            )

    @property
    def rebuilding(self) -> Path:
        """Where the chunks of a rebuild that is not through are kept."""
        return self._folder / "rebuild.db"

    def forget_rebuilding(self) -> None:
        """Remove what was prepared for a rebuild, with SQLite's files beside it; the next one begins anew."""
        for file in self._folder.glob(f"{self.rebuilding.name}*"):
            file.unlink(missing_ok=True)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Keep documents from coming in or going meanwhile; searches go on."""
        with self._writing:
            yield

    def replace_chunks(self, chunks_of: Callable[[str], NewChunks], facts: Mapping[str, str]) -> int:
        """Put other chunks with other vectors in the place of all, and stamp `facts`; their number.

        `chunks_of` gives the chunks and embeddings of a document (sha256). The catalogue changes in one
        transaction; until the vector index is made anew from it, the embeddings themselves are searched.
        """
        with self._writing:
            vectors = self._vectors
            count = self.catalogue.replace_chunks(chunks_of, {**facts, _STALE: "1"})
            vectors.rebuild(self.catalogue.embeddings(self.catalogue.chunk_ids()))
            for sha256 in self.catalogue.documents_without_vectors():
                self.catalogue.mark_vectors_written(sha256)
            self.catalogue.set_meta({_STALE: ""})
        return count

    def add(
        self,
        document: Document,
        pages: Sequence[Page],
        chunks: Sequence[Chunk],
        embeddings: NDArray[np.float32],
    ) -> None:
        """Add one document: a catalogue transaction, then its vectors; `embeddings` as in Catalogue.add."""
        with self._writing:
            vectors = self._vectors
            vectors.check_room(embeddings)  # before the catalogue has it
            superseded = [
                stored.id
                for sha256 in self.catalogue.superseded_by(document)
                for stored in self.catalogue.chunks_of(sha256)
            ]
            ids = self.catalogue.add(document, pages, chunks, embeddings)
            vectors.add(ids, embeddings)
            vectors.delete(superseded)
            self.catalogue.mark_vectors_written(document.sha256)

    def supersede(self, path: str, keeping: str) -> None:
        """The file at `path` has the bytes `keeping` (sha256) now, which are here under another name: no
        answer rests any more on what it was before."""
        with self._writing:
            for sha256 in self.catalogue.supersede(path, keeping):
                self._vectors.delete([stored.id for stored in self.catalogue.chunks_of(sha256)])

    def purge(self, sha256s: Sequence[str]) -> None:
        """Delete documents, and what was attached to them, so that no byte of them stays in the folder.

        The catalogue is written anew and the vector index rebuilt from it, so the time it takes grows with
        the collection and not with what is purged: purge many at once. What is not there is passed over,
        so that a purge that was interrupted can be run again.
        """
        with self._writing:
            doomed = [document.sha256 for document in self.catalogue.with_attached(sha256s)]
            for sha256 in doomed:
                self.catalogue.delete(sha256)
            for sha256 in {*doomed, *sha256s}:
                self.originals.delete(sha256)
            self.catalogue.scrub()
            self.forget_rebuilding()  # it holds headings and vectors
            self._vectors.rebuild(self.catalogue.embeddings(self.catalogue.chunk_ids()))

    def nearest(
        self, vector: NDArray[np.float32], limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the nearest chunks, best first, within `documents` (sha256) if given.

        A search in few chunks reads their embeddings and is exact: filtering inside the vector index, and
        opening it for a small collection, costs more than reading a few hundred vectors. In many chosen ones
        the index is asked for more than is wanted; where too few of those are in them, and where the index
        cannot be used, the embeddings are read as well.
        """
        if documents is None and self.catalogue.has_more_chunks_than(_SMALL):
            found = self._by_index(vector, limit)
            if found is not None:
                return found
        ids = self.catalogue.chunk_ids(documents)
        if documents is not None and len(ids) > _MOST_EXACT:
            wanted = set(ids)
            hits = [hit for hit in self._by_index(vector, limit * _WIDER) or () if hit[0] in wanted]
            if len(hits) >= limit:
                return hits[:limit]
        return self.exactly_nearest(vector, limit, ids)

    def _by_index(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]] | None:
        """The nearest chunks by the vector index; None where it is older than the catalogue, or cannot be
        opened and put right: on a disk that is full or may not be written to."""
        if self.catalogue.meta().get(_STALE):
            return None
        try:
            return self._vectors.nearest(vector, limit)
        except Exception as error:  # Chroma's errors have no base in common
            _log.warning("The vector index of %s is not used: %s", self._folder, error)
            return None

    def superseded(self, documents: Sequence[str] | None) -> AbstractContextManager[Searchable | None]:
        """Those of `documents` (sha256) that are superseded, to be searched apart; None without any."""
        return superseded(self.name, self.catalogue, documents)

    @property
    def _vectors(self) -> Vectors:
        """The vector index; opened, and made what the catalogue says, by its first use."""
        opened = self._opened
        if opened is None or opened.failed:
            with self._writing:
                if self._opened is not None and self._opened.failed:
                    self._close_vectors()
                opened = self._opened = self._opened or self._open_vectors()
        return opened

    def _open_vectors(self) -> Vectors:
        if self.catalogue.meta().get(_STALE):
            # Of another model, whose vectors may even have another length.
            self._remove_vectors()
        try:
            vectors = self._reconciled()
        except IncameraError:
            raise
        except Exception as error:
            _log.warning(
                "The vector index of the collection %r is damaged (%s) and is made anew from the catalogue.",
                self.name, error,
            )  # fmt: skip
            self._remove_vectors()
            vectors = self._reconciled()
        if self.catalogue.meta().get(_STALE):
            self.catalogue.set_meta({_STALE: ""})
        return vectors

    def _reconciled(self) -> Vectors:
        """The vector index, made what the catalogue says."""
        vectors = Vectors(self._folder / "vectors")
        try:
            self._reconcile(vectors)
        except BaseException:
            vectors.close()
            if vectors.damaged:
                self._remove_vectors()
            raise
        return vectors

    def _close_vectors(self) -> None:
        vectors, self._opened = self._opened, None
        if vectors is not None:
            vectors.close()
            if vectors.damaged:
                self._remove_vectors()

    def _remove_vectors(self) -> None:
        """They are derived: the next use makes them anew from the catalogue."""
        shutil.rmtree(self._folder / "vectors", ignore_errors=True)

    def _reconcile(self, vectors: Vectors) -> None:
        """Make the vectors what the catalogue says: the catalogue decides.

        Cheap when nothing was interrupted: two counts and one query.
        """
        pending = self.catalogue.documents_without_vectors()
        for sha256 in pending:
            self._add_missing(vectors, [stored.id for stored in self.catalogue.chunks_of(sha256)])
            self.catalogue.mark_vectors_written(sha256)
        wanted = self.catalogue.chunk_ids()
        if vectors.count() != len(wanted) or pending:
            present = vectors.ids()
            vectors.delete(sorted(present.difference(wanted)))
            self._add_missing(vectors, [chunk_id for chunk_id in wanted if chunk_id not in present])

    def vector_ids(self) -> set[int]:
        """Ids in the vector index: the catalogue's chunk ids."""
        return self._vectors.ids()

    def _add_missing(self, vectors: Vectors, ids: Sequence[int]) -> None:
        rows = list(self.catalogue.embeddings(ids))
        if rows:
            vectors.add([row[0] for row in rows], np.stack([row[1] for row in rows]))
