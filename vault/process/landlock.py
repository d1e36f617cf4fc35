"""Landlock (Linux 5.13 and later): the kernel gives this process and its children access to named paths only.

Every return code is checked: it is an error if a restriction was not applied.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

# linux/landlock.h; the numbers of the system calls are the same on every architecture
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH, _ASK_VERSION = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
MAKE_SOCKET = 1 << 9
_FIRST_RIGHTS = (1 << 13) - 1
_REFER, _TRUNCATE, _DEVICE = 1 << 13, 1 << 14, 1 << 15
ALL = _FIRST_RIGHTS | _REFER | _TRUNCATE | _DEVICE
"""Every right that may be allowed below a path. Rights that the kernel does not know are left out."""
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _DEVICE
_NETWORK = 0b11
"""TCP bind and connect (version 4)."""
_SCOPE = 0b11
"""Abstract sockets of other processes, and signals to them (version 6)."""

_LIBC = ctypes.CDLL(None, use_errno=True)


def landlock_version() -> int:
    """Return the Landlock version of the kernel; 0 if it has none or it is switched off."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_LIBC.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)))


def restrict(allowed: Iterable[tuple[Path, int]]) -> None:
    """Allow only the given (path, rights) for good; rights hold for everything below a path.

    Skips paths that do not exist. Raises OSError if the kernel refuses.
    """
    version = landlock_version()
    rights = _FIRST_RIGHTS
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _DEVICE)):
        rights |= right if version >= since else 0
    fields = [rights]
    if version >= 4:
        fields.append(_NETWORK)
    if version >= 6:
        fields.append(_SCOPE)
    attributes = (ctypes.c_uint64 * len(fields))(*fields)
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    ruleset = _checked(_LIBC.syscall(_CREATE_RULESET, attributes, size, 0))
    try:
        for path, right in allowed:
            _allow(ruleset, path, right & rights)
        _checked(_LIBC.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    """Add a rule: allow `rights` below `path`."""
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # this system does not have it
    try:
        if not path.is_dir():
            rights &= _OF_FILES
        rule = rights.to_bytes(8, sys.byteorder) + handle.to_bytes(4, sys.byteorder)
        _checked(_LIBC.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0))
    finally:
        os.close(handle)


def _checked(result: int) -> int:
    """Return the result of a system call; raise OSError if it failed."""
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"Landlock: {os.strerror(error)}")
    return result
