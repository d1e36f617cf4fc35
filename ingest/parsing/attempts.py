"""Find out by trying what a process in the sandbox can still do.

    python -m ingest.parsing.attempts        prints the claims that hold on this machine, as a JSON list

Before the process enters the sandbox, it makes targets outside: a file, and sockets that listen. A fork then
enters the sandbox in the same way as a fork that parses a file, and tries to reach the targets. It uses the
system calls directly, to get past the checks in Python.
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
"""AF_VSOCK, which leads out of a virtual machine, and AF_BLUETOOTH. Making a socket is enough to tell."""
_NOT_STARTED = 77
_REFUSALS = frozenset(
    [errno.EACCES, errno.EPERM, errno.ENOSYS, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH,
     errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.ESOCKTNOSUPPORT]
)  # fmt: skip
"""Errors that count as refused. Any other error, such as "no such file", counts as a success."""


def enter_and_test(limits: ParseLimits) -> list[str]:
    """Put this process into the sandbox for good and test the sandbox.

    Returns the `CLAIMS` of `ingest.parsing.sandbox` that hold in its forks. The working folder is the only
    one that the forks may write to.
    """
    working_folder = Path.cwd()
    with _Attempts(working_folder.parent) as attempts:
        jail.enter(limits)
        return attempts.refused(lambda: jail.enter_for_file(Path(os.devnull), working_folder, limits))


class _Attempts:
    """Targets outside the sandbox, and the attempts to reach them; a context manager."""

    def __init__(self, outside: Path) -> None:
        """Make the targets in `outside`, a folder that the sandboxed process must not reach."""
        self._owner = os.getppid()
        self._first_process = os.getpid()
        folder = ParserFolder(outside)
        self._open_targets = ExitStack()
        self._open_targets.callback(folder.remove)
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
        self._open_targets.close()

    def refused(self, enter_sandbox: Callable[[], None]) -> list[str]:
        """Return the claims that hold in a fork that calls `enter_sandbox` first: all its attempts fail."""
        if sys.platform != "linux":
            return []
        result, result_writer = os.pipe()
        fork = os.fork()
        if fork == 0:
            os.close(result)
            with suppress(BaseException):
                with suppress(OSError):  # then test what is refused without it
                    enter_sandbox()
                os.write(result_writer, "\n".join(self._claims_that_hold()).encode())
            os._exit(0)
        os.close(result_writer)
        with os.fdopen(result, "rb") as pipe:
            claims = pipe.read().decode().split("\n")
        os.waitpid(fork, 0)
        return [claim for claim in claims if claim]

    def _claims_that_hold(self) -> list[str]:
        """Make all attempts; return the claims for which none succeeded."""
        tried: dict[str, tuple[Callable[[], bool], ...]] = {
            "network": (self._tcp, self._udp, self._raw, self._other_families),
            "sockets": (self._unix, self._unix_abstract, _io_uring),
            "files": (self._read, self._write, self._list),
            "modes": (self._change_mode,),
            "processes": (self._signal, self._read_memory),
            "programs": (_start_program,),
        }
        return [claim for claim, attempts in tried.items() if not any(attempt() for attempt in attempts)]

    # --- the targets --------------------------------------------------------------------------

    def _listen(self, kind: socket.SocketKind) -> int:
        """Open a socket on this machine and return its port; 9 if it cannot listen."""
        listener = self._open_targets.enter_context(socket.socket(socket.AF_INET, kind))
        try:
            listener.bind(("127.0.0.1", 0))
            if kind == socket.SOCK_STREAM:
                listener.listen()
        except OSError:
            return 9
        return int(listener.getsockname()[1])

    def _listen_local(self, address: bytes) -> None:
        """Open a Unix socket at `address`, if possible."""
        listener = self._open_targets.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        with suppress(OSError):
            listener.bind(address)
            listener.listen()

    # --- the attempts; each returns whether it succeeded --------------------------------------

    def _tcp(self) -> bool:
        """Connect to a TCP port."""
        return _connects(socket.AF_INET, _inet(self._ports[socket.SOCK_STREAM]))

    def _udp(self) -> bool:
        """Send to a UDP port."""
        return _sends(socket.SOCK_DGRAM, 0, _inet(self._ports[socket.SOCK_DGRAM]))

    def _raw(self) -> bool:
        """Send an ICMP packet."""
        return _sends(socket.SOCK_RAW, socket.IPPROTO_ICMP, _inet(0))

    def _other_families(self) -> bool:
        """Make a socket of another family."""
        return any(
            _system_call_succeeds(_LIBC.socket(family, socket.SOCK_STREAM, 0)) for family in _OTHER_FAMILIES
        )

    def _unix(self) -> bool:
        """Connect to a Unix socket that is a file."""
        return _connects(socket.AF_UNIX, _unix(self._path + b"\0"))

    def _unix_abstract(self) -> bool:
        """Connect to a Unix socket without a file."""
        # In another network namespace nothing listens at this name, so the connection is refused.
        return _connects(socket.AF_UNIX, _unix(self._abstract), errno.ECONNREFUSED)

    def _read(self) -> bool:
        """Read a file outside."""
        return _call_succeeds(self._file.read_bytes)

    def _write(self) -> bool:
        """Write a file outside."""
        return _call_succeeds(lambda: (self._folder / "new").write_text("x"))

    def _list(self) -> bool:
        """List the root folder."""
        return _call_succeeds(lambda: list(Path("/").iterdir()))

    def _change_mode(self) -> bool:
        """Change the mode of a file outside."""
        return _call_succeeds(lambda: self._file.chmod(0o640))

    def _signal(self) -> bool:
        """Send a signal to a process outside."""
        return any(
            _call_succeeds(partial(os.kill, process, 0)) for process in (self._owner, self._first_process)
        )

    def _read_memory(self) -> bool:
        """Read the memory of a process outside, at an invalid address, so that nothing is really read."""
        byte = ctypes.create_string_buffer(1)
        local = (ctypes.c_void_p * 2)(ctypes.addressof(byte), 1)
        remote = (ctypes.c_void_p * 2)(0, 1)
        for process in (self._owner, self._first_process):
            if _system_call_succeeds(_LIBC.process_vm_readv(process, local, 1, remote, 1, 0)):
                return True
        return False


def _call_succeeds(attempt: Callable[[], object]) -> bool:
    """Return whether a Python call is not refused."""
    try:
        attempt()
    except OSError as error:
        return error.errno not in _REFUSALS
    return True


def _system_call_succeeds(result: int, *refusals: int) -> bool:
    """Return whether a system call with this result was not refused; `refusals` are further refusals."""
    return result >= 0 or ctypes.get_errno() not in {*_REFUSALS, *refusals}


def _inet(port: int) -> bytes:
    """Return a socket address of this machine (struct sockaddr_in)."""
    return struct.pack("=HH4s8x", socket.AF_INET, socket.htons(port), bytes([127, 0, 0, 1]))


def _unix(path: bytes) -> bytes:
    """Return the address of a Unix socket (struct sockaddr_un)."""
    return struct.pack("=H", socket.AF_UNIX) + path


def _connects(family: int, address: bytes, *refusals: int) -> bool:
    """Connect a stream socket."""
    handle = _LIBC.socket(family, socket.SOCK_STREAM, 0)
    return _system_call_succeeds(handle) and _system_call_succeeds(
        _LIBC.connect(handle, address, len(address)), *refusals
    )


def _sends(kind: int, protocol: int, address: bytes) -> bool:
    """Send a packet of eight bytes."""
    handle = _LIBC.socket(socket.AF_INET, kind, protocol)
    return _system_call_succeeds(handle) and _system_call_succeeds(
        _LIBC.sendto(handle, b"\x08" + bytes(7), 8, 0, address, len(address))
    )


def _io_uring() -> bool:
    """Set up io_uring: a filter of system calls does not see what a process does through it."""
    return _system_call_succeeds(_LIBC.syscall(_IO_URING_SETUP, 1, ctypes.create_string_buffer(120)))


def _start_program() -> bool:
    """Start Python in a fork."""
    program = os.fsencode(Path(sys.executable).resolve())
    fork = os.fork()
    if fork == 0:
        _LIBC.execv(program, (ctypes.c_char_p * 5)(program, b"-ISc", b"pass", None))
        os._exit(_NOT_STARTED)
    return os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) != _NOT_STARTED


if __name__ == "__main__":
    print(json.dumps(enter_and_test(ParseLimits())))
