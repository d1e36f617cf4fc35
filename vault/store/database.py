"""The one function that opens a SQLite database of the vault."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vault.errors import VaultDamaged
from vault.files.private import create
from vault.files.storage import on_disk, storage_error
from vault.store.migrations import migrate

IN_MEMORY = Path(":memory:")
"""In the place of a file's path: a database that is gone when it is closed, as SQLite names it."""


class Database:
    """One connection, one lock: every statement of every thread goes through `read` or `write`.

    What the disk refuses is a StorageError in all of them; nothing of the transaction is kept then.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.RLock()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """The connection, for statements that change nothing."""
        with self._lock, on_disk(self._path):
            yield self._connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """The connection inside one transaction: committed at the end, rolled back on any error."""
        with self._lock, on_disk(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # On a full disk SQLite has rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def scrub(self) -> None:
        """Leave no byte of deleted rows: the database's files are written anew, the log is emptied."""
        with self._lock, on_disk(self._path):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connection; closing twice is allowed."""
        with self._lock:
            self._connection.close()


def open_database(path: Path, steps: Sequence[str]) -> Database:
    """Open (or make) the database at `path` and migrate it along `steps`.

    Raises VaultDamaged when the file is no database, VaultTooNew from `migrate`, StorageError, and VaultInUse
    while another program has it locked.
    """
    if path != IN_MEMORY:
        try:
            with on_disk(path):
                create(path)  # SQLite gives the files beside it the same mode
        except FileNotFoundError as error:
            raise VaultDamaged(f"The folder of {path} is gone. Restore it from a backup.") from error
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: an acknowledged document survives a power cut, not only a killed process.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        # SQLite's temporary files would lie outside the data folder, with document text in them.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA busy_timeout = 5000")
        migrate(connection, steps, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        refused = storage_error(error, path)
        if refused is not None:
            raise refused from error
        raise VaultDamaged(
            f"{path} cannot be opened as a database ({error}). Restore it from a backup."
        ) from error
    except BaseException:
        connection.close()
        raise
    return Database(connection, path)
