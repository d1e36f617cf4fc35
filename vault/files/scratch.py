"""Files that are needed for a moment, such as the attachments of a message until they are parsed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Self

from vault.files.private import open_new
from vault.files.storage import translate_disk_errors
from vault.sealing.key import Key
from vault.sealing.stored_file import StoredFile
from vault.sealing.stream import SealingWriter


class Scratch:
    """A folder that is removed at the end of a `with` block.

    What is kept in an encrypted one is sealed with a key that is only in memory: nobody can read what a
    process that was killed leaves there.
    """

    def __init__(self, parent: Path, *, encrypted: bool) -> None:
        """Make the folder inside `parent`. Raises StorageError."""
        with translate_disk_errors(parent):
            self._folder = tempfile.TemporaryDirectory(prefix=".scratch-", dir=parent)
        self._key = Key.random() if encrypted else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._folder.cleanup()

    def keep(self, name: str, content: bytes) -> StoredFile:
        """Write a new file and return it. `name` must be safe as a file name. Raises StorageError."""
        path = Path(self._folder.name) / name
        with translate_disk_errors(path.parent), open_new(path) as target:
            writer = SealingWriter(target, self._key)
            writer.write(content)
            writer.finish(name)
        return StoredFile(path, self._key, name)
