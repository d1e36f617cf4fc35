"""A filter of system calls for the sandbox (Linux on x86-64 and arm64).

The kernel refuses sockets of every kind, changes of modes and owners, access to other processes, and the ways
around these. Landlock and a network namespace do not cover them: without the filter a process can connect to
another program's socket file and change the mode of the user's files.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys

_PR_SET_SECCOMP, _FILTER = 22, 2
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _FIFTH_ARGUMENT = 0, 4, 16, 48
"""Offsets in `struct seccomp_data`; an argument has eight bytes, the low half first."""
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_X32 = 0x40000000
"""On x86-64, system calls with this bit have other numbers."""
_AF_UNIX = 1

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SOCKET = {"x86_64": 41, "aarch64": 198}
_SENDTO = {"x86_64": 44, "aarch64": 206}
_DENIED = {
    # connect, sendmsg, sendmmsg · ptrace, process_vm_readv, process_vm_writev · chmod, fchmod, chown, fchown,
    # lchown, fchownat, fchmodat · setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr ·
    # add_key, request_key, keyctl
    "x86_64": (42, 46, 307, 101, 310, 311, 90, 91, 92, 93, 94, 260, 268, 188, 189, 190, 197, 198, 199, 248,
               249, 250),
    # The same, without the calls that arm64 never had.
    "aarch64": (203, 211, 269, 117, 270, 271, 52, 53, 54, 55, 5, 6, 7, 14, 15, 16, 217, 218, 219),
}  # fmt: skip
_DENIED_EVERYWHERE = (438, 452, 463, 466)
"""pidfd_getfd, fchmodat2, setxattrat, removexattrat."""
_IO_URING = (425, 426, 427)
"""io_uring makes system calls for a process past the filter. Programs work without it when it is refused."""


class _Program(ctypes.Structure):
    """The C structure `sock_fprog`: a filter and its length."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def refuse_system_calls(*, unix_sockets: bool) -> None:
    """Apply the filter to this process and its children for good.

    With `unix_sockets`, Unix sockets can still be made and listened to, but not connected. The process must
    have set "no new privileges". Raises OSError if the kernel refuses or the architecture is not supported.
    """
    machine = platform.machine()
    if machine not in _ARCHITECTURES or sys.byteorder != "little":
        raise OSError(errno.ENOSYS, f"no filter for {machine}")
    steps = _steps(machine, unix_sockets)
    code = b"".join(
        step.to_bytes(2, "little") + bytes([yes, no]) + value.to_bytes(4, "little")
        for step, yes, no, value in steps
    )
    kept = ctypes.create_string_buffer(code)
    program = _Program(len(steps), ctypes.cast(kept, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"seccomp: {os.strerror(error)}")


def _steps(machine: str, unix_sockets: bool) -> list[tuple[int, int, int, int]]:
    """Return the filter as (instruction, steps to skip if true, steps to skip if false, value)."""
    refused = (_RETURN, 0, 0, _ERROR | errno.EACCES)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        refused,  # 32-bit calls, which have other numbers
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        steps += [(_IF_AT_LEAST, 0, 1, _X32), refused]
    for number in (*_DENIED[machine], *_DENIED_EVERYWHERE):
        steps += [(_IF_EQUAL, 0, 1, number), refused]
    for number in _IO_URING:
        steps += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERROR | errno.ENOSYS)]
    if unix_sockets:
        steps += [
            (_IF_EQUAL, 0, 4, _SOCKET[machine]),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_IF_EQUAL, 0, 1, _AF_UNIX),
            (_RETURN, 0, 0, _ALLOW),
            refused,
        ]
    else:
        steps += [(_IF_EQUAL, 0, 1, _SOCKET[machine]), refused]
    # Allow sendto only without an address, as on a connected pair of sockets.
    steps += [
        (_IF_EQUAL, 0, 5, _SENDTO[machine]),
        (_LOAD, 0, 0, _FIFTH_ARGUMENT),
        (_IF_EQUAL, 0, 2, 0),
        (_LOAD, 0, 0, _FIFTH_ARGUMENT + 4),
        (_IF_EQUAL, 1, 0, 0),
        refused,
    ]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]
