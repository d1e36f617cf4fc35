"""Imitate an older kernel: a seccomp filter that answers some system calls with an error.

    python -m tests.ingest.parsing.older_kernel landlock_restrict_self=EPERM,seccomp=EINVAL -- COMMAND...

The command and its children get the error as if from the kernel. "seccomp" stands for further filters. This
works on Linux on x86-64 and arm64.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys

_NUMBERS = {"x86_64": {"unshare": 272, "prctl": 157}, "aarch64": {"unshare": 97, "prctl": 167}}
_EVERYWHERE = {"landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446}
KNOWN = platform.machine() in _NUMBERS and sys.platform == "linux"
"""Whether the system call numbers of this machine are known."""


class _Program(ctypes.Structure):
    """The C structure `sock_fprog`: a filter and its length."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def refuse(refusals: str) -> None:
    """Make these system calls fail with these errors (NAME=ERROR,…), in this process and its children."""
    given = dict(pair.split("=") for pair in refusals.split(",") if pair)
    calls = {name: getattr(errno, error) for name, error in given.items()}
    numbers = _NUMBERS[platform.machine()] | _EVERYWHERE
    allowed = (0x06, 0, 0, 0x7FFF0000)
    steps = [(0x20, 0, 0, 0)]  # the number of the system call
    for name, error in calls.items():
        refused = (0x06, 0, 0, 0x00050000 | error)
        if name == "seccomp":  # prctl(PR_SET_SECCOMP, …)
            steps += [(0x15, 0, 4, numbers["prctl"]), (0x20, 0, 0, 16), (0x15, 0, 1, 22), refused, allowed]
        else:
            steps += [(0x15, 0, 1, numbers[name]), refused]
    steps.append(allowed)
    code = b"".join(
        step.to_bytes(2, sys.byteorder) + bytes([yes, no]) + value.to_bytes(4, sys.byteorder)
        for step, yes, no, value in steps
    )
    kept = ctypes.create_string_buffer(code)
    program = _Program(len(steps), ctypes.cast(kept, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0  # no new privileges
    assert libc.prctl(22, 2, ctypes.byref(program)) == 0, os.strerror(ctypes.get_errno())


if __name__ == "__main__":
    refuse(sys.argv[1])
    os.execvp(sys.argv[3], sys.argv[3:])
