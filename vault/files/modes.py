"""Modes of what lies in the data folder: looked at when a vault is opened, mended where others could read.

A folder with mode 0700 lets nobody else in, whatever lies in it, so what is below such a folder is not
listed: a collection may have a hundred thousand originals.
"""

from __future__ import annotations

import logging
import os
import stat
from fnmatch import fnmatch
from pathlib import Path

_log = logging.getLogger(__name__)

_OURS = (
    "vault.db*", ".vault-*.db*", "vault.lock", "vault.owner.json", "open.html", "collections", "models",
    "incoming", "run", "embedder", "models.tried",
)  # fmt: skip
"""What Incamera makes in a data folder; whatever else lies there is left alone."""
_OTHERS = 0o077
_ALWAYS_LISTED = 2
"""Depth below the data folder of folders that are always listed: collections/ID and the like."""


def shut_folder(data: Path) -> None:
    """Let nobody else into a data folder, unless it is the user's home, the system's or somebody else's."""
    _Mending(data).shut_data()


def strangers(data: Path) -> list[Path]:
    """What lies in a folder that Incamera did not make, by name."""
    return sorted(
        path for path in data.iterdir() if not any(fnmatch(path.name, pattern) for pattern in _OURS)
    )


def mend_modes(data: Path) -> None:
    """Take the rights of other users away from a data folder and from what Incamera keeps in it.

    No link is followed. What was mended, and what belongs to somebody else, is logged.
    """
    mending = _Mending(data)
    mending.shut_data()
    for pattern in _OURS:
        for path in mending.data.glob(pattern):
            mending.tree(path, 1)
    if mending.mended:
        count = len(mending.mended)
        _log.warning(
            "Other users of this machine could open %s of the vault in %s, such as %s. That is mended.",
            "a file or folder" if count == 1 else f"{count:,} files and folders", data, mending.mended[0],
        )  # fmt: skip
    if mending.foreign:
        first = mending.foreign[0]
        _log.warning(
            "Other users of this machine may be able to open %s: it belongs to user %d, and you cannot "
            "change its mode. Let that user run: chmod -R go= '%s'",
            first, first.lstat().st_uid, data,
        )  # fmt: skip


class _Mending:
    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.mended: list[Path] = []
        self.foreign: list[Path] = []

    def shut_data(self) -> None:
        """The data folder itself. One with the sticky bit is shared by all, such as /tmp."""
        if (
            self.data not in (Path("/"), Path.home().resolve())
            and not self.data.stat().st_mode & stat.S_ISVTX
        ):
            self._mend(self.data, self.data.lstat())

    def tree(self, path: Path, depth: int) -> None:
        """A file, or a folder and what is in it as far as others could get there."""
        found = path.lstat()
        was_open = self._mend(path, found)
        if stat.S_ISDIR(found.st_mode) and (was_open or depth <= _ALWAYS_LISTED):
            for below in path.iterdir():
                self.tree(below, depth + 1)

    def _mend(self, path: Path, found: os.stat_result) -> bool:
        """Whether others could open the file or folder until now."""
        ordinary = stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)
        if not ordinary or not found.st_mode & _OTHERS:
            return False
        try:
            # By a handle, so that nothing which is put in its place meanwhile is changed instead.
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                os.fchmod(handle, stat.S_IMODE(found.st_mode) & 0o700)
            finally:
                os.close(handle)
        except OSError:
            self.foreign.append(path)
        else:
            self.mended.append(path)
        return True
