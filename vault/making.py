"""Make the vault of a data folder that has none."""

from __future__ import annotations

import uuid
from pathlib import Path

from vault.database import open_database
from vault.lock import OwnerLock
from vault.log import now
from vault.modes import shut_folder
from vault.private import make_folder
from vault.storage import on_disk
from vault.vault_schema import VAULT_STEPS


def make_vault(data: Path, user: str, purpose: str) -> None:
    """Make a vault in `data` with `user` as its first user, unless there is one.

    Raises VaultInUse, StorageError.
    """
    with on_disk(data):
        make_folder(data)
        if (data / "vault.db").is_file():
            return
        shut_folder(data)
        lock = OwnerLock(data, purpose)
        try:
            _make(data, user)
        finally:
            lock.release()


def _make(data: Path, user: str) -> None:
    """Under another name, and moved into place: a vault is whole or not there."""
    fresh = data / f".vault-{uuid.uuid4().hex}.db"
    try:
        database = open_database(fresh, VAULT_STEPS)
        try:
            with database.write() as db:
                db.execute("INSERT INTO users VALUES (?, 1, ?)", (user, now()))
        finally:
            database.close()
        fresh.rename(data / "vault.db")
    finally:
        for left in data.glob(f"{fresh.name}*"):
            left.unlink()
