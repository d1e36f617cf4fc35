"""Open the SQLite databases of the vault, always with the same options."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vault.database.connect import CACHE_KIB, connect
from vault.database.migrations import migrate
from vault.errors import VaultDamaged
from vault.files.private import create_private
from vault.files.storage import is_database_error, storage_error, translate_disk_errors
from vault.sealing.key import Key

IN_MEMORY = Path(":memory:")
"""The path of a database that exists only until it is closed. The name is SQLite's."""


class Database:
    """One connection and one lock: every statement of every thread goes through `read` or `write`.

    All methods raise StorageError for errors of the disk. The transaction is then undone.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.RLock()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for statements that change nothing."""
        with self._lock, translate_disk_errors(self._path):
            yield self._connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction. It is committed at the end, and rolled back on any error."""
        with self._lock, translate_disk_errors(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # When the disk is full, SQLite has rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def scrub(self) -> None:
        """Rewrite the database and empty its log, so that no byte of deleted rows stays in the files."""
        with self._lock, translate_disk_errors(self._path):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connection. It can be closed twice."""
        with self._lock:
            self._connection.close()


def open_database(path: Path, steps: Sequence[str], key: Key | None = None) -> Database:
    """Open or create the database at `path` and migrate it along `steps`; with a `key`, an encrypted one.

    Raises VaultDamaged when the file is not a database, or not one of this key, VaultTooNew from `migrate`,
    StorageError, and VaultInUse while another program has locked it.
    """
    if path != IN_MEMORY:
        try:
            with translate_disk_errors(path):
                create_private(path)  # SQLite gives the files beside it the same mode
        except FileNotFoundError as error:
            raise VaultDamaged(f"The folder of {path} is gone. Restore it from a backup.") from error
    connection = connect(path, key)
    try:
        if key is not None:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a committed document survives a power cut, not only a killed process.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        # SQLite would write temporary files with text of documents outside the data folder.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA busy_timeout = 5000")
        migrate(connection, steps, path)
    except BaseException as error:
        connection.close()
        translated = storage_error(error, path)
        if translated is not None:
            raise translated from error
        if not is_database_error(error):
            raise
        which = "is encrypted, or" if key is None else "is not encrypted with the key of this vault, or"
        raise VaultDamaged(
            f"{path} cannot be opened as a database ({error}): it {which} is damaged. Restore the data "
            "folder from a backup, all of it together."
        ) from error
    return Database(connection, path)
