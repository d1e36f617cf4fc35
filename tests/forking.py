"""Forking in tests: a process that has imported everything once is copied for each call."""

from __future__ import annotations

import gc
import os
from pathlib import Path

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
"""Environment of a process that forks: numpy and pyarrow would start a thread, and a fork beside a thread may
hang."""


def share_memory() -> None:
    """Call it before the first fork. What is there now is never looked at again for garbage: looking, above
    all at the end of a copy, writes to every object, and copies its memory."""
    gc.collect()
    gc.freeze()


def fork() -> int:
    """As `os.fork`; refused beside another thread, whose locks the copy would wait for."""
    threads = len(list(Path("/proc/self/task").iterdir()))
    assert threads == 1, f"This process has {threads} threads: what starts one must come after the fork."
    return os.fork()
