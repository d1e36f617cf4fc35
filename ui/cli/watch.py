"""A drop folder: looked at again and again, and what has stopped changing is taken in."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.discover import discover
from ui.cli.console import errors
from vault.errors import HandoverFailed, PathNotFound, VaultInUse
from vault.settings import Settings

Seen = tuple[int, int]


def watch_folders(
    paths: Sequence[Path],
    seconds: float,
    settings: Settings,
    take_in: Callable[[Sequence[Path]], object],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Call `take_in` with the files that are the same in two looks, each once, until Ctrl-C. `pause` lets
    `seconds` go by between two looks.

    The vault is given back between two calls, so that other commands can be used meanwhile; when one of
    them has it, the next look tries again.
    """
    before: dict[Path, Seen] = {}
    taken: dict[Path, Seen] = {}
    while True:
        now = _look(paths, settings)
        settled = {file: seen for file, seen in now.items() if before.get(file) == seen != taken.get(file)}
        if settled:
            try:
                take_in(list(settled))
                taken.update(settled)
            except (VaultInUse, HandoverFailed, PathNotFound) as error:
                # In use by a command that will end, a server that ended, a file that was taken away again.
                errors.print(f"Waiting: {error}", markup=False)
        before = now
        pause(seconds)


def _look(paths: Sequence[Path], settings: Settings) -> dict[Path, Seen]:
    found = {}
    for source in discover(paths, without=settings.data):
        try:
            stat = source.file.stat()
        except OSError:
            continue
        if source.problem is None:
            found[source.file] = (stat.st_size, stat.st_mtime_ns)
    return found
