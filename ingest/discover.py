"""Find the files under the paths that were given."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault.errors import FileUnreadable, ParseError, PathNotFound


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest."""

    file: Path
    """Where its bytes are read from."""
    name: str
    """What people call it."""
    path: str
    """Where it was found, for people and for telling versions apart; of an upload, the name that it has in
    the collection; empty for what came inside another file."""
    parent: str = ""
    """sha256 of the message or archive that it came in."""
    in_archive: bool = False
    """It came, directly or in a message, out of an archive: if it is one itself, it stays packed."""
    metadata: tuple[tuple[str, str], ...] = ()
    """What a manifest says of it."""
    item: str = ""
    """What a job knows it by, where that is not its path."""
    problem: ParseError | None = None
    """Why it cannot even be listed; then `file` is the folder or file concerned."""


def discover(paths: Sequence[Path], *, without: Path | None = None) -> list[Source]:
    """The regular files at and under `paths`, each once, in a stable order.

    Hidden files, editors' lock files, links to folders and the folder `without` (the vault must not
    take in itself) are passed over; a folder that may not be
    listed comes back as a source with a problem, so that it is reported and the others go on.
    Raises PathNotFound, before anything is read, when a given path does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(f"There is no file or folder {_shown(str(path))!r}. Check the spelling.")
    found: dict[str, Source] = {}
    left_out = None if without is None else without.resolve()
    for path in paths:
        for source in (
            _under(path.absolute(), left_out) if path.is_dir() else iter((_source(path.absolute()),))
        ):
            found.setdefault(source.path, source)
    return list(found.values())


def _under(folder: Path, left_out: Path | None) -> Iterator[Source]:
    problems: list[OSError] = []
    for base, folders, files in os.walk(folder, onerror=problems.append):
        if left_out is not None and Path(base).resolve().is_relative_to(left_out):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not _passed_over(name))
        for name in sorted(files):
            if not _passed_over(name):
                yield _source(Path(base) / name)
        while problems:
            yield _unreadable(problems.pop())
    for error in problems:
        yield _unreadable(error)


def _source(file: Path) -> Source:
    problem = None
    if not file.exists():
        problem = FileUnreadable("The link leads nowhere. Restore the file that it points to.")
    elif not file.is_file():
        problem = FileUnreadable("This is no regular file (a device, pipe or socket).")
    elif not os.access(file, os.R_OK):
        problem = FileUnreadable(
            "The file may not be read: permission denied. Give the user of Incamera access."
        )
    return Source(file=file, name=_shown(file.name), path=_shown(str(file)), problem=problem)


def _unreadable(error: OSError) -> Source:
    folder = Path(str(error.filename))
    reason = FileUnreadable(
        f"The folder cannot be listed: {(error.strerror or 'unknown error').lower()}. "
        "Give the user of Incamera access."
    )
    return Source(file=folder, name=_shown(folder.name), path=_shown(str(folder)), problem=reason)


def _shown(name: str) -> str:
    """A file name as text that can be stored and printed: bytes that are no UTF-8 are written as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini")
