"""What a process that is shut in to read a file can still do, found out by trying, with no file at hand.

    python -m ingest.parsing.attempts        prints the claims that hold here, as a JSON list

Whoever is about to be shut in puts targets up outside: a file, sockets that listen. A fork that is shut in
exactly as one that reads a file tries to reach them by the system's own calls, past Python's checks.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Self

from ingest.parsed.limits import ParseLimits
from ingest.parsing import jail
from ingest.parsing.folder import ParserFolder

_LIBC = ctypes.CDLL(None, use_errno=True)
_IO_URING_SETUP = 425
_OTHER_FAMILIES = (40, 31)
"""AF_VSOCK, which leads out of a virtual machine, and AF_BLUETOOTH: no address is needed to tell."""
_NOT_STARTED = 77
_REFUSALS = frozenset(
    [errno.EACCES, errno.EPERM, errno.ENOSYS, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH,
     errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.ESOCKTNOSUPPORT]
)  # fmt: skip
"""Anything else that an attempt ends with, such as "no such file", tells nothing: it counts as through."""


def shut_in_and_try(limits: ParseLimits) -> list[str]:
    """Shut this process in for good (`jail.enter`); returns the claims of `ingest.parsing.sandbox` that hold
    in its forks. The working folder is the one that it may write to."""
    own = Path.cwd()
    with _Attempts(own.parent) as attempts:
        jail.enter(limits)
        return attempts.refused(lambda: jail.enter_for_file(Path(os.devnull), own, limits))


class _Attempts:
    """Targets outside, made before the process is shut in; a context manager."""

    def __init__(self, outside: Path) -> None:
        """`outside` is a folder that whoever reads a file has no business in."""
        self._owner = os.getppid()
        self._first = os.getpid()
        folder = ParserFolder(outside)
        self._closing = ExitStack()
        self._closing.callback(folder.remove)
        self._folder = folder.path.resolve()
        self._file = self._folder / "file"
        self._file.write_text("outside")
        self._path = os.fsencode(self._folder / "socket")
        self._abstract = b"\0" + os.fsencode(self._folder.name)
        self._ports = {kind: self._listen(kind) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)}
        for address in (self._path, self._abstract):
            self._listen_local(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._closing.close()

    def refused(self, shut_in: Callable[[], None]) -> list[str]:
        """The claims that hold in a fork that calls `shut_in` first: no attempt of theirs gets through."""
        if sys.platform != "linux":
            return []
        told, telling = os.pipe()
        fork = os.fork()
        if fork == 0:
            os.close(told)
            with suppress(BaseException):
                with suppress(OSError):  # what stands without it is what is asked here
                    shut_in()
                os.write(telling, "\n".join(self._hold()).encode())
            os._exit(0)
        os.close(telling)
        with os.fdopen(told, "rb") as said:
            hold = said.read().decode().split("\n")
        os.waitpid(fork, 0)
        return [claim for claim in hold if claim]

    def _hold(self) -> list[str]:
        tried: dict[str, tuple[Callable[[], bool], ...]] = {
            "network": (self._tcp, self._udp, self._raw, self._other_families),
            "sockets": (self._unix, self._unix_abstract, _io_uring),
            "files": (self._read, self._write, self._list),
            "modes": (self._change_mode,),
            "processes": (self._signal, self._look_into),
            "programs": (_start_program,),
        }
        return [claim for claim, attempts in tried.items() if not any(attempt() for attempt in attempts)]

    # --- the targets --------------------------------------------------------------------------

    def _listen(self, kind: socket.SocketKind) -> int:
        """The port of a socket of this machine; 9 where there is no address to listen at."""
        listener = self._closing.enter_context(socket.socket(socket.AF_INET, kind))
        try:
            listener.bind(("127.0.0.1", 0))
            if kind == socket.SOCK_STREAM:
                listener.listen()
        except OSError:
            return 9
        return int(listener.getsockname()[1])

    def _listen_local(self, address: bytes) -> None:
        listener = self._closing.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        with suppress(OSError):
            listener.bind(address)
            listener.listen()

    # --- the attempts; each says whether it got through ---------------------------------------

    def _tcp(self) -> bool:
        return _connects(socket.AF_INET, _inet(self._ports[socket.SOCK_STREAM]))

    def _udp(self) -> bool:
        return _sends(socket.SOCK_DGRAM, 0, _inet(self._ports[socket.SOCK_DGRAM]))

    def _raw(self) -> bool:
        return _sends(socket.SOCK_RAW, socket.IPPROTO_ICMP, _inet(0))

    def _other_families(self) -> bool:
        return any(_succeeds(_LIBC.socket(family, socket.SOCK_STREAM, 0)) for family in _OTHER_FAMILIES)

    def _unix(self) -> bool:
        return _connects(socket.AF_UNIX, _unix(self._path + b"\0"))

    def _unix_abstract(self) -> bool:
        # Nobody of that name is what another network namespace says.
        return _connects(socket.AF_UNIX, _unix(self._abstract), errno.ECONNREFUSED)

    def _read(self) -> bool:
        return _does(self._file.read_bytes)

    def _write(self) -> bool:
        return _does(lambda: (self._folder / "new").write_text("x"))

    def _list(self) -> bool:
        return _does(lambda: list(Path("/").iterdir()))

    def _change_mode(self) -> bool:
        return _does(lambda: self._file.chmod(0o640))

    def _signal(self) -> bool:
        return any(_does(partial(os.kill, process, 0)) for process in (self._owner, self._first))

    def _look_into(self) -> bool:
        """Reading the memory of the process outside; a bad address is only noticed by who may look."""
        byte = ctypes.create_string_buffer(1)
        here = (ctypes.c_void_p * 2)(ctypes.addressof(byte), 1)
        there = (ctypes.c_void_p * 2)(0, 1)
        for process in (self._owner, self._first):
            if _succeeds(_LIBC.process_vm_readv(process, here, 1, there, 1, 0)):
                return True
        return False


def _does(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno not in _REFUSALS
    return True


def _succeeds(result: int, *refusals: int) -> bool:
    """Whether a system call that returned `result` got through."""
    return result >= 0 or ctypes.get_errno() not in {*_REFUSALS, *refusals}


def _inet(port: int) -> bytes:
    return struct.pack("=HH4s8x", socket.AF_INET, socket.htons(port), bytes([127, 0, 0, 1]))


def _unix(path: bytes) -> bytes:
    return struct.pack("=H", socket.AF_UNIX) + path


def _connects(family: int, address: bytes, *refusals: int) -> bool:
    handle = _LIBC.socket(family, socket.SOCK_STREAM, 0)
    return _succeeds(handle) and _succeeds(_LIBC.connect(handle, address, len(address)), *refusals)


def _sends(kind: int, protocol: int, address: bytes) -> bool:
    handle = _LIBC.socket(socket.AF_INET, kind, protocol)
    return _succeeds(handle) and _succeeds(
        _LIBC.sendto(handle, b"\x08" + bytes(7), 8, 0, address, len(address))
    )


def _io_uring() -> bool:
    """With it, connecting would not be seen by a filter of system calls."""
    return _succeeds(_LIBC.syscall(_IO_URING_SETUP, 1, ctypes.create_string_buffer(120)))


def _start_program() -> bool:
    program = os.fsencode(Path(sys.executable).resolve())
    fork = os.fork()
    if fork == 0:
        _LIBC.execv(program, (ctypes.c_char_p * 5)(program, b"-ISc", b"pass", None))
        os._exit(_NOT_STARTED)
    return os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) != _NOT_STARTED


if __name__ == "__main__":
    print(json.dumps(shut_in_and_try(ParseLimits())))
