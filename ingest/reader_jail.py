"""What the reading process gives up before it opens a file: network, other files, memory, other processes.

Each measure is taken where the kernel has it (Linux); the limits hold on every POSIX system.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from pathlib import Path
from typing import Any

from ingest.limits import ReadLimits
from ingest.office_program import CONFIGURATION, SOCKETS, office_program

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_OPEN_FILES = 256

# linux/landlock.h; the system call numbers are the same on every architecture
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_SOCK = 1 << 9
_TRUNCATE = 1 << 14
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE
_BASE_RIGHTS = (1 << 13) - 1
_REFUSED = frozenset(
    ["socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
     "socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.exec",
     "os.posix_spawn", "os.spawn", "os.forkpty"]
)  # fmt: skip


def enter(limits: ReadLimits) -> list[str]:
    """Put limits on this process and its forks; returns what the kernel granted: "network", "files"."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, limits.memory_mb * 2**20)
    _limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    os.umask(0o077)
    sys.addaudithook(_refuse)
    granted: list[str] = []
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # a fork cannot reach into this process's memory
        _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if _LIBC.unshare(_CLONE_NEWNET) == 0 or _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
            granted.append("network")
        if _landlock_version() >= 1:
            granted.append("files")
    return granted


def enter_for_file(path: Path, temporary: Path, limits: ReadLimits) -> None:
    """In a fork: read `path` and the libraries, write below `temporary`, die with the parent, and no more."""
    # The soft limit grows with each page that is recognised (ingest.reader_time), up to the hard one.
    _limit(resource.RLIMIT_CPU, int(limits.most_seconds) + 2)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(int(limits.seconds) + 2, most), most))
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        version = _landlock_version()
        if version >= 1:
            _landlock(version, path, temporary)


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


def _landlock_version() -> int:
    return int(_LIBC.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1))


def _landlock(version: int, path: Path, temporary: Path) -> None:
    rights = _BASE_RIGHTS | (1 << 13 if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    fields = [rights]
    if version >= 4:
        fields.append(0b11)  # TCP bind and connect
    if version >= 6:
        fields.append(0b11)  # abstract sockets of, and signals to, processes outside
    attributes = (ctypes.c_uint64 * len(fields))(*fields)
    ruleset = _LIBC.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(ctypes.sizeof(attributes)), 0)
    if ruleset < 0:
        return
    for place in _library_places():
        _allow(ruleset, place, _EXECUTE | _READ_FILE | _READ_DIR)
    _allow(ruleset, path, _READ_FILE)
    _allow(ruleset, temporary, rights & ~_EXECUTE)
    if office_program() is not None:
        _allow(ruleset, SOCKETS, _MAKE_SOCK)
    _allow(ruleset, Path(os.devnull), _READ_FILE | _WRITE_FILE)
    _allow(ruleset, Path("/dev/urandom"), _READ_FILE)
    _LIBC.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _library_places() -> list[Path]:
    """Where Python, the libraries and our two packages lie."""
    named = sysconfig.get_paths()
    places = {named[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    ours = Path(__file__).parent
    places |= {str(ours), str(ours.parent / "vault"), str(Path(sys.base_prefix) / "lib")}
    places |= {"/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime"}
    program = office_program()
    if program is not None:
        places |= {str(program.parent.parent), *CONFIGURATION}
    return [Path(place) for place in sorted(places)]


def _allow(ruleset: int, place: Path, rights: int) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this system: nothing to allow
    try:
        if not place.is_dir():
            rights &= _FILE_RIGHTS | _TRUNCATE
        rule = rights.to_bytes(8, sys.byteorder) + handle.to_bytes(4, sys.byteorder)
        _LIBC.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(handle)
