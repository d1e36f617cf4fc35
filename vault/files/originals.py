"""The files as they came, stored by their sha256; the given name never touches the file system."""

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
from vault.files.storage import on_disk

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20


class Originals:
    """A folder of originals."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with on_disk(folder):
            make_folder(folder)

    def path(self, sha256: str) -> Path:
        """Where the original lies. Raises DocumentNotFound when it is not there."""
        path = self._path(sha256)
        if not path.is_file():
            raise DocumentNotFound(f"The original with sha256 {sha256} is not in the vault.")
        return path

    def has(self, sha256: str) -> bool:
        """Whether the original is here."""
        return self._path(sha256).is_file()

    def store(self, source: Path) -> tuple[str, int]:
        """Copy a file in; returns (sha256, bytes) of what was copied.

        The copy is hashed as it is written, so the name is true even if the source changes meanwhile,
        and renamed into place, so that a file under a hash is always whole. Raises FileUnreadable when the
        source cannot be read, StorageError when the copy cannot be written.
        """
        digest = hashlib.sha256()
        size = 0
        with on_disk(self._folder):
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
        """A folder for files that are not kept, removed on leaving it; after a crash, by `sweep`.

        It lies here and not in the system's folder for temporary files: document content does not
        leave the vault. Raises StorageError.
        """
        with on_disk(self._folder):
            return tempfile.TemporaryDirectory(prefix=".scratch-", dir=self._folder)

    def delete(self, sha256: str) -> None:
        """Remove an original; one that is not there is passed over."""
        self._path(sha256).unlink(missing_ok=True)

    def sweep(self, keep: set[str]) -> None:
        """Remove what no document refers to: copies that a crash left half written or unclaimed."""
        for path in self._folder.iterdir():
            if path.name not in keep:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise DocumentNotFound(f"{sha256!r} is not a sha256.")
        return self._folder / sha256


def _blocks(source: Path) -> Iterator[bytes]:
    """The content of a file. Raises FileUnreadable."""
    try:
        with source.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise FileUnreadable(f"The file cannot be read: {reason}.") from error


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
