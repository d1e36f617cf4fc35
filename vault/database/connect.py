"""Connect to a database, plain or encrypted (SQLCipher), and copy one into another key."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from vault.files.private import create_private
from vault.sealing.key import Key

_PLAIN = b"SQLite format 3\0"
CACHE_KIB = 32 * 1024
"""Decrypted pages that an encrypted connection keeps: the system's cache holds only encrypted ones."""


def connect(path: Path, key: Key | None) -> sqlite3.Connection:
    """Open the database at `path`, which is encrypted if there is a `key`. Raises the errors of SQLite.

    A wrong key is an error of the first statement: "file is not a database".
    """
    if key is None:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        return connection
    connection = _connect_encrypted(path)
    connection.execute(f"PRAGMA key = {_raw(key)}")
    return connection


def is_plain(path: Path) -> bool:
    """Return whether the file is a database that is not encrypted. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN


def copy_encrypted(source: Path, source_key: Key | None, target: Path, key: Key) -> None:
    """Write a copy of a database to the new file `target`, encrypted with `key`, and sync it to the disk.

    Raises the errors of SQLite, and OSError.
    """
    create_private(target)
    with closing(_connect_encrypted(source)) as connection:
        if source_key is not None:
            connection.execute(f"PRAGMA key = {_raw(source_key)}")
        # What a process that was killed has committed may still be in the log.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"ATTACH DATABASE ? AS target KEY {_raw(key)}", (str(target),))
        connection.execute("SELECT sqlcipher_export('target')")
        connection.execute(f"PRAGMA target.user_version = {int(version)}")
        connection.execute("DETACH DATABASE target")
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _connect_encrypted(path: Path) -> sqlite3.Connection:
    # Imported here: a vault without a key does not need it.
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.row_factory = dbapi2.Row
    # It would write to standard error what is raised as well.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Its connection and rows have the methods of Python's own, and no common class with them.
    return cast(sqlite3.Connection, connection)


def _raw(key: Key) -> str:
    """Return the key as SQLCipher takes it without stretching it: it is random, and no passphrase."""
    return f"\"x'{key.secret.hex()}'\""
