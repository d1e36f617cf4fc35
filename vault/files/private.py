"""Create files and folders that no other user of the machine can open, whatever the process's umask is."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from vault.files.storage import translate_disk_errors


def make_folder(folder: Path) -> None:
    """Create a folder and its missing parents with mode 0700. Existing folders keep their mode."""
    for missing in reversed([folder, *folder.parents]):
        if not missing.is_dir():
            missing.mkdir(mode=0o700, exist_ok=True)


def create_private(file: Path) -> None:
    """Create an empty file with mode 0600, unless it exists: for libraries that open it themselves."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))


def open_new(file: Path) -> BinaryIO:
    """Create a file with mode 0600 and return it, open for writing bytes. Raises FileExistsError."""
    return os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb")


def write_private(file: Path, text: str) -> None:
    """Write text to a new file with mode 0600. A file or link of that name is replaced."""
    file.unlink(missing_ok=True)
    with open_new(file) as target:
        target.write(text.encode())


def write_atomically(file: Path, text: str) -> None:
    """Write text to a file with mode 0600, so that a reader sees the old or the new text and never a part.

    Raises StorageError.
    """
    write_bytes_atomically(file, text.encode())


def write_bytes_atomically(file: Path, content: bytes) -> None:
    """Write bytes to a file as `write_atomically` writes text. Raises StorageError."""
    with translate_disk_errors(file):
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.absolute().parent)
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def sync_folder(folder: Path) -> None:
    """Make sure that the names of files in a folder survive a power cut, before anything relies on them."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
