"""HTTP for the same user of the operating system only."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct

from uvicorn.protocols.http.h11_impl import H11Protocol

_EARLIER_PROTOCOL = 0
"""The first byte of a request in the protocol that was used before HTTP: the length of what follows, in four
bytes. No request of HTTP begins so."""
_OTHER_VERSION = (
    "The process that owns the vault runs another version of Incamera than this command. Stop it and start "
    "it again."
)


class OwnUserProtocol(H11Protocol):
    """Speaks HTTP with a process of the same user, and with no other.

    A command of an earlier version gets one sentence that says so, in the only form that it understands.
    """

    _begun = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept the connection, or end it if it is another user's."""
        if is_same_user(transport.get_extra_info("socket")):
            super().connection_made(transport)
        else:
            self.transport = transport
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what the other side sends."""
        if not self._begun and data[0] == _EARLIER_PROTOCOL:
            message = {"event": "error", "message": _OTHER_VERSION, "exit_code": 1}
            body = json.dumps(message).encode()
            self.transport.write(struct.pack(">I", len(body)) + body)
            self.transport.close()
            return
        self._begun = True
        super().data_received(data)


def is_same_user(connection: socket.socket) -> bool:
    """Check the user at the other end, where the system reports it. Its modes protect the socket too."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return bool(user == os.getuid())
