"""Forking in tests: a process that has imported everything once is copied for each call."""

from __future__ import annotations

import os
from pathlib import Path

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Environment of a process that forks: numpy would start a thread, and a fork beside a thread may hang."""


def fork() -> int:
    """As `os.fork`; refused beside another thread, whose locks the copy would wait for."""
    threads = len(list(Path("/proc/self/task").iterdir()))
    assert threads == 1, f"This process has {threads} threads: what starts one must come after the fork."
    return os.fork()
