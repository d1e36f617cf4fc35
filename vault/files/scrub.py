"""Overwrite files before they are removed, so that their content does not stay on the disk.

That is as far as a program can reach: a disk that writes elsewhere what is overwritten (SSD), a snapshot or a
backup may keep it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from vault.files.private import sync_folder, write_bytes_atomically
from vault.files.storage import translate_disk_errors

_ZEROS = bytes(1 << 20)


def scrub(file: Path) -> None:
    """Overwrite a file with zeros and remove it. Does nothing if it does not exist. Raises StorageError."""
    with translate_disk_errors(file):
        try:
            handle = _open(file)
        except FileNotFoundError:
            return
        _overwrite(handle)
        file.unlink(missing_ok=True)


def write_over(file: Path, content: bytes) -> None:
    """Write a file atomically, and overwrite what it held before, so that it does not stay on the disk.

    Raises StorageError.
    """
    with translate_disk_errors(file):
        try:
            earlier = _open(file)
        except FileNotFoundError:
            earlier = None
        write_bytes_atomically(file, content)
        if earlier is not None:
            sync_folder(file.parent)
            _overwrite(earlier)


def _open(file: Path) -> int:
    return os.open(file, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _overwrite(handle: int) -> None:
    """Overwrite an open file with zeros, and close it."""
    with os.fdopen(handle, "wb", buffering=0) as target:
        left = os.fstat(handle).st_size
        while left > 0:
            left -= target.write(_ZEROS[: min(left, len(_ZEROS))]) or 0
        os.fsync(handle)


def scrub_folder(folder: Path) -> None:
    """Overwrite and remove every file of a folder, and the folder. Does nothing if it does not exist."""
    if not folder.is_dir():
        return
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            scrub(path)
    shutil.rmtree(folder)
