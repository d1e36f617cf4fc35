"""Watches folders, and adds their files once they have stopped changing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.discover import discover
from ui.cli.console import errors
from vault.errors import HandoverFailed, PathNotFound, VaultInUse
from vault.settings import Settings

FileVersion = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


def watch_folders(
    paths: Sequence[Path],
    seconds: float,
    settings: Settings,
    add_files: Callable[[Sequence[Path]], object],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Look at the files every `seconds`, and call `add_files` with those that did not change since the last
    look; each version of a file is added once. Runs until Ctrl-C; `pause` waits between two looks.

    `add_files` holds the vault only while it runs, so that other commands can be used in between. When one
    of them owns the vault, the next look tries again.
    """
    previous: dict[Path, FileVersion] = {}
    added: dict[Path, FileVersion] = {}
    while True:
        current = _file_versions(paths, settings)
        unchanged = {
            file: version
            for file, version in current.items()
            if previous.get(file) == version != added.get(file)
        }
        if unchanged:
            try:
                add_files(list(unchanged))
                added.update(unchanged)
            except (VaultInUse, HandoverFailed, PathNotFound) as error:
                # Another command owns the vault for now, a server ended, or a file was removed again.
                errors.print(f"Waiting: {error}", markup=False)
        previous = current
        pause(seconds)


def _file_versions(paths: Sequence[Path], settings: Settings) -> dict[Path, FileVersion]:
    found = {}
    for source in discover(paths, exclude=settings.data):
        try:
            stat = source.file.stat()
        except OSError:
            continue
        if source.problem is None:
            found[source.file] = (stat.st_size, stat.st_mtime_ns)
    return found
