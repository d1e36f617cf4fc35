"""Waiting in tests: for a state, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 300.0
"""Seconds after which what does not come counts as hanging. It only ends a hang: a machine that is ten times
slower than usual, or busy with other work, must not come near it."""

Reached = TypeVar("Reached")


def until(reached: Callable[[], Reached], what: str = "it did not come to that") -> Reached:
    """What `reached` returns, as soon as that is true."""
    deadline = time.monotonic() + PATIENCE
    while not (found := reached()):
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
    return found
