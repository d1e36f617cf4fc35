"""Where the socket of a vault's owner is."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FOLDER, _NAME = "run", "owner.sock"
_MAX_ADDRESS_BYTES = 100
"""Of a Unix socket; platforms allow 104 to 108."""


def socket_path(data: Path) -> Path:
    """Return the path of the socket in the data folder `data`."""
    return data / _FOLDER / _NAME


@contextmanager
def socket_address(path: Path) -> Iterator[str]:
    """Yield the address of the socket: its path, or a shorter path to it where that one is too long."""
    if len(os.fsencode(path)) <= _MAX_ADDRESS_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def is_served(data: Path) -> bool:
    """Return whether the owner of the vault accepts requests.

    The existence of the socket does not show it: a server that was killed leaves its socket behind.
    """
    try:
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection,
            socket_address(socket_path(data)) as address,
        ):
            connection.connect(address)
    except OSError:
        return False
    return True
