"""Check the modes of files in the data folder, and remove the rights of other users.

A folder with mode 0700 lets no other user in, whatever modes its files have. Folders below such a folder are
therefore not listed: a collection may have a hundred thousand originals.
"""

from __future__ import annotations

import logging
import os
import stat
from fnmatch import fnmatch
from pathlib import Path

_log = logging.getLogger(__name__)

_OWN_FILES = (
    "vault.db*", ".vault-*.db*", "vault.lock", "vault.owner.json", "open.html", "collections", "models",
    "incoming", "run", "embedder", "models.tried", "keys.json", ".keys.json-*", "uploads.key",
    ".uploads.key-*", "log.key*",
)  # fmt: skip
"""What Incamera creates in a data folder. Other files there are left alone."""
OTHER_USERS = 0o077
_ALWAYS_LISTED = 2
"""Folders up to this depth below the data folder are always listed: collections/ID and the like."""


def restrict_folder(data: Path) -> None:
    """Remove the rights of other users from the data folder itself.

    The user's home folder, / and folders with the sticky bit (such as /tmp) keep their mode.
    """
    _ModeRepair(data).restrict_data_folder()


def foreign_files(data: Path) -> list[Path]:
    """Return the files and folders in a folder that Incamera did not create, sorted by name."""
    return sorted(
        path for path in data.iterdir() if not any(fnmatch(path.name, pattern) for pattern in _OWN_FILES)
    )


def restrict_modes(data: Path) -> None:
    """Remove the rights of other users from a data folder and from what Incamera created in it.

    Links are not followed. Changes are logged, and so are files of another user, which cannot be changed.
    """
    repair = _ModeRepair(data)
    repair.restrict_data_folder()
    for pattern in _OWN_FILES:
        for path in repair.data.glob(pattern):
            repair.restrict_tree(path, 1)
    if repair.changed:
        count = len(repair.changed)
        _log.warning(
            "Other users of this machine could open %s of the vault in %s, such as %s. This was corrected.",
            "a file or folder" if count == 1 else f"{count:,} files and folders", data, repair.changed[0],
        )  # fmt: skip
    if repair.foreign:
        first = repair.foreign[0]
        _log.warning(
            "Other users of this machine may be able to open %s: it belongs to user %d, and you cannot "
            "change its mode. Ask that user to run: chmod -R go= '%s'",
            first, first.lstat().st_uid, data,
        )  # fmt: skip


class _ModeRepair:
    """Changes modes, and remembers what was changed and what could not be changed."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.changed: list[Path] = []
        self.foreign: list[Path] = []

    def restrict_data_folder(self) -> None:
        if (
            self.data not in (Path("/"), Path.home().resolve())
            and not self.data.stat().st_mode & stat.S_ISVTX
        ):
            self._restrict(self.data, self.data.lstat())

    def restrict_tree(self, path: Path, depth: int) -> None:
        """Restrict a file, or a folder and everything in it that other users could reach."""
        status = path.lstat()
        was_open = self._restrict(path, status)
        if stat.S_ISDIR(status.st_mode) and (was_open or depth <= _ALWAYS_LISTED):
            for child in path.iterdir():
                self.restrict_tree(child, depth + 1)

    def _restrict(self, path: Path, status: os.stat_result) -> bool:
        """Restrict one file or folder, and return whether other users had rights until now."""
        is_ordinary = stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)
        if not is_ordinary or not status.st_mode & OTHER_USERS:
            return False
        try:
            # Through a file descriptor, so that a file that is put in its place now is not changed instead.
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                os.fchmod(descriptor, stat.S_IMODE(status.st_mode) & 0o700)
            finally:
                os.close(descriptor)
        except OSError:
            self.foreign.append(path)
        else:
            self.changed.append(path)
        return True
