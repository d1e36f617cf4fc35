"""Put a sealed file in the place of a plain one, so that a complete one is there at any moment.

A process may be killed, or the power fail, between any two steps. The plain file is overwritten only when the
sealed one is on the disk under its final name.
"""

from __future__ import annotations

from pathlib import Path

from vault.database.connect import copy_encrypted, is_plain
from vault.files.private import sync_folder
from vault.files.scrub import scrub
from vault.sealing.key import Key


def encrypt_database(path: Path, plain_key: Key | None, key: Key) -> None:
    """Encrypt a database in its place, or finish that.

    `plain_key` is the key that it is encrypted with until now, None for a plain one. The database must be
    closed and must be one of the two. Raises StorageError, and the errors of SQLite.
    """
    finish_exchange(path)
    new = sealed_beside(path)
    new.unlink(missing_ok=True)
    copy_encrypted(path, plain_key, new, key)
    if plain_key is None:
        exchange(path)
    else:
        new.replace(path)
        sync_folder(path.parent)
    for leftover in path.parent.glob(f"{path.name}-*"):  # SQLite's files beside it
        scrub(leftover)


def needs_encryption(path: Path) -> bool:
    """Return whether there is a plain database, after finishing an exchange that was interrupted."""
    finish_exchange(path)
    return path.exists() and is_plain(path)


def sealed_beside(path: Path) -> Path:
    """Return where the file is written that takes the place of `path`."""
    return path.with_name(f"{path.name}.sealed")


def exchange(path: Path) -> None:
    """Put the file `sealed_beside`, which is complete and on the disk, in the place of `path`."""
    try:
        _replaced(path).hardlink_to(path)  # so that there is a file at `path` at any moment
        sealed_beside(path).replace(path)
    except OSError:  # a file system without such links
        path.rename(_replaced(path))
    finish_exchange(path)


def finish_exchange(path: Path) -> None:
    """Finish an exchange that was interrupted; do nothing if there was none."""
    if not _replaced(path).exists():
        return
    if path.exists() and path.samefile(_replaced(path)):
        _replaced(path).unlink()  # it was not exchanged yet
        return
    if not path.exists():
        sealed_beside(path).rename(path)
    sync_folder(path.parent)
    scrub(_replaced(path))


def _replaced(path: Path) -> Path:
    return path.with_name(f"{path.name}.plain")
