"""The vector index of a collection: a Chroma folder with ids and vectors, and no text.

It is derived from the catalogue and can be deleted at any time. Chroma gets vectors from us and never uses an
embedding function of its own, because its default one would be downloaded.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vault.files.private import make_folder
from vault.files.storage import check_free_space, translate_disk_errors
from vault.store.chroma import open_rows

_MOST_PER_CALL = 5000  # Chroma refuses more than 5461 rows in one call
_SPARE = 8 << 20
"""Bytes that must stay free before Chroma writes, because what it cannot write completely is damaged."""


class Vectors:
    """Vectors by chunk id, nearest by cosine. Safe to use from several threads.

    Every method raises StorageError for errors of the disk.
    """

    def __init__(self, folder: Path) -> None:
        self.failed = False
        """Whether Chroma failed. It must then not be called again, because the next call could wait for ever
        on a lock that the failed call still holds. Close this object and open a new one."""
        self.damaged = False
        """Whether Chroma failed while writing. Its files may be cut off and must be built again."""
        self._folder = folder
        self._new = folder.with_name(f"{folder.name}.new")
        self._old = folder.with_name(f"{folder.name}.old")
        self._finish_exchange()
        self._open()
        # Chroma can query in parallel. Writes run one after the other.
        self._writing = threading.RLock()
        self._changed = threading.Condition()
        self._users = 0
        self._exclusive = False

    def add(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors, (ids, dimensions), under their chunk ids. Vectors of existing ids are replaced."""
        self.check_free_space(vectors)
        with self._writing, self._in_use(writes=True) as rows:
            for first in range(0, len(ids), _MOST_PER_CALL):
                batch = slice(first, first + _MOST_PER_CALL)
                rows.upsert(ids=[str(i) for i in ids[batch]], embeddings=vectors[batch])

    def check_free_space(self, vectors: NDArray[np.float32]) -> None:
        """Raise DiskFull when the disk may not have enough room to add `vectors`."""
        # Once in the database, once in the index, and the rest for an index that is rewritten to grow.
        size = sum(map(_size, self._folder.rglob("*")))
        check_free_space(self._folder, _SPARE + 3 * vectors.nbytes + size // 3)

    def delete(self, ids: Sequence[int]) -> None:
        """Remove vectors from the index. Unknown ids are ignored.

        Chroma keeps the bytes of removed vectors in its files; `rebuild` does not.
        """
        with self._writing, self._in_use(writes=True) as rows:
            for first in range(0, len(ids), _MOST_PER_CALL):
                rows.delete(ids=[str(i) for i in ids[first : first + _MOST_PER_CALL]])

    def rebuild(self, rows: Iterable[tuple[int, NDArray[np.float32]]]) -> None:
        """Replace the index with a new one built from `rows`, (chunk id, vector), and from nothing else.

        The new index is built beside the old one, which answers searches until then. They are exchanged by
        renaming folders, so that a complete index can be opened at any moment.
        """
        with self._writing:
            _remove(self._new)
            try:
                self._build_new(rows)
            except BaseException:
                _remove(self._new)
                raise
            with self._alone():
                self._client.close()
                try:
                    self._folder.rename(self._old)
                    self._new.rename(self._folder)
                finally:
                    self._finish_exchange()
                    self._open()

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """Return (chunk id, cosine) of the vectors nearest to `vector`, (dimensions,), best first."""
        with self._in_use() as rows:
            count = min(limit, int(rows.count()))
            if not count:
                return []
            found = rows.query(query_embeddings=[vector], n_results=count, include=["distances"])
        return [
            (int(chunk_id), 1.0 - float(distance))
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def ids(self) -> set[int]:
        """Return the chunk ids of all vectors."""
        with self._in_use() as rows:
            return {int(chunk_id) for chunk_id in rows.get(include=[])["ids"]}

    def count(self) -> int:
        """Return the number of vectors."""
        with self._in_use() as rows:
            return int(rows.count())

    def close(self) -> None:
        """Wait for running searches, then release Chroma's threads and open files."""
        with self._alone():
            self._client.close()

    def _build_new(self, rows: Iterable[tuple[int, NDArray[np.float32]]]) -> None:
        new = Vectors(self._new)
        try:
            for batch in _batches(rows):
                new.add([row[0] for row in batch], np.stack([row[1] for row in batch]))
        finally:
            new.close()

    def _open(self) -> None:
        with translate_disk_errors(self._folder):
            make_folder(self._folder)
            self._client, self._rows = open_rows(self._folder)

    def _finish_exchange(self) -> None:
        """Finish an exchange of folders that was interrupted.

        The old folder is moved away only for a complete new one. So if it was moved, the new one is complete
        and takes its place. Otherwise the new one is not needed.
        """
        if not self._folder.exists() and self._old.exists() and self._new.exists():
            self._new.rename(self._folder)
        _remove(self._new)
        _remove(self._old)

    @contextmanager
    def _in_use(self, *, writes: bool = False) -> Iterator[Any]:
        """Give access to Chroma's rows. The folders are not exchanged until the end of the block."""
        with self._changed:
            self._changed.wait_for(lambda: not self._exclusive)
            self._users += 1
        try:
            with translate_disk_errors(self._folder):
                yield self._rows
        except Exception:
            self.failed, self.damaged = True, self.damaged or writes
            raise
        finally:
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until nobody uses the rows, and make others wait until the end of the block."""
        with self._changed:
            self._exclusive = True
            self._changed.wait_for(lambda: self._users == 0)
        try:
            yield
        finally:
            with self._changed:
                self._exclusive = False
                self._changed.notify_all()


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _size(file: Path) -> int:
    """Return the bytes of a file, or 0 if it was removed in the meantime."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _batches(
    rows: Iterable[tuple[int, NDArray[np.float32]]],
) -> Iterator[tuple[tuple[int, NDArray[np.float32]], ...]]:
    remaining = iter(rows)
    while batch := tuple(islice(remaining, _MOST_PER_CALL)):
        yield batch
