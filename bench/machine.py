"""The facts that a figure means nothing without: machine, versions, date, command, other load."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def facts(command: str) -> list[str]:
    """One line of Markdown each."""
    load = os.getloadavg()[0]
    return [
        f"- Machine: {len(os.sched_getaffinity(0))} cores, {cpu_model()}, {memory_gib():.0f} GiB, "
        f"{platform.system()}",
        f"- Python {platform.python_version()}, openvino {version('openvino').split('-')[0]}, chromadb "
        f"{version('chromadb')}, SQLite {sqlite_version()}",
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; `{command}`; load average before the run {load:.1f}"
        + (" (**other work ran at the same time**)" if load > 0.7 else ""),
    ]


def cpu_model() -> str:
    """What the processor calls itself."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def memory_gib() -> float:
    """Physical memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def sqlite_version() -> str:
    """Of the library that Python is linked to."""
    import sqlite3

    return sqlite3.sqlite_version


def command_line(module: str) -> str:
    """Return the command that was given, so that it can be run again."""
    return " ".join(["python", "-m", module, *sys.argv[1:]])
