"""How a command reaches the process that owns the vault: a Unix socket inside the data folder.

Only the same user of the operating system may connect. Each message is its length in four bytes and then
JSON; one request, then replies until the last of them.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from vault.errors import HandoverFailed, IncameraError
from vault.files.storage import on_disk, storage_error

Message = dict[str, Any]
Handler = Callable[[Message, Callable[[Message], None]], None]
"""Gets a request and what sends a reply."""

_FOLDER, _NAME = "run", "owner.sock"
_LONGEST = 512 << 20
_LAST_SECONDS = 10.0
_LONGEST_ADDRESS = 100  # of a Unix socket, in bytes: 104 to 108 by platform


class Channel:
    """The owner's end: answers each connection in a thread of its own."""

    def __init__(self, data: Path, handler: Handler) -> None:
        self._handler = handler
        self._data = data
        self._path = data / _FOLDER / _NAME
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with on_disk(self._path.parent):
            # The folder lets nobody else in, so nobody connects before the socket's own mode is set.
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            self._path.parent.chmod(0o700)
            self._path.unlink(missing_ok=True)
            with _address(self._path) as address:
                self._listener.bind(address)
            self._path.chmod(0o600)
        self._listener.listen()
        self._serving: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._accept, name="channel", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Take no more requests; those under way get some seconds to end."""
        self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for thread in self._serving:
            thread.join(_LAST_SECONDS)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._serving = [one for one in self._serving if one.is_alive()] + [thread]
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, EOFError):
            if not _same_user(connection):
                return
            request = _receive(connection)
            try:
                self._handler(request, lambda reply: _send(connection, reply))
            except Exception as error:
                known = error if isinstance(error, IncameraError) else storage_error(error, self._data)
                if known is None:
                    raise
                _send(connection, {"event": "error", "message": str(known), "exit_code": known.exit_code})


def is_served(data: Path) -> bool:
    """Whether the owner of the vault takes requests. A server that was killed leaves its socket behind."""
    try:
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection,
            _address(data / _FOLDER / _NAME) as address,
        ):
            connection.connect(address)
    except OSError:
        return False
    return True


def request(data: Path, message: Message) -> Iterator[Message]:
    """Send a request to the owner of the vault and pass on its replies.

    Raises HandoverFailed when it cannot be reached or ends before the last reply, and for an error reply.
    """
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            with _address(data / _FOLDER / _NAME) as address:
                connection.connect(address)
            _send(connection, message)
            while True:
                reply = _receive(connection)
                if reply["event"] == "error":
                    raise HandoverFailed(reply["message"], reply["exit_code"])
                yield reply
                if reply["event"] == "end":
                    return
    except (OSError, EOFError) as error:
        raise HandoverFailed(
            f"The process that has the vault in {data} cannot be reached or has ended ({error}). "
            "Run the same command again: it goes on where the job was.",
            1,
        ) from error


def _send(connection: socket.socket, message: Message) -> None:
    body = json.dumps(message, ensure_ascii=False).encode()
    connection.sendall(struct.pack(">I", len(body)) + body)


def _receive(connection: socket.socket) -> Message:
    (length,) = struct.unpack(">I", _exactly(connection, 4))
    if length > _LONGEST:
        raise EOFError(f"a message of {length} bytes")
    message: Message = json.loads(_exactly(connection, length))
    return message


def _exactly(connection: socket.socket, length: int) -> bytes:
    body = bytearray()
    while len(body) < length:
        more = connection.recv(min(length - len(body), 1 << 16))
        if not more:
            raise EOFError("the connection was closed")
        body += more
    return bytes(body)


def _same_user(connection: socket.socket) -> bool:
    """The folder and the mode of the socket see to it already; where the system tells, it is asked too."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return bool(user == os.getuid())


@contextmanager
def _address(path: Path) -> Iterator[str]:
    """The socket's address: the path, or where that is too long for one, a short way to the same place."""
    if len(os.fsencode(path)) <= _LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
