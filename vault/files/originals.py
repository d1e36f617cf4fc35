"""The original files of documents, stored by their sha256. Their own names are never used as file names."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vault.errors import DocumentNotFound, FileUnreadable
from vault.files.private import make_folder
from vault.files.storage import translate_disk_errors

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20


class Originals:
    """The folder of a collection's original files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with translate_disk_errors(folder):
            make_folder(folder)

    def path(self, sha256: str) -> Path:
        """Return the path of an original. Raises DocumentNotFound when it does not exist."""
        path = self._path(sha256)
        if not path.is_file():
            raise DocumentNotFound(f"The original with sha256 {sha256} is not in the vault.")
        return path

    def has(self, sha256: str) -> bool:
        """Return whether the original exists."""
        return self._path(sha256).is_file()

    def store(self, source: Path) -> tuple[str, int]:
        """Copy a file into the folder and return (sha256, bytes) of the copy.

        The copy is hashed while it is written, so the sha256 is right even if the source changes in the
        meantime. It is renamed at the end, so a file under a sha256 is always complete. Raises FileUnreadable
        when the source cannot be read, and StorageError when the copy cannot be written.
        """
        digest = hashlib.sha256()
        size = 0
        with translate_disk_errors(self._folder):
            handle, name = tempfile.mkstemp(prefix=".incoming-", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as target:
                    for block in _blocks(source):
                        digest.update(block)
                        size += len(block)
                        target.write(block)
                    target.flush()
                    os.fsync(target.fileno())
                Path(name).replace(self._path(digest.hexdigest()))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        return digest.hexdigest(), size

    def scratch(self) -> tempfile.TemporaryDirectory[str]:
        """Return a temporary folder. It is removed at the end of a `with` block, or by `sweep` after a crash.

        It is inside this folder and not in the system's temporary folder, because the content of documents
        must not leave the vault. Raises StorageError.
        """
        with translate_disk_errors(self._folder):
            return tempfile.TemporaryDirectory(prefix=".scratch-", dir=self._folder)

    def delete(self, sha256: str) -> None:
        """Remove an original. Does nothing if it does not exist."""
        self._path(sha256).unlink(missing_ok=True)

    def sweep(self, keep: set[str]) -> None:
        """Remove every file except `keep` (sha256), such as partial copies that a crash left."""
        for path in self._folder.iterdir():
            if path.name not in keep:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise DocumentNotFound(f"{sha256!r} is not a sha256.")
        return self._folder / sha256


def _blocks(source: Path) -> Iterator[bytes]:
    """Yield the content of a file in blocks. Raises FileUnreadable."""
    try:
        with source.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise FileUnreadable(f"The file cannot be read: {reason}.") from error


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
