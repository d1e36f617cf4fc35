"""The sandbox: before a file is opened, the parser gives up network, other files, memory and other processes.

Each restriction is applied if the kernel has it (Linux); the limits work on every POSIX system. Nothing here
says what is really refused afterwards: `ingest.parsing.attempts` finds that out by trying.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
import sysconfig
from pathlib import Path
from typing import Any

from ingest.formats.office.program import CONFIGURATION, SOCKETS, office_program
from ingest.parsed.limits import ParseLimits
from ingest.parsing import landlock
from ingest.parsing.seccomp import refuse_system_calls

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_OPEN_FILES = 256
_REFUSED = frozenset(
    ["socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
     "socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.exec",
     "os.posix_spawn", "os.spawn", "os.forkpty"]
)  # fmt: skip


def enter(limits: ParseLimits) -> None:
    """Set limits for this process and its forks, and give up for good what parsing never needs."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, limits.memory_mb * 2**20)
    _limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    os.umask(0o077)
    sys.addaudithook(_refuse)
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # a fork cannot access this process's memory
        _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if _LIBC.unshare(_CLONE_NEWNET) != 0:
            _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        with contextlib.suppress(OSError):  # the attempts find out what is refused without it
            refuse_system_calls(unix_sockets=office_program() is not None)


def die_with(parent: int) -> None:
    """Make this process, a fork of `parent`, end when `parent` ends; it may have ended already."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def enter_for_file(path: Path, temporary: Path, limits: ParseLimits) -> None:
    """Restrict a fork: it may only read `path` and the libraries, and write below `temporary`.

    Raises OSError if the kernel refuses the restrictions.
    """
    # The soft limit grows with each page that is recognised (see more_time.py), up to the hard limit.
    _limit(resource.RLIMIT_CPU, int(limits.most_seconds) + 2)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(int(limits.seconds) + 2, most), most))
    if sys.platform == "linux":
        landlock.restrict(_allowed(path, temporary))


def _limit(what: int, value: int) -> None:
    """Set a limit for good; a lower limit that is already set stays."""
    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        value = min(value, most)
    resource.setrlimit(what, (value, value))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse network access and programs; a hook for Python's audit events."""
    # LibreOffice inherits the sandbox; the rules of the kernel, not this hook, stop all other programs.
    if event == "subprocess.Popen" and str(arguments[0]) == str(office_program()):
        return
    if event in _REFUSED:
        raise PermissionError(f"{event} is refused while a file is read")


def _allowed(path: Path, temporary: Path) -> list[tuple[Path, int]]:
    """Return (path, rights below it) for everything that a fork needs."""
    reading = landlock.READ_FILE | landlock.READ_DIR
    allowed = [
        *((place, reading) for place in _library_places()),
        (path, landlock.READ_FILE),
        (temporary, landlock.ALL & ~landlock.EXECUTE),
        (Path(os.devnull), landlock.READ_FILE | landlock.WRITE_FILE),
        (Path("/dev/urandom"), landlock.READ_FILE),
    ]
    program = office_program()
    if program is not None:
        allowed.append((SOCKETS, landlock.MAKE_SOCKET))
        allowed += [(Path(place), reading) for place in CONFIGURATION]
        # LibreOffice and the program loader may be executed, and nothing else.
        loaders = [*Path("/lib64").glob("ld-*.so*"), *Path("/lib").glob("ld-*.so*")]
        allowed += [(place, reading | landlock.EXECUTE) for place in (program.parent.parent, *loaders)]
    return allowed


def _library_places() -> list[Path]:
    """Return the folders of Python, of the libraries and of our packages `ingest` and `vault`."""
    named = sysconfig.get_paths()
    places = {named[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    ours = Path(__file__).parents[1]
    places |= {str(ours), str(ours.parent / "vault"), str(Path(sys.base_prefix) / "lib")}
    places |= {"/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime"}
    return [Path(place) for place in sorted(places)]
