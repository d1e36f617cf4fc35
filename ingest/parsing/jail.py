"""The sandbox: before a file is opened, the parser gives up network, other files, memory and other processes.

Each restriction is applied if the kernel has it (Linux); the limits work on every POSIX system. Nothing here
says what is really refused afterwards: `ingest.parsing.attempts` finds that out by trying.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from ingest.formats.office.program import CONFIGURATION, SOCKETS, office_program
from ingest.parsed.in_memory import is_in_memory
from ingest.parsed.limits import ParseLimits
from vault.process import landlock
from vault.process.confinement import confine, library_places, limit

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 256
_OURS = (Path(__file__).parents[1], Path(__file__).parents[2] / "vault")
_REFUSED = frozenset(
    ["socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
     "socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.exec",
     "os.posix_spawn", "os.spawn", "os.forkpty"]
)  # fmt: skip


def enter(limits: ParseLimits) -> None:
    """Set limits for this process and its forks, and give up for good what parsing never needs."""
    limit(resource.RLIMIT_AS, limits.memory_mb * 2**20)
    limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
    limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    sys.addaudithook(_refuse)
    confine(unix_sockets=office_program() is not None)


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
    limit(resource.RLIMIT_CPU, int(limits.most_seconds) + 2)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(int(limits.seconds) + 2, most), most))
    if sys.platform == "linux":
        landlock.restrict(_allowed(path, temporary))


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
        *((place, reading) for place in library_places(*_OURS)),
        # Landlock refuses rules for memory, and never forbids what is open already.
        *([] if is_in_memory(path) else [(path, landlock.READ_FILE)]),
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
