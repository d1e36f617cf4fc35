"""Frames between a process and its child: a 4-byte big-endian length, then that many bytes of JSON.

A frame holds one JSON object; who sends it says elsewhere what is in it (`ingest.parsing.wire`,
`rag.models.llama.messages`). There is no pickle: a frame cannot name classes.
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
"""The size limit of a request."""
_READ_BYTES = 1 << 20


class WireError(Exception):
    """A message does not follow the protocol; the error names the field."""


def frame(value: dict[str, Any]) -> bytes:
    """Return the frame for `value`."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape")
    return frame_of(body)


def frame_of(body: bytes) -> bytes:
    """Return the frame for an object that is JSON already."""
    return HEADER.pack(len(body)) + body


def parse_frame(body: bytes) -> dict[str, Any]:
    """Return the object in the body of a frame. Raises WireError."""
    try:
        value = json.loads(body.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from error
    if not isinstance(value, dict):
        raise WireError("not an object")
    return value


def receive(handle: int, most: int, deadline: float | None) -> bytes:
    """Receive the body of the next frame from a pipe.

    `deadline` is a time of the monotonic clock, None to wait for ever.
    Raises TimeoutError after it, EOFError at the end of the pipe,
    WireError if the body has more than `most` bytes.
    """
    (length,) = HEADER.unpack(_receive(handle, HEADER.size, deadline))
    if length > most:
        raise WireError("length")
    return bytes(_receive(handle, length, deadline))


def _receive(handle: int, length: int, deadline: float | None) -> bytearray:
    """Receive exactly `length` bytes."""
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    body = bytearray()
    while len(body) < length:
        left = None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000
        if not poll.poll(left):
            raise TimeoutError
        data = os.read(handle, min(length - len(body), _READ_BYTES))
        if not data:
            raise EOFError
        body += data
    return body


def object_under(value: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the object under `key`. Raises WireError."""
    found = value.get(key)
    if not isinstance(found, dict):
        raise WireError(key)
    return found
