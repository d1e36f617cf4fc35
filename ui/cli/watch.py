"""Watches folders, and adds their files once they have stopped changing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.discover import Source, discover
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
    *,
    follow_links: bool = False,
) -> None:
    """Look at the files every `seconds`, and call `add_files` with those that did not change since the last
    look; each version of a file is added once. Runs until Ctrl-C; `pause` waits between two looks.

    `add_files` holds the vault only while it runs, so that other commands can be used in between. When it
    cannot get the vault, the next look tries again. `follow_links` as for `discover`.
    """
    previous: dict[Path, FileVersion] = {}
    added: dict[Path, FileVersion] = {}
    named: set[str] = set()
    while True:
        found = discover(paths, exclude=settings.data, follow_links=follow_links)
        for link in found.left_out:
            if link.path not in named:
                errors.print(f"Left out: {link.path}: {link.reason}", markup=False)
                named.add(link.path)
        current = _file_versions(found.sources)
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
                # Another command owned the vault for too long, a server ended, or a file was removed again.
                errors.print(f"Waiting: {error}", markup=False)
        previous = current
        pause(seconds)


def _file_versions(sources: Sequence[Source]) -> dict[Path, FileVersion]:
    found = {}
    for source in sources:
        try:
            stat = source.file.stat()
        except OSError:
            continue
        if source.problem is None:
            found[source.file] = (stat.st_size, stat.st_mtime_ns)
    return found
