"""The original files of documents, stored by their sha256. Their own names are never used as file names.

In an encrypted vault they are sealed, and their names on the disk do not tell the sha256 either: whoever has
a copy of a document cannot find out whether the vault holds it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from vault.errors import DocumentNotFound
from vault.files.private import make_folder
from vault.files.scratch import Scratch
from vault.files.storage import translate_disk_errors
from vault.sealing.key import Key
from vault.sealing.stored_file import StoredFile
from vault.sealing.stream import SealingWriter, destroy

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Originals:
    """The folder of a collection's original files."""

    def __init__(self, folder: Path, key: Key | None = None) -> None:
        """Open the folder, or make it. With a `key`, everything in it is sealed."""
        self._folder, self._key = folder, key
        with translate_disk_errors(folder):
            make_folder(folder)

    def file(self, sha256: str) -> StoredFile:
        """Return an original, to be read. Raises DocumentNotFound when it does not exist."""
        path = self.path(sha256)
        if not path.is_file():
            raise DocumentNotFound(f"The original with sha256 {sha256} is not in the vault.")
        return StoredFile(path, self._key, _context(sha256))

    def has(self, sha256: str) -> bool:
        """Return whether the original exists."""
        return self.path(sha256).is_file()

    def store(self, source: StoredFile) -> tuple[str, int]:
        """Copy a file into the folder and return (sha256, bytes) of its content.

        The content is hashed while it is written, so the sha256 is right even if the source changes in the
        meantime. The copy is renamed at the end, so a file under a sha256 is always complete. Raises
        FileUnreadable when the source cannot be read, and StorageError when the copy cannot be written.
        """
        digest = hashlib.sha256()
        size = 0
        with translate_disk_errors(self._folder):
            handle, name = tempfile.mkstemp(prefix=".incoming-", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as target:
                    writer = SealingWriter(target, self._key)
                    for block in source.blocks():
                        digest.update(block)
                        size += len(block)
                        writer.write(block)
                    writer.finish(_context(digest.hexdigest()))
                    target.flush()
                    os.fsync(target.fileno())
                Path(name).replace(self.path(digest.hexdigest()))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        return digest.hexdigest(), size

    def scratch(self) -> Scratch:
        """Return a folder for files that are needed for a moment. Raises StorageError.

        It is removed at the end of a `with` block, or by `sweep` after a crash. It is inside this folder and
        not in the system's temporary folder, because the content of documents must not leave the vault.
        """
        return Scratch(self._folder, encrypted=self._key is not None)

    def delete(self, sha256: str) -> None:
        """Remove an original. Does nothing if it does not exist."""
        if self._key is None:
            self.path(sha256).unlink(missing_ok=True)
        else:
            destroy(self.path(sha256))

    def sweep(self, keep: set[str]) -> None:
        """Remove every file except `keep` (sha256), such as partial copies that a crash left."""
        names = {self.path(sha256).name for sha256 in keep}
        for path in self._folder.iterdir():
            if path.name not in names:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def path(self, sha256: str) -> Path:
        """Return where an original lies on the disk. Raises DocumentNotFound for what is no sha256."""
        if not _SHA256.fullmatch(sha256):
            raise DocumentNotFound(f"{sha256!r} is not a sha256.")
        return self._folder / (sha256 if self._key is None else self._key.name_for(sha256))


def _context(sha256: str) -> str:
    return f"original with sha256 {sha256}"


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
