"""What is checked of a file before the parser is asked."""

from __future__ import annotations

import stat

from ingest.parsed.limits import ParseLimits
from vault.errors import EmptyFile, FileUnreadable, TooLarge
from vault.sealing.stored_file import StoredFile


def check_file(file: StoredFile, limits: ParseLimits) -> None:
    """Raise FileUnreadable, EmptyFile or TooLarge if the file is missing, no file, empty or too large."""
    try:
        mode, size = file.path.stat().st_mode, file.size
    except OSError as error:
        raise FileUnreadable(
            f"The file cannot be opened ({error.strerror}). Check that it is there."
        ) from error
    if not stat.S_ISREG(mode):
        raise FileUnreadable("This is not a file but a folder or a device. Name a file.")
    if size == 0:
        raise EmptyFile("The file is empty (0 bytes). Check where it was copied from.")
    if size > limits.file_bytes:
        raise TooLarge(
            f"The file has {size / 2**20:,.1f} MiB, above the limit of "
            f"{limits.file_bytes / 2**20:,.1f} MiB. Split it."
        )
