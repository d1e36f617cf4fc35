"""The pipes between a process and its child."""

from __future__ import annotations

import os
import select
import time


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


def write_until(handle: int, data: bytes, deadline: float) -> None:
    """Write all of `data` to a pipe before `deadline`, a time of the monotonic clock.

    Raises TimeoutError after it, BrokenPipeError when nobody reads any more.
    """
    poll = select.poll()
    poll.register(handle, select.POLLOUT)
    view = memoryview(data)
    while view:
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        # No more than surely fits: a longer piece would wait inside of the call, for ever if need be.
        view = view[os.write(handle, view[: select.PIPE_BUF]) :]
