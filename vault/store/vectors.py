"""One collection's vector index: a Chroma folder that holds ids and vectors, and no text.

It is derived from the catalogue and can be thrown away at any time. Chroma gets vectors from us and
never an embedding function of its own (its default one would want a download).
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from numpy.typing import NDArray

from vault.files.private import make_folder
from vault.files.storage import check_room, on_disk

_NAME = "chunks"
_MOST_PER_CALL = 5000  # Chroma refuses more than 5461 rows in one call
_ROOM = 8 << 20
"""Bytes that are free before Chroma writes: what it cannot write to its end is damaged."""


class Vectors:
    """Vectors by chunk id, nearest by cosine; safe to use from several threads.

    What the disk refuses is a StorageError everywhere.
    """

    def __init__(self, folder: Path) -> None:
        self.failed = False
        """Whether Chroma failed: it is not to be called again (its next call could wait for ever on a lock
        that this one left behind), but closed and opened anew."""
        self.damaged = False
        """Whether it failed while it wrote: its files may be cut off, and are to be made anew."""
        self._folder = folder
        self._fresh = folder.with_name(f"{folder.name}.new")
        self._old = folder.with_name(f"{folder.name}.old")
        self._settle()
        self._open()
        # Chroma queries in parallel; writes are kept apart from one another.
        self._writing = threading.RLock()
        self._turn = threading.Condition()
        self._users = 0
        self._swapping = False

    def add(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors, (ids, dimensions), under their chunk ids; an id that is there is replaced."""
        self.check_room(vectors)
        with self._writing, self._in_use(writes=True) as rows:
            for first in range(0, len(ids), _MOST_PER_CALL):
                some = slice(first, first + _MOST_PER_CALL)
                rows.upsert(ids=[str(i) for i in ids[some]], embeddings=vectors[some])

    def check_room(self, vectors: NDArray[np.float32]) -> None:
        """Raises DiskFull when the disk may not have the room that adding `vectors` takes."""
        # In the database, in the index, and the index as a whole when it grows.
        size = sum(map(_size, self._folder.rglob("*")))
        check_room(self._folder, _ROOM + 3 * vectors.nbytes + size // 3)

    def delete(self, ids: Sequence[int]) -> None:
        """Take vectors out of the index; ids that are not there are passed over.

        Chroma keeps their bytes in its files: `rebuild` leaves none.
        """
        with self._writing, self._in_use(writes=True) as rows:
            for first in range(0, len(ids), _MOST_PER_CALL):
                rows.delete(ids=[str(i) for i in ids[first : first + _MOST_PER_CALL]])

    def rebuild(self, rows: Iterable[tuple[int, NDArray[np.float32]]]) -> None:
        """Replace the index by a new one that holds `rows`, (chunk id, vector), and has never held more.

        It is built beside the old one, which answers meanwhile, and put in its place by renaming: at any
        moment a whole index can be opened.
        """
        with self._writing:
            _remove(self._fresh)
            try:
                self._fill_fresh(rows)
            except BaseException:
                _remove(self._fresh)
                raise
            with self._alone():
                self._client.close()
                try:
                    self._folder.rename(self._old)
                    self._fresh.rename(self._folder)
                finally:
                    self._settle()
                    self._open()

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the nearest vectors to `vector`, (dimensions,), best first."""
        with self._in_use() as rows:
            most = min(limit, int(rows.count()))
            if not most:
                return []
            found = rows.query(query_embeddings=[vector], n_results=most, include=["distances"])
        return [
            (int(chunk_id), 1.0 - float(distance))
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def ids(self) -> set[int]:
        """The chunk ids of all vectors."""
        with self._in_use() as rows:
            return {int(chunk_id) for chunk_id in rows.get(include=[])["ids"]}

    def count(self) -> int:
        """How many vectors there are."""
        with self._in_use() as rows:
            return int(rows.count())

    def close(self) -> None:
        """Give back Chroma's threads and file handles, when nobody is searching."""
        with self._alone():
            self._client.close()

    # --- inside -------------------------------------------------------------------------------

    def _fill_fresh(self, rows: Iterable[tuple[int, NDArray[np.float32]]]) -> None:
        fresh = Vectors(self._fresh)
        try:
            for some in _batches(rows):
                fresh.add([row[0] for row in some], np.stack([row[1] for row in some]))
        finally:
            fresh.close()

    def _open(self) -> None:
        with on_disk(self._folder):
            make_folder(self._folder)
            try:
                self._client = chromadb.PersistentClient(
                    path=str(self._folder), settings=ChromaSettings(anonymized_telemetry=False)
                )
                self._rows: Any = self._client.get_or_create_collection(
                    _NAME, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
                )
            except BaseException:
                # Chroma keeps what it could not start, and would hand it out again.
                SharedSystemClient._identifier_to_system.pop(str(self._folder), None)
                SharedSystemClient._identifier_to_refcount.pop(str(self._folder), None)
                raise

    def _settle(self) -> None:
        """End an exchange of folders that stopped in between. The old folder makes way only for a whole
        new one, so where it is away the new one is whole; where it is not, the new one is not needed."""
        if not self._folder.exists() and self._old.exists() and self._fresh.exists():
            self._fresh.rename(self._folder)
        _remove(self._fresh)
        _remove(self._old)

    @contextmanager
    def _in_use(self, *, writes: bool = False) -> Iterator[Any]:
        """Chroma's rows, while no folder is exchanged."""
        with self._turn:
            self._turn.wait_for(lambda: not self._swapping)
            self._users += 1
        try:
            with on_disk(self._folder):
                yield self._rows
        except Exception:
            self.failed, self.damaged = True, self.damaged or writes
            raise
        finally:
            with self._turn:
                self._users -= 1
                self._turn.notify_all()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else uses the rows; who comes waits."""
        with self._turn:
            self._swapping = True
            self._turn.wait_for(lambda: self._users == 0)
        try:
            yield
        finally:
            with self._turn:
                self._swapping = False
                self._turn.notify_all()


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _size(file: Path) -> int:
    """Bytes of a file; 0 of one that has gone meanwhile."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _batches(
    rows: Iterable[tuple[int, NDArray[np.float32]]],
) -> Iterator[tuple[tuple[int, NDArray[np.float32]], ...]]:
    waiting = iter(rows)
    while some := tuple(islice(waiting, _MOST_PER_CALL)):
        yield some
