"""Frames between the owner and the parser: a 4-byte big-endian length, then that many bytes of JSON.

No pickle, no classes by name: a frame holds one JSON object, and `ingest.parsing.wire` says what is in it.
"""

from __future__ import annotations

import json
import os
import select
import struct
import time
from typing import Any

HEADER = struct.Struct(">I")
REQUEST_BYTES = 1024 * 1024
"""The longest request."""
_PIECE = 1 << 20


class WireError(Exception):
    """What arrived is not what the protocol says; the message names the field."""


def frame(value: dict[str, Any]) -> bytes:
    """The frame that carries `value`."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape")
    return HEADER.pack(len(body)) + body


def parse(body: bytes) -> dict[str, Any]:
    """The object in the body of a frame. Raises: WireError."""
    try:
        value = json.loads(body.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from error
    if not isinstance(value, dict):
        raise WireError("not an object")
    return value


def receive(handle: int, most: int, deadline: float) -> bytes:
    """The body of the next frame on a pipe.

    `deadline` is on the monotonic clock. Raises: TimeoutError, EOFError, WireError above `most` bytes.
    """
    (length,) = HEADER.unpack(_receive(handle, HEADER.size, deadline))
    if length > most:
        raise WireError("length")
    return bytes(_receive(handle, length, deadline))


def _receive(handle: int, length: int, deadline: float) -> bytearray:
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    body = bytearray()
    while len(body) < length:
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        piece = os.read(handle, min(length - len(body), _PIECE))
        if not piece:
            raise EOFError
        body += piece
    return body


def part(value: dict[str, Any], key: str) -> dict[str, Any]:
    """The object under `key`. Raises: WireError."""
    found = value.get(key)
    if not isinstance(found, dict):
        raise WireError(key)
    return found
