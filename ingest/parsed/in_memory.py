"""Files that are only in the memory of this process, and have a path all the same."""

from __future__ import annotations

from pathlib import Path

OPEN_FILES = Path("/proc/self/fd")
"""Where Linux shows what a process has open; opening a path there opens the same bytes once more."""


def is_in_memory(path: Path) -> bool:
    """Return whether `path` is that of memory. Such a path must not be resolved: it leads nowhere then."""
    return path.parent == OPEN_FILES
