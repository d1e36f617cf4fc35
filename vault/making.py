"""Make the vault of a data folder that has none."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from vault.errors import DataFolderUnfit
from vault.files.modes import shut_folder, strangers
from vault.files.private import make_folder
from vault.files.storage import on_disk
from vault.ledger.log import now
from vault.ledger.vault_schema import VAULT_STEPS
from vault.process.lock import OwnerLock
from vault.store.database import open_database


def make_vault(data: Path, user: str, purpose: str) -> None:
    """Make a vault in `data` with `user` as its first user, unless there is one.

    Raises DataFolderUnfit before anything is changed, VaultInUse, StorageError.
    """
    with on_disk(data):
        _check(data)
        try:
            make_folder(data)
        except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
            reason = (error.strerror or "unknown error").lower()
            raise DataFolderUnfit(
                f"The folder {data} cannot be made: {reason}. Give another one in INCAMERA_DATA."
            ) from error
        if (data / "vault.db").is_file():
            return
        shut_folder(data)
        lock = OwnerLock(data, purpose)
        try:
            _make(data, user)
        finally:
            lock.release()


def _check(data: Path) -> None:
    """A vault shuts its folder to all other users, so it takes no folder that holds anything else."""
    if os.path.lexists(data) and not data.is_dir():
        raise DataFolderUnfit(f"{data} is not a folder. Give a new or an empty one in INCAMERA_DATA.")
    strange = strangers(data) if data.is_dir() else []
    if strange and not (data / "vault.db").is_file():
        raise DataFolderUnfit(
            f"The folder {data} holds other files, such as {strange[0].name!r}. A vault shuts its folder "
            "to all other users, so it needs one of its own. Give a new or an empty one in INCAMERA_DATA."
        )


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
