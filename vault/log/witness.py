"""The head of the log, written beside its key."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from vault.errors import HeadInvalid, StorageError
from vault.files.private import write_atomically
from vault.log.head import Head, read_heads


class Witness:
    """A file beside the key that says how far the log has been.

    When the key lies outside the data folder, it finds that the data folder was set back to an earlier state.
    It is behind by the entries of a process that was killed.
    """

    def __init__(self, key_file: Path) -> None:
        """The file has the name of the key's and ends in `.head`."""
        self._file = key_file.with_name(f"{key_file.name}.head")

    def last(self) -> Head | None:
        """Return the head in the file; None if there is none."""
        try:
            heads = read_heads(self._file)
        except (OSError, HeadInvalid):
            return None
        return heads[-1] if heads else None

    def note(self, head: Head) -> None:
        """Write the head, unless the file knows of a longer log, which must be found out.

        Does nothing where it cannot be written: a key may lie on a disk that is read-only.
        """
        known = self.last()
        if known is None or known.number < head.number:
            with suppress(OSError, StorageError):
                write_atomically(self._file, f"{head}\n")
