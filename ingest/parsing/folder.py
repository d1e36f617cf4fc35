"""The temporary folder of a parser.

A folder may hold plain copies of parts of a document, so it must not stay behind if its owner is killed. Each
owner locks its folder; making a new folder removes those that are no longer locked.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

from vault.files.storage import translate_disk_errors

_PREFIX = "incamera-read-"
_YOUNG_SECONDS = 60.0  # a new folder is not locked for a moment: do not remove it then


_IN_MEMORY = ("tmpfs", "ramfs")


def memory_folder() -> Path | None:
    """Return a folder whose files are only in memory, or None if this system has none that can be used."""
    shared = Path("/dev/shm")  # noqa: S108  # each process makes a private folder in it
    candidates = [shared, Path(tempfile.gettempdir()), Path(os.environ.get("XDG_RUNTIME_DIR", "/run"))]
    for folder in candidates:
        if os.access(folder, os.W_OK | os.X_OK) and _file_system(folder) in _IN_MEMORY:
            return folder
    return None


def _file_system(folder: Path) -> str:
    """Return the kind of file system that a folder is on; empty if it cannot be told."""
    try:
        lines = Path("/proc/self/mounts").read_text().splitlines()
    except OSError:
        return ""
    mounts = [(fields[1], fields[2]) for fields in map(str.split, lines) if len(fields) > 2]
    above = [mount for mount in mounts if folder.resolve().is_relative_to(mount[0])]
    # The last of several at the same place hides the others.
    return max(above, key=lambda mount: (len(mount[0]), mounts.index(mount)), default=("", ""))[1]


class ParserFolder:
    """A new empty folder that only this user can open; `remove` it when the process has ended."""

    def __init__(self, parent: Path | None = None) -> None:
        """Make the folder in `parent` (default: the system's folder for temporary files).

        Raises StorageError.
        """
        parent = parent or Path(tempfile.gettempdir())
        _remove_abandoned(parent)
        with translate_disk_errors(parent):
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def _remove_abandoned(parent: Path) -> None:
    """Remove the folders whose owners have ended."""
    for path in parent.glob(_PREFIX + "*"):
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # it belongs to another user, or was removed just now
            continue
        try:
            if time.time() - os.fstat(descriptor).st_ctime > _YOUNG_SECONDS:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        except BlockingIOError:  # its owner is still running
            pass
        finally:
            os.close(descriptor)
