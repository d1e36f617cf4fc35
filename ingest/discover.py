"""Find the files to ingest under the given paths."""

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
    """The path to read it from."""
    name: str
    """The file name to show to people."""
    path: str
    """Where it was found, to show to people and to match versions. For an uploaded file, its name in the
    collection; empty for a file that came inside another one."""
    parent: str = ""
    """sha256 of the message or archive that contains it; empty for a file of its own."""
    in_archive: bool = False
    """Whether it came out of an archive, directly or inside a message. If so and it is an archive itself,
    it is not unpacked."""
    metadata: tuple[tuple[str, str], ...] = ()
    """(name, value) pairs that the manifest gives for it."""
    item: str = ""
    """The key of the file in its job, if that is not its path."""
    problem: ParseError | None = None
    """Why it cannot be opened or listed; `file` is then that file or folder."""


def discover(paths: Sequence[Path], *, exclude: Path | None = None) -> list[Source]:
    """List the regular files at and under `paths`, each once, in a stable order.

    Skips hidden files, editors' lock files, links to folders, and the folder `exclude` (the vault must not
    ingest itself). A folder that cannot be listed is returned as a source with a problem, so that it is
    reported and the other files are still ingested.

    Raises PathNotFound if one of `paths` does not exist, before anything is read.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(
                f"There is no file or folder {_display_name(str(path))!r}. Check the spelling."
            )
    found: dict[str, Source] = {}
    excluded = None if exclude is None else exclude.resolve()
    for path in paths:
        for source in (
            _walk(path.absolute(), excluded) if path.is_dir() else iter((_source(path.absolute()),))
        ):
            found.setdefault(source.path, source)
    return list(found.values())


def _walk(folder: Path, excluded: Path | None) -> Iterator[Source]:
    """Yield the files under `folder`, and its subfolders that cannot be listed."""
    problems: list[OSError] = []
    for base, folders, files in os.walk(folder, onerror=problems.append):
        if excluded is not None and Path(base).resolve().is_relative_to(excluded):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not _is_ignored(name))
        for name in sorted(files):
            if not _is_ignored(name):
                yield _source(Path(base) / name)
        while problems:
            yield _unreadable(problems.pop())
    for error in problems:
        yield _unreadable(error)


def _source(file: Path) -> Source:
    """Return the source for one file, with a problem if it cannot be read."""
    problem = None
    if not file.exists():
        problem = FileUnreadable("The link leads nowhere. Restore the file that it points to.")
    elif not file.is_file():
        problem = FileUnreadable("This is not a regular file but a device, pipe or socket. Leave it out.")
    elif not os.access(file, os.R_OK):
        problem = FileUnreadable(
            "The file cannot be read: permission denied. Give the user who runs Incamera access to it."
        )
    return Source(file=file, name=_display_name(file.name), path=_display_name(str(file)), problem=problem)


def _unreadable(error: OSError) -> Source:
    """Return the source for a folder that cannot be listed."""
    folder = Path(str(error.filename))
    reason = FileUnreadable(
        f"The folder cannot be listed: {(error.strerror or 'unknown error').lower()}. "
        "Give the user who runs Incamera access to it."
    )
    return Source(
        file=folder, name=_display_name(folder.name), path=_display_name(str(folder)), problem=reason
    )


def _display_name(name: str) -> str:
    """Return a file name as text that can be stored and printed; bytes that are not UTF-8 become \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_ignored(name: str) -> bool:
    """Return whether a file or folder is hidden, a lock file, or kept by the operating system."""
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini")
