"""Encrypt a vault that exists, in its place.

It can be killed at any moment and run again: `keys.json` says that it is not finished, and every step finds
out by itself what is done. Plain files are overwritten as soon as the sealed ones are on the disk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from vault.encryption.exchange import (
    encrypt_database,
    exchange,
    finish_exchange,
    needs_encryption,
    sealed_beside,
)
from vault.errors import EncryptionRefused, SealBroken, VaultNotFound
from vault.files.originals import Originals
from vault.files.private import open_new, sync_folder
from vault.files.scrub import scrub, scrub_folder
from vault.keys.header import Header, NewSecret, read_header, write_header
from vault.keys.keyring import (
    COLLECTION_FILE,
    UPLOADS_FILE,
    CollectionKeys,
    database_key,
    read_key,
    write_key,
)
from vault.keys.source import KeySource
from vault.ledger.uploads import PLAIN_LISTS, UploadStore
from vault.process.lock import OwnerLock
from vault.sealing.key import Key
from vault.sealing.stored_file import StoredFile
from vault.sealing.stream import MAGIC, SealingWriter
from vault.store.vector_index import remove_index

Progress = Callable[[int, int], None]
"""Called with (collections done, of how many)."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


def encrypt_vault(
    data: Path, secret: NewSecret | None, source: KeySource, purpose: str, on_progress: Progress
) -> None:
    """Encrypt the vault in `data`, or finish that. Call it when the vault was opened and closed once.

    `secret` is what opens it from now on; None to finish, and then `source` opens it. Raises VaultNotFound,
    VaultInUse, EncryptionRefused, KeyMissing, KeyUnfit, KeyWrong, StorageError.
    """
    if not (data / "vault.db").is_file() and read_header(data) is None:
        raise VaultNotFound(f"There is no vault in {data}. Make one with: incamera init")
    lock = OwnerLock(data, purpose)
    try:
        header = read_header(data)
        if header is None:
            if secret is None:
                raise EncryptionRefused(
                    "Say what opens the vault from now on: --key-file FILE or --passphrase"
                )
            vault_key = Key.random()
            header = Header.new(secret, vault_key, unfinished=True)
            write_header(data, header)
        elif not header.unfinished:
            raise EncryptionRefused(
                "This vault is encrypted already. Give it another key with: incamera keys rotate"
            )
        else:
            vault_key = header.open(source)
        _encrypt(data, vault_key, on_progress)
        write_header(data, header.settled())
    finally:
        lock.release()


def _encrypt(data: Path, vault_key: Key, on_progress: Progress) -> None:
    folders = sorted(path for path in data.glob("collections/*") if path.is_dir())
    for number, folder in enumerate(folders):
        on_progress(number, len(folders))
        _encrypt_collection(folder, _kept_key(folder / COLLECTION_FILE, vault_key))
    on_progress(len(folders), len(folders))
    _encrypt_uploads(data, _kept_key(data / UPLOADS_FILE, vault_key))
    for leftover in data.glob(".vault-*.db*"):
        scrub(leftover)
    if needs_encryption(data / "vault.db"):
        encrypt_database(data / "vault.db", None, database_key(vault_key))


def _kept_key(file: Path, vault_key: Key) -> Key:
    """Return the key in a key file, or write a new one there first."""
    if not file.is_file():
        write_key(file, Key.random(), vault_key)
        sync_folder(file.parent)
    return read_key(file, vault_key)


def _encrypt_collection(folder: Path, key: Key) -> None:
    keys = CollectionKeys.of(key, sealed=True)
    assert keys.catalogue is not None
    assert keys.originals is not None
    if needs_encryption(folder / "catalogue.db"):
        encrypt_database(folder / "catalogue.db", None, keys.catalogue)
    # Both are made again when they are needed.
    for leftover in folder.glob("rebuild.db*"):
        scrub(leftover)
    remove_index(folder)
    originals = Originals(folder / "originals", keys.originals)
    for path in sorted((folder / "originals").iterdir()):
        if path.is_dir():
            scrub_folder(path)  # attachments of an ingest that was killed
        elif not _SHA256.fullmatch(path.name):
            scrub(path)
        elif _is_plain_original(path):
            # What is sealed already is complete, and the plain one may be half overwritten.
            if not originals.has(path.name):
                originals.store(StoredFile(path))
                sync_folder(path.parent)
            scrub(path)


def _is_plain_original(path: Path) -> bool:
    """Return whether an original is plain: only then its name is the sha256 of its bytes."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return True
    return StoredFile(path).sha256() == path.name


def _encrypt_uploads(data: Path, key: Key) -> None:
    plain, sealed = UploadStore(data), UploadStore(data, key)
    for folder in sorted(path for path in data.glob("incoming/*") if path.is_dir()):
        # A list that is half overwritten is not read again.
        upload = None if sealed.get(folder.name) is not None else plain.get(folder.name)
        if upload is not None:
            sealed.save(upload)
            sync_folder(folder)
        for name in PLAIN_LISTS:
            scrub(folder / name)
        for copy, _ in sealed.files(folder.name):
            finish_exchange(copy.path)
            if copy.path.is_file() and not _opens(copy):
                _seal(copy)
        kept = {copy.path.name for copy, _ in sealed.files(folder.name)}
        for path in folder.iterdir():
            if path.name not in kept and not path.name.endswith(".sealed"):
                scrub(path)  # what never arrived completely


def _opens(copy: StoredFile) -> bool:
    try:
        for _ in copy.blocks():
            pass
    except SealBroken:
        return False
    return True


def _seal(copy: StoredFile) -> None:
    new = sealed_beside(copy.path)
    new.unlink(missing_ok=True)
    with open_new(new) as target:
        writer = SealingWriter(target, copy.key)
        for block in StoredFile(copy.path).blocks():
            writer.write(block)
        writer.finish(copy.context)
        target.flush()
        os.fsync(target.fileno())
    exchange(copy.path)
