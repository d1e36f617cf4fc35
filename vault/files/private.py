"""Files and folders that nobody else on the machine can open, whatever the umask of the process."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from vault.files.storage import on_disk


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, with mode 0700; one that is there stays."""
    for missing in reversed([folder, *folder.parents]):
        if not missing.is_dir():
            missing.mkdir(mode=0o700, exist_ok=True)


def create(file: Path) -> None:
    """Make an empty file with mode 0600, unless there is one: for libraries that open it themselves."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))


def open_new(file: Path) -> BinaryIO:
    """A new file with mode 0600, to write bytes to. Raises FileExistsError."""
    return os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb")


def write_private(file: Path, text: str) -> None:
    """Write text to a new file with mode 0600, in the place of a file or link that was there."""
    file.unlink(missing_ok=True)
    with open_new(file) as target:
        target.write(text.encode())


def write_whole(file: Path, text: str) -> None:
    """Write text to a file with mode 0600: whoever reads it finds the old or the new one, never half of it.

    Raises StorageError.
    """
    with on_disk(file):
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.absolute().parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as target:
                target.write(text)
                target.flush()
                os.fsync(target.fileno())
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
