"""The temporary folder of one parser, and what becomes of folders whose owner was killed.

A folder can hold plain copies of a document's parts, so none may outlive its owner by long: each is locked
while its owner lives, and who makes one removes those that nobody locks any more.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

from vault.files.storage import on_disk

_PREFIX = "incamera-read-"
_YOUNG_SECONDS = 60.0  # between making a folder and locking it, it is nobody's


class ParserFolder:
    """A new empty folder, this user's alone; `remove` it when the process has ended."""

    def __init__(self, parent: Path | None = None) -> None:
        """`parent` is where it is made; default: the system's folder for temporary files.

        Raises StorageError.
        """
        parent = parent or Path(tempfile.gettempdir())
        _sweep(parent)
        with on_disk(parent):
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Remove it with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def _sweep(parent: Path) -> None:
    """Remove the folders of owners that are gone."""
    for path in parent.glob(_PREFIX + "*"):
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # another user's, or gone meanwhile
            continue
        try:
            if time.time() - os.fstat(descriptor).st_ctime > _YOUNG_SECONDS:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        except BlockingIOError:  # its owner lives
            pass
        finally:
            os.close(descriptor)
