"""An owner of a vault that sends given bytes, as another version or a dying process would."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ui.interface.address import socket_address, socket_path


@contextmanager
def raw_owner(data: Path, reply: bytes) -> Iterator[None]:
    """Serve the vault in `data`: send `reply` to each request and end the connection."""
    path = socket_path(data)
    path.parent.mkdir(exist_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    with socket_address(path) as address:
        listener.bind(address)
    listener.listen()
    thread = threading.Thread(target=_answer, args=(listener, reply))
    thread.start()
    try:
        yield
    finally:
        path.unlink()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        listener.close()


def _answer(listener: socket.socket, reply: bytes) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, suppress(OSError):
            if connection.recv(1 << 16):  # a process that only looks whether the owner is there sends nothing
                connection.sendall(reply)
