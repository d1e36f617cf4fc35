"""What a child process gives up for good before it works on content that may be made to attack it.

Each restriction is applied if the kernel has it (Linux); the limits work on every POSIX system. The parser
(`ingest.parsing.jail`) and the process of a language model (`rag.models.llama.child`) begin with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
import sysconfig
from pathlib import Path

from vault.process.seccomp import refuse_system_calls

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38


def confine(*, unix_sockets: bool = False) -> None:
    """Give up the network, other processes and dumps of memory; files are made for this user only.

    Call it while the process has one thread: threads that run already keep what they have. With
    `unix_sockets`, Unix sockets can still be made and listened to.
    """
    limit(resource.RLIMIT_CORE, 0)
    os.umask(0o077)
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # a fork cannot access this process's memory
        _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if _LIBC.unshare(_CLONE_NEWNET) != 0:
            _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        with contextlib.suppress(OSError):  # tests and the parser's attempts find out what is refused then
            refuse_system_calls(unix_sockets=unix_sockets)


def limit(what: int, value: int) -> None:
    """Set a limit of `resource` for good; a lower limit that is already set stays."""
    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        value = min(value, most)
    resource.setrlimit(what, (value, value))


def library_places(*packages: Path) -> list[Path]:
    """Return the folders of Python, of the libraries and of `packages`, which are folders of ours."""
    named = sysconfig.get_paths()
    places = {named[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    places |= {*map(str, packages), str(Path(sys.base_prefix) / "lib")}
    places |= {"/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime"}
    return [Path(place) for place in sorted(places)]
