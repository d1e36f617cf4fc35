"""The pipes between a process and its child."""

from __future__ import annotations

import os


def keep_pipes() -> tuple[int, int]:
    """Move the pipes away from standard input and output, so that a library cannot print into them.

    Return the handles for requests and for replies. For the child, before it does anything else.
    """
    requests, replies = os.dup(0), os.dup(1)
    devnull = os.open(os.devnull, os.O_RDWR)
    os.dup2(devnull, 0)
    os.dup2(devnull, 1)
    os.close(devnull)
    return requests, replies


def write_all(handle: int, data: bytes) -> None:
    """Write all of `data` to a pipe. Raises BrokenPipeError when nobody reads it any more."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
