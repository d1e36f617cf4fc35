"""The keys of one vault while it is open.

Every collection has a random key of its own, in its folder and sealed with the vault's key. Without that file
nobody can read the collection: it is destroyed first when the collection is purged.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vault.errors import VaultDamaged
from vault.files.private import make_folder
from vault.files.scrub import write_over
from vault.sealing.box import seal, unseal
from vault.sealing.key import Key
from vault.sealing.stream import destroy

COLLECTION_FILE, UPLOADS_FILE = "collection.key", "uploads.key"


OpenedBy = Literal["file", "passphrase", "nothing"]


@dataclass(frozen=True, slots=True)
class CollectionKeys:
    """The keys of one collection, and what of it is never written to a disk."""

    catalogue: Key | None = None
    originals: Key | None = None
    vectors_in_memory: bool = False

    @property
    def encrypted(self) -> bool:
        """Whether the collection is encrypted."""
        return self.originals is not None

    @classmethod
    def of(cls, key: Key, *, sealed: bool) -> CollectionKeys:
        """Return what follows from the key of a collection."""
        return cls(key.derived("catalogue"), key.derived("originals"), sealed)


NOT_ENCRYPTED = CollectionKeys()
"""Of every collection of a vault without a key."""


class Keyring:
    """The keys of a vault. Those of one that is not encrypted are all None."""

    def __init__(
        self,
        data: Path,
        vault_key: Key | None = None,
        *,
        opened_by: OpenedBy = "nothing",
        sealed: bool = False,
    ) -> None:
        """Use the keys in `data`. With `sealed`, indexes of vectors are kept in memory.

        Raises VaultDamaged, SealBroken.
        """
        self._vault_key, self.opened_by = vault_key, opened_by
        self.sealed = sealed and vault_key is not None
        self.database = self.uploads = None
        if vault_key is not None:
            self.database = database_key(vault_key)
            self.uploads = read_key(data / UPLOADS_FILE, vault_key)

    @property
    def encrypted(self) -> bool:
        """Whether the vault is encrypted."""
        return self._vault_key is not None

    def create(self, folder: Path) -> None:
        """Make the folder of a new collection, with a key of its own in an encrypted vault."""
        make_folder(folder)
        if self._vault_key is not None:
            write_key(folder / COLLECTION_FILE, Key.random(), self._vault_key)

    def of(self, folder: Path) -> CollectionKeys:
        """Return the keys of the collection in `folder`. Raises VaultDamaged, SealBroken."""
        if self._vault_key is None:
            return NOT_ENCRYPTED
        return CollectionKeys.of(read_key(folder / COLLECTION_FILE, self._vault_key), sealed=self.sealed)

    def destroy(self, folder: Path) -> None:
        """Destroy the key of a collection: from then on nobody can read what its folder holds."""
        destroy(folder / COLLECTION_FILE)


def database_key(vault_key: Key) -> Key:
    """Return the key of `vault.db`."""
    return vault_key.derived("vault.db")


def write_key(file: Path, key: Key, vault_key: Key) -> None:
    """Write a key to one of the key files of a vault, in place of an earlier one. Raises StorageError."""
    write_over(file, seal(vault_key.derived("keys"), key.secret, _context(file)))


def read_key(file: Path, vault_key: Key) -> Key:
    """Return the key in one of the key files of a vault. Raises VaultDamaged, SealBroken."""
    try:
        sealed = file.read_bytes()
    except FileNotFoundError as error:
        raise VaultDamaged(
            f"The key {file} is gone, and without it nobody can read what it locks. Restore it from a backup."
        ) from error
    return Key(unseal(vault_key.derived("keys"), sealed, _context(file)))


def key_files(data: Path) -> list[Path]:
    """Return all files of the vault in `data` that hold a key sealed with the vault's key."""
    return [
        file
        for file in (data / UPLOADS_FILE, *sorted(data.glob(f"collections/*/{COLLECTION_FILE}")))
        if file.is_file()
    ]


def _context(file: Path) -> str:
    # The id of a collection is part of it, so that the key of one cannot be put into another.
    return "key of the uploads" if file.name == UPLOADS_FILE else f"key of the collection {file.parent.name}"
