"""Forking in tests: a process that has imported everything once is copied for each call."""

from __future__ import annotations

import os
import time

_ATTEMPTS = 100


def fork() -> int:
    """As `os.fork`. The library of our lock forbids it for the moments in which it tidies up: tried again."""
    for _ in range(_ATTEMPTS):
        try:
            return os.fork()
        except RuntimeError:
            time.sleep(0.02)
    return os.fork()
