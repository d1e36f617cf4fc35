"""What may be uploaded: how large, how many, under which names, and whether the disk has room."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from vault.errors import UploadRefused
from vault.settings import Settings

MOST_FILES = 50_000
"""Files that can be chosen at once."""
_LONGEST_NAME = 2_000
_MIB = 1 << 20
_SPARE = 256 * _MIB
"""Bytes of the disk that uploads leave free."""
_COPIES = 2
"""An upload and the original in the collection lie on the disk together for a while."""


class UploadLimits:
    """The limits of the settings, and those of the disk."""

    def __init__(self, settings: Settings, room: Callable[[], int]) -> None:
        """`room` gives the bytes that are free on the disk of the data folder."""
        self._room = room
        self.file_bytes = settings.upload_file_mb * _MIB
        self.total_bytes = settings.upload_total_mb * _MIB

    def checked(self, files: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """(name, bytes) of what was chosen, the names as they are stored. Raises UploadRefused."""
        if not files or len(files) > MOST_FILES:
            raise UploadRefused(f"{len(files):,} files were chosen; 1 to {MOST_FILES:,} can be sent at once.")
        for name, size in files:
            if size > self.file_bytes:
                raise UploadRefused(
                    f"{name!r} has {size_in_words(size)}; a file may have {size_in_words(self.file_bytes)} "
                    "(INCAMERA_UPLOAD_FILE_MB)."
                )
        total = sum(size for _, size in files)
        if total > self.total_bytes:
            raise UploadRefused(
                f"The files have {size_in_words(total)} together; {size_in_words(self.total_bytes)} can be "
                "sent at once (INCAMERA_UPLOAD_TOTAL_MB). Choose fewer, and the others afterwards."
            )
        self.check_room(total)
        return [(_stored(name), size) for name, size in files]

    def check_room(self, size: int) -> None:
        """Whether the disk has room for so many bytes more. Raises UploadRefused."""
        needed, free = size * _COPIES + _SPARE, self._room()
        if free < needed:
            raise UploadRefused(
                f"The disk of the data folder has {size_in_words(free)} free. Adding {size_in_words(size)} "
                f"needs about {size_in_words(needed)}: the files are copied into the collection, and some "
                "space must stay free. Make space, or choose fewer files."
            )


def size_in_words(size: int) -> str:
    """A number of bytes for a sentence."""
    if size < 1024:
        return f"{size} bytes"
    for unit, divisor in (("KB", 1024), ("MB", _MIB)):
        if size < divisor * 1024:
            return f"{size / divisor:,.1f} {unit}".replace(".0 ", " ")
    return f"{size / _MIB / 1024:,.1f} GB".replace(".0 ", " ")


def _stored(name: str) -> str:
    """One spelling of letters with accents, and text that can be written."""
    written = name.encode("utf-8", "backslashreplace").decode("utf-8")
    stored = unicodedata.normalize("NFC", written).lstrip("/")
    if not PurePosixPath(stored).name or len(stored) > _LONGEST_NAME:
        raise UploadRefused(f"{name[:80]!r} cannot be the name of a file.")
    return stored
