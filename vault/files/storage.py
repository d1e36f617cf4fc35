"""Turn disk errors of every kind into StorageError: full, not writable, failing.

The system, SQLite and other libraries report the same problem in many ways (ENOSPC, EROFS, EACCES, EDQUOT,
SQLITE_FULL, SQLITE_CANTOPEN …). Some of these can mean any of the three, and then the disk itself is checked.
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
_NOT_WRITABLE = frozenset([errno.EACCES, errno.EPERM, errno.EROFS])
_UNCLEAR = frozenset(
    [errno.EIO, errno.EFBIG, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.EHOSTDOWN]
)
_SQLITE = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "not writable",
    sqlite3.SQLITE_PERM: "not writable",
    sqlite3.SQLITE_CANTOPEN: "unclear",
    sqlite3.SQLITE_IOERR: "unclear",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
}
# Messages of libraries that give no error number.
_FULL_MESSAGE = re.compile(r"disk is full|No space left|quota exceeded|os error (28|122)\b", re.I)
_NOT_WRITABLE_MESSAGE = re.compile(
    r"readonly database|Read-only file system|Permission denied|os error (1|13|30)\b", re.I
)
_UNCLEAR_MESSAGE = re.compile(
    r"unable to open database|disk I/O error|Input/output error|iostream error", re.I
)
_LEAST_FREE = 256 * 1024
"""Bytes. With less than that free, a database cannot even be opened."""
VAULT_ADVICE = (
    "Incamera keeps a record of every question, so it cannot answer from a vault that it cannot write to. "
    "Change that, or copy the folder to a place that you can write to and set INCAMERA_DATA to the copy."
)
_OTHER_ADVICE = "Change that, or choose another place."


@contextmanager
def translate_disk_errors(path: Path, advice: str = _OTHER_ADVICE) -> Iterator[None]:
    """Raise disk errors from the block as a StorageError that names `path`. Other errors pass unchanged.

    `advice` is the last sentence of the message when `path` cannot be written to.
    """
    try:
        yield
    except Exception as error:
        translated = storage_error(error, path, advice)
        if translated is None:
            raise
        raise translated from error


def storage_error(
    error: BaseException, path: Path, advice: str = _OTHER_ADVICE
) -> StorageError | VaultInUse | None:
    """Return the StorageError that `error` means for the disk of `path`, or None if it means none.

    `path` is a file or folder, which need not exist. A locked database gives a VaultInUse.
    """
    match _kind(error):
        case "full":
            return _full(path)
        case "not writable":
            return _not_writable(path, advice)
        case "unclear":
            return _check_disk(path, error, advice)
        case "locked":
            return VaultInUse(
                f"{path} is locked by another program, perhaps a backup. Try again when that has ended."
            )
    return None


def check_free_space(path: Path, needed: int) -> None:
    """Raise DiskFull when the disk of `path` has less than `needed` bytes free."""
    if _free_bytes(path) < needed:
        raise _full(path, f"{needed / 2**20:,.1f} MiB are needed")


def is_database_error(error: BaseException) -> bool:
    """Return whether an error comes from SQLite, or from SQLCipher, whose classes are others."""
    return isinstance(error, sqlite3.Error) or any(
        (kind.__module__, kind.__name__) == ("sqlcipher3.dbapi2", "Error") for kind in type(error).__mro__
    )


def _kind(error: BaseException) -> str:
    """Return "full", "not writable", "unclear" or "locked"; empty if it is not about the disk."""
    if isinstance(error, IncameraError):
        return ""
    if is_database_error(error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")
    if isinstance(error, OSError):
        return (
            "full" if error.errno in _FULL
            else "not writable" if error.errno in _NOT_WRITABLE
            else "unclear" if error.errno in _UNCLEAR
            else ""
        )  # fmt: skip
    message = str(error)
    return (
        "full" if _FULL_MESSAGE.search(message)
        else "not writable" if _NOT_WRITABLE_MESSAGE.search(message)
        else "unclear" if _UNCLEAR_MESSAGE.search(message)
        else ""
    )  # fmt: skip


def _check_disk(path: Path, error: BaseException, advice: str) -> StorageError:
    existing = _nearest_existing(path)
    if _free_bytes(path) < _LEAST_FREE:
        return _full(path)
    if not os.access(existing, os.W_OK) or (existing.is_dir() and not os.access(existing, os.X_OK)):
        return _not_writable(path, advice)
    return DiskFailed(
        f"{path} cannot be read or written ({str(error) or type(error).__name__}). The disk may be failing, "
        "no longer connected, or over a quota: check it, then try again. Nothing was removed."
    )


def _full(path: Path, why: str = "or a quota is used up") -> DiskFull:
    return DiskFull(
        f"There is no room left on the disk that holds {path}: {_free_bytes(path) / 2**20:,.1f} MiB are "
        f"free, {why}. Make room there and try again: nothing that was finished is lost."
    )


def _not_writable(path: Path, advice: str) -> NotWritable:
    existing = _nearest_existing(path)
    if os.statvfs(existing).f_flag & os.ST_RDONLY:
        why = "its disk is mounted read-only"
    else:
        status = existing.stat()
        subject = "it" if existing == path else str(existing)
        why = f"{subject} belongs to {_user(status.st_uid)} and has mode {status.st_mode & 0o7777:04o}"
    return NotWritable(f"{path} cannot be used by {_user(os.geteuid())}: {why}. {advice}")


def _nearest_existing(path: Path) -> Path:
    """Return `path`, or the nearest folder above it that is visible to this user."""
    for candidate in (path.absolute(), *path.absolute().parents):
        try:
            candidate.stat()
        except OSError:
            continue
        return candidate
    return Path("/")


def _free_bytes(path: Path) -> int:
    """Return how many bytes this user can still write to the disk of `path`."""
    disk = os.statvfs(_nearest_existing(path))
    if not disk.f_blocks:  # some file systems do not report their size
        return 1 << 62
    return disk.f_bavail * disk.f_frsize


def _user(number: int) -> str:
    try:
        return f"user {pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"user {number}"
