"""What the parser gives up before it opens a file: network, other files, memory, other processes.

Each measure is taken where the kernel has it (Linux); the limits hold on every POSIX system. What really is
refused after that is found out by trying (`ingest.parsing.attempts`) and not taken from here.
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
    """Put limits on this process and its forks, and give up for good what no file needs."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, limits.memory_mb * 2**20)
    _limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    os.umask(0o077)
    sys.addaudithook(_refuse)
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # a fork cannot reach into this process's memory
        _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if _LIBC.unshare(_CLONE_NEWNET) != 0:
            _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        with contextlib.suppress(OSError):  # the attempts tell what stands without it
            refuse_system_calls(unix_sockets=office_program() is not None)


def die_with(parent: int) -> None:
    """In a fork of the process `parent`: end when that one ends, which it may have done already."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def enter_for_file(path: Path, temporary: Path, limits: ParseLimits) -> None:
    """In a fork: read `path` and the libraries, write below `temporary`, and no more.

    Raises OSError when the kernel refuses to shut the fork in.
    """
    # The soft limit grows with each page that is recognised (ingest.reader_time), up to the hard one.
    _limit(resource.RLIMIT_CPU, int(limits.most_seconds) + 2)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(int(limits.seconds) + 2, most), most))
    if sys.platform == "linux":
        landlock.shut_in(_allowed(path, temporary))


def _limit(what: int, value: int) -> None:
    """Set a limit for good, or keep the one from outside when that is lower."""
    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        value = min(value, most)
    resource.setrlimit(what, (value, value))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    # The one program inherits these walls; the kernel's rules, not this hook, keep others from starting.
    if event == "subprocess.Popen" and str(arguments[0]) == str(office_program()):
        return
    if event in _REFUSED:
        raise PermissionError(f"{event} is refused while a file is read")


def _allowed(path: Path, temporary: Path) -> list[tuple[Path, int]]:
    """(place, rights below it) of all that a fork needs."""
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
        # Its folder, and what loads programs: nothing else can be started.
        loaders = [*Path("/lib64").glob("ld-*.so*"), *Path("/lib").glob("ld-*.so*")]
        allowed += [(place, reading | landlock.EXECUTE) for place in (program.parent.parent, *loaders)]
    return allowed


def _library_places() -> list[Path]:
    """Where Python, the libraries and our two packages lie."""
    named = sysconfig.get_paths()
    places = {named[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    ours = Path(__file__).parents[1]
    places |= {str(ours), str(ours.parent / "vault"), str(Path(sys.base_prefix) / "lib")}
    places |= {"/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime"}
    return [Path(place) for place in sorted(places)]
