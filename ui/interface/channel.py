"""The Unix socket in the data folder by which a command reaches the process that owns the vault.

Only the same user of the operating system may connect. Each message is its length in four bytes followed by
JSON. A connection carries one request and then its replies.
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
from typing import Self

from ui.interface.messages import Message, OnEvent
from vault.errors import HandoverFailed, IncameraError
from vault.files.storage import storage_error, translate_disk_errors

Handler = Callable[[Message, OnEvent], None]
"""Answers a request; calls its second argument with each reply."""

_FOLDER, _NAME = "run", "owner.sock"
_MAX_MESSAGE_BYTES = 512 << 20
_CLOSE_SECONDS = 10.0
"""How long `close` waits for each request that is still being answered."""
_MAX_ADDRESS_BYTES = 100
"""Of a Unix socket; platforms allow 104 to 108."""


class Channel:
    """The owner's end of the socket. Each connection is answered in its own thread."""

    def __init__(self, data: Path, handler: Handler) -> None:
        """Open the socket in the data folder `data` and start to accept requests."""
        self._handler = handler
        self._data = data
        self._path = data / _FOLDER / _NAME
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with translate_disk_errors(self._path.parent):
            # The folder is closed to other users, so nobody can connect before the socket has its own mode.
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
        """Stop accepting requests, and give running ones a few seconds to finish."""
        self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for thread in self._serving:
            thread.join(_CLOSE_SECONDS)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._serving = [running for running in self._serving if running.is_alive()] + [thread]
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, EOFError):
            if not _is_same_user(connection):
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
    """Return whether the owner of the vault accepts requests.

    The existence of the socket does not show it: a server that was killed leaves its socket behind.
    """
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
    """Send a request to the owner of the vault and yield its replies; the last one has the event `end`.

    Raises HandoverFailed when the owner cannot be reached, when it ends before the last reply, and when it
    replies with an error.
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
            f"The process that owns the vault in {data} cannot be reached or has ended ({error}). "
            "Run the same command again: it continues where the job stopped.",
            1,
        ) from error


def _send(connection: socket.socket, message: Message) -> None:
    body = json.dumps(message, ensure_ascii=False).encode()
    connection.sendall(struct.pack(">I", len(body)) + body)


def _receive(connection: socket.socket) -> Message:
    (length,) = struct.unpack(">I", _receive_bytes(connection, 4))
    if length > _MAX_MESSAGE_BYTES:
        raise EOFError(f"a message of {length} bytes")
    message: Message = json.loads(_receive_bytes(connection, length))
    return message


def _receive_bytes(connection: socket.socket, length: int) -> bytes:
    """Return exactly `length` bytes. Raises EOFError when the connection ends before."""
    body = bytearray()
    while len(body) < length:
        more = connection.recv(min(length - len(body), 1 << 16))
        if not more:
            raise EOFError("the connection was closed")
        body += more
    return bytes(body)


def _is_same_user(connection: socket.socket) -> bool:
    """Check the user at the other end, where the system reports it. Its modes protect the socket too."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return bool(user == os.getuid())


@contextmanager
def _address(path: Path) -> Iterator[str]:
    """Yield the address of the socket: its path, or a shorter path to it where that one is too long."""
    if len(os.fsencode(path)) <= _MAX_ADDRESS_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
