"""The one place where what a disk refuses becomes an error of ours: full, not writable, failing.

The system and SQLite say it in many ways (ENOSPC, EROFS, EACCES, EDQUOT, SQLITE_FULL, SQLITE_CANTOPEN …), and
some of them mean any of three things: then the disk itself is looked at.
"""

from __future__ import annotations

import errno
import os
import pwd
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vault.errors import DiskFailed, DiskFull, IncameraError, NotWritable, StorageError, VaultInUse

_FULL = frozenset([errno.ENOSPC, errno.EDQUOT])
_SHUT = frozenset([errno.EACCES, errno.EPERM, errno.EROFS])
_UNCLEAR = frozenset(
    [errno.EIO, errno.EFBIG, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.EHOSTDOWN]
)
_NO_ROOM = 256 * 1024
"""Bytes: with less than that a database cannot even be opened."""
_SAYS_FULL = re.compile(r"disk is full|No space left|quota exceeded|os error (28|122)\b", re.I)
_SAYS_SHUT = re.compile(
    r"readonly database|Read-only file system|Permission denied|os error (1|13|30)\b", re.I
)
_SAYS_SOMETHING = re.compile(
    r"unable to open database|disk I/O error|Input/output error|iostream error", re.I
)
"""What libraries make of it that give no number."""
VAULT_ADVICE = (
    "Incamera keeps a record of every question, so it cannot answer from a vault that it cannot write to. "
    "Change that, or copy the folder to a place that you can write to and set INCAMERA_DATA to the copy."
)
_OTHER_ADVICE = "Change that, or choose another place."


@contextmanager
def on_disk(place: Path, advice: str = _OTHER_ADVICE) -> Iterator[None]:
    """Raise what the disk refuses in the block as a StorageError that names `place`; other errors pass."""
    try:
        yield
    except Exception as error:
        translated = storage_error(error, place, advice)
        if translated is None:
            raise
        raise translated from error


def storage_error(
    error: BaseException, place: Path, advice: str = _OTHER_ADVICE
) -> StorageError | VaultInUse | None:
    """What `error` says of the disk under `place`, a file or folder that need not exist; None: nothing."""
    match _kind(error):
        case "full":
            return _full(place)
        case "shut":
            return _shut(place, advice)
        case "unclear":
            return _looked_at(place, error, advice)
        case "busy":
            return VaultInUse(
                f"{place} is locked by another program, perhaps a backup. Try again when that has ended."
            )
    return None


def check_room(place: Path, wanted: int) -> None:
    """Raises DiskFull when the disk under `place` has less than `wanted` bytes free."""
    if _free(place) < wanted:
        raise _full(place, f"{wanted / 2**20:,.1f} MiB are needed")


def _kind(error: BaseException) -> str:
    """full, shut, unclear, busy; or empty when it is nothing about the disk."""
    if isinstance(error, IncameraError):
        return ""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return {13: "full", 8: "shut", 3: "shut", 14: "unclear", 10: "unclear", 5: "busy", 6: "busy"}.get(
            code, ""
        )
    if isinstance(error, OSError):
        number = error.errno
        return (
            "full"
            if number in _FULL
            else "shut"
            if number in _SHUT
            else "unclear"
            if number in _UNCLEAR
            else ""
        )
    said = str(error)
    return (
        "full" if _SAYS_FULL.search(said)
        else "shut" if _SAYS_SHUT.search(said)
        else "unclear" if _SAYS_SOMETHING.search(said)
        else ""
    )  # fmt: skip


def _looked_at(place: Path, error: BaseException, advice: str) -> StorageError:
    there = _existing(place)
    if _free(place) < _NO_ROOM:
        return _full(place)
    if not os.access(there, os.W_OK) or (there.is_dir() and not os.access(there, os.X_OK)):
        return _shut(place, advice)
    return DiskFailed(
        f"{place} cannot be read or written ({str(error) or type(error).__name__}). The disk may be failing, "
        "no longer connected, or over a quota: check it, then try again. Nothing was removed."
    )


def _full(place: Path, why: str = "or a quota is used up") -> DiskFull:
    return DiskFull(
        f"There is no room left on the disk that holds {place}: {_free(place) / 2**20:,.1f} MiB are free, "
        f"{why}. Make room there and try again: nothing that was finished is lost."
    )


def _shut(place: Path, advice: str) -> NotWritable:
    there = _existing(place)
    if os.statvfs(there).f_flag & os.ST_RDONLY:
        why = "its disk is mounted read-only"
    else:
        found = there.stat()
        what = "it" if there == place else str(there)
        why = f"{what} belongs to {_user(found.st_uid)} and has mode {found.st_mode & 0o7777:04o}"
    return NotWritable(f"{place} cannot be used by {_user(os.geteuid())}: {why}. {advice}")


def _existing(place: Path) -> Path:
    """`place`, or the nearest folder above it that can be seen."""
    for candidate in (place.absolute(), *place.absolute().parents):
        try:
            candidate.stat()
        except OSError:
            continue
        return candidate
    return Path("/")


def _free(place: Path) -> int:
    """Bytes on its disk that this user can fill."""
    disk = os.statvfs(_existing(place))
    if not disk.f_blocks:  # a kind of disk that does not tell
        return 1 << 62
    return disk.f_bavail * disk.f_frsize


def _user(number: int) -> str:
    try:
        return f"user {pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"user {number}"
