"""The limits of uploads: sizes, number of files, names, and the room on the disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from vault.errors import UploadRefused
from vault.settings import Settings
from vault.text.counted import counted

MAX_FILES = 50_000
"""Most files in one upload."""
_MAX_NAME_LENGTH = 2_000
_MIB = 1 << 20
_RESERVED_BYTES = 256 * _MIB
"""Bytes that uploads leave free on the disk."""
_COPIES = 2
"""For a while the disk holds the upload and the original in the collection."""


class UploadLimits:
    """Checks uploads against the settings and the disk."""

    def __init__(self, settings: Settings, free_bytes: Callable[[], int]) -> None:
        """`free_bytes` returns how much of the data folder's disk is free."""
        self._free_bytes = free_bytes
        self.file_bytes = settings.upload_file_mb * _MIB
        self.total_bytes = settings.upload_total_mb * _MIB

    def check(self, files: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """Check the (name, bytes) of the chosen files, and return them with the names that are stored.

        Raises UploadRefused.
        """
        if not files or len(files) > MAX_FILES:
            raise UploadRefused(f"{len(files):,} files were chosen; 1 to {MAX_FILES:,} can be sent at once.")
        for name, size in files:
            if size > self.file_bytes:
                raise UploadRefused(
                    f"{name!r} is {format_size(size)}; the limit for one file is "
                    f"{format_size(self.file_bytes)} (INCAMERA_UPLOAD_FILE_MB)."
                )
        total = sum(size for _, size in files)
        if total > self.total_bytes:
            raise UploadRefused(
                f"The files are {format_size(total)} together; {format_size(self.total_bytes)} can be sent "
                "at once (INCAMERA_UPLOAD_TOTAL_MB). Choose fewer files, and send the others afterwards."
            )
        self.check_room(total)
        return [(_stored_name(name), size) for name, size in files]

    def check_room(self, size: int) -> None:
        """Check that the disk has room for `size` more bytes. Raises UploadRefused."""
        needed, free = size * _COPIES + _RESERVED_BYTES, self._free_bytes()
        if free < needed:
            raise UploadRefused(
                f"The disk of the data folder has {format_size(free)} free. Adding {format_size(size)} "
                f"needs about {format_size(needed)}: the files are copied into the collection, and some "
                "space must stay free. Make room on the disk, or choose fewer files."
            )


def format_size(size: int) -> str:
    """Return a number of bytes in words: "512 bytes", "1.5 MB"."""
    if size < 1024:
        return counted(size, "byte")
    for unit, divisor in (("KB", 1024), ("MB", _MIB)):
        if size < divisor * 1024:
            return f"{size / divisor:,.1f} {unit}".replace(".0 ", " ")
    return f"{size / _MIB / 1024:,.1f} GB".replace(".0 ", " ")


def _stored_name(name: str) -> str:
    """Return the name with accented letters in one spelling, and with text that UTF-8 can hold.

    Raises UploadRefused for what cannot be the name of a file.
    """
    written = name.encode("utf-8", "backslashreplace").decode("utf-8")
    stored = unicodedata.normalize("NFC", written).lstrip("/")
    if not PurePosixPath(stored).name or len(stored) > _MAX_NAME_LENGTH:
        raise UploadRefused(f"{name[:80]!r} cannot be the name of a file.")
    return stored
