"""Create the vault of a data folder that has none."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from vault.database.database import open_database
from vault.errors import DataFolderUnfit, VaultDamaged
from vault.files.modes import foreign_files, restrict_folder
from vault.files.private import make_folder
from vault.files.storage import translate_disk_errors
from vault.keys.header import FILE as HEADER_FILE
from vault.keys.header import Header, NewSecret, write_header
from vault.keys.keyring import UPLOADS_FILE, database_key, write_key
from vault.ledger.vault_schema import VAULT_STEPS
from vault.process.clock import utc_now
from vault.process.lock import OwnerLock
from vault.sealing.key import Key


def create_vault(data: Path, user: str, purpose: str, secret: NewSecret | None = None) -> None:
    """Create a vault in `data` with `user` as its first user, unless there is a vault already.

    `purpose` is what the process does, as for `OwnerLock`. With a `secret`, the vault is encrypted. Raises
    DataFolderUnfit before anything is changed, VaultInUse, VaultDamaged, StorageError.
    """
    with translate_disk_errors(data):
        _check_data_folder(data)
        try:
            make_folder(data)
        except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
            reason = (error.strerror or "unknown error").lower()
            raise DataFolderUnfit(
                f"The folder {data} cannot be created: {reason}. Set INCAMERA_DATA to another folder."
            ) from error
        if (data / "vault.db").is_file():
            return
        restrict_folder(data)
        lock = OwnerLock(data, purpose)
        try:
            _create_database(data, user, secret)
        finally:
            lock.release()


def _check_data_folder(data: Path) -> None:
    """Raise DataFolderUnfit for a folder with other files: a vault closes its folder to all other users."""
    require_folder(data)
    foreign = foreign_files(data) if data.is_dir() else []
    if foreign and not (data / "vault.db").is_file():
        raise DataFolderUnfit(
            f"The folder {data} holds other files, such as {foreign[0].name!r}. A vault closes its folder to "
            "all other users, so it needs a folder of its own. Set INCAMERA_DATA to a new or empty folder."
        )


def require_folder(data: Path) -> None:
    """Raise DataFolderUnfit if `data` is something else than a folder; it need not exist."""
    if os.path.lexists(data) and not data.is_dir():
        kind = "a link that leads to no folder" if data.is_symlink() else "a file, not a folder"
        raise DataFolderUnfit(
            f"{data} is {kind}. Set INCAMERA_DATA to the folder of a vault, or to a new one."
        )


def _create_database(data: Path, user: str, secret: NewSecret | None) -> None:
    """Write `vault.db` under another name and rename it, so that it is never there incomplete."""
    if (data / HEADER_FILE).exists() and any(data.glob("collections/*")):
        raise VaultDamaged(
            f"{data} holds the keys and collections of an encrypted vault, but vault.db is gone. Restore it "
            "from a backup; a new vault would make all of them unreadable."
        )
    new = data / f".vault-{uuid.uuid4().hex}.db"
    vault_key = None if secret is None else Key.random()
    try:
        database = open_database(new, VAULT_STEPS, vault_key and database_key(vault_key))
        try:
            with database.write() as db:
                db.execute("INSERT INTO users VALUES (?, 1, ?)", (user, utc_now()))
        finally:
            database.close()
        if secret is not None and vault_key is not None:
            write_key(data / UPLOADS_FILE, Key.random(), vault_key)
            write_header(data, Header.new(secret, vault_key))
        else:
            (data / HEADER_FILE).unlink(missing_ok=True)  # of a vault whose creation was interrupted
        new.rename(data / "vault.db")
    finally:
        for leftover in data.glob(f"{new.name}*"):
            leftover.unlink()
