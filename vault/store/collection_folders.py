"""The folders of the collections in a data folder: each has its key, and everything of one collection."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Set
from pathlib import Path

from vault.held import CheckHeld
from vault.keys.keyring import Keyring
from vault.store.collection import Collection


class CollectionFolders:
    """Makes, opens and removes the folders, by the id of the collection."""

    def __init__(self, data: Path, keys: Keyring, check_held_of: Callable[[str], CheckHeld]) -> None:
        """`check_held_of` returns what refuses to replace documents of a collection that are held."""
        self._folder = data / "collections"
        self._keys = keys
        self._check_held_of = check_held_of

    def create(self, collection_id: str) -> None:
        """Make the folder of a new collection, with a key of its own if the vault is encrypted."""
        self._keys.create(self._folder / collection_id)

    def open(self, collection_id: str, name: str) -> Collection:
        """Open a collection, whose present name is `name`."""
        folder = self._folder / collection_id
        check_held = self._check_held_of(collection_id)
        return Collection(collection_id, name, folder, check_held, keys=self._keys.of(folder))

    def destroy_key(self, collection_id: str) -> None:
        """Make everything in the folder unreadable for ever, if it is encrypted."""
        self._keys.destroy(self._folder / collection_id)

    def remove(self, collection_id: str) -> None:
        """Remove the folder, if it is there."""
        folder = self._folder / collection_id
        if folder.exists():
            shutil.rmtree(folder)

    def sweep(self, known: Set[str]) -> None:
        """Remove folders that a crash left while a collection was created or deleted; `known` stay."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in known:
                    shutil.rmtree(path)
