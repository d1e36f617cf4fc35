"""Find the files to ingest under the given paths."""

from __future__ import annotations

import os
import re
import stat
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.parsed.how_to_read import Recognition
from ingest.report import Failure
from vault.errors import FileUnreadable, ParseError, PathNotFound
from vault.sealing.stored_file import StoredFile

_LINE_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")


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
    archives: int = 0
    """How many archives it is inside of, one in another, directly or inside a message."""
    outermost: str = ""
    """sha256 of the outermost of these archives."""
    metadata: tuple[tuple[str, str], ...] = ()
    """(name, value) pairs that the manifest gives for it."""
    ocr: Recognition | None = None
    """When its words are recognised, if the manifest says it; else as the job says."""
    again: bool = False
    """Whether it is read again though the collection has it."""
    item: str = ""
    """The key of the file in its job, if that is not its path."""
    problem: ParseError | None = None
    """Why it cannot be opened or listed; `file` is then that file or folder."""
    copy: StoredFile | None = None
    """How it is read, if it is a file of the vault, which may be sealed."""

    @property
    def stored(self) -> StoredFile:
        """The file, to be read."""
        return self.copy or StoredFile(self.file)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What is under the paths of an ingest."""

    sources: list[Source]
    left_out: list[Failure]
    """Links that lead out of the folders and are not followed, and what to do about each."""


def discover(paths: Sequence[Path], *, exclude: Path | None = None, follow_links: bool = False) -> Discovery:
    """List the regular files at and under `paths`, each path once, in a stable order.

    Skips hidden files, editors' lock files, and the folder `exclude` (the vault must not ingest itself). A
    folder that cannot be listed is returned as a source with a problem, so that it is reported and the other
    files are still ingested.

    A link that is one of `paths` is followed. Under a folder, links are followed that stay within `paths`;
    one that leads out is left out, because nobody may have meant that file, unless `follow_links`. No folder
    is listed a second time through a link, so that circles of links end.

    Raises PathNotFound if one of `paths` does not exist, before anything is read.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(
                f"There is no file or folder {_display_name(str(path))!r}. Check the spelling."
            )
    walk = _Walk(paths, exclude, follow_links=follow_links)
    for path in paths:
        walk.add(path.absolute())
    walk.follow_folder_links()
    return Discovery(list(walk.sources.values()), list(walk.left_out.values()))


class _Walk:
    """Collects the files of one `discover`; `sources` and `left_out` are by path."""

    def __init__(self, paths: Sequence[Path], exclude: Path | None, *, follow_links: bool) -> None:
        self.sources: dict[str, Source] = {}
        self.left_out: dict[str, Failure] = {}
        self._given = [_real(path) for path in paths]
        self._excluded = None if exclude is None else _real(exclude)
        self._follow_links = follow_links
        self._listed: set[Path] = set()
        """The real paths of the folders that were listed."""
        self._folder_links: deque[Path] = deque()

    def add(self, path: Path) -> None:
        """Add the file at `path`, or the files under it. Links to folders wait for `follow_folder_links`."""
        if path.is_dir():
            self._list(path, even_if_listed=True)
        else:
            self._keep(_source(path))

    def follow_folder_links(self) -> None:
        """Add the files under the links to folders, unless their folder was listed already."""
        while self._folder_links:
            link = self._folder_links.popleft()
            if _real(link) not in self._listed and self._is_followed(link):
                self._list(link, even_if_listed=False)

    def _list(self, folder: Path, *, even_if_listed: bool) -> None:
        """Add the files under `folder`, and its subfolders that cannot be listed.

        A folder that was listed already is listed again only with `even_if_listed`: its files then count
        under this path too.
        """
        problems: list[OSError] = []
        for base, folders, files in os.walk(folder, onerror=problems.append):
            real = _real(Path(base))
            if self._is_excluded(real) or (real in self._listed and not even_if_listed):
                folders.clear()
                continue
            self._listed.add(real)
            folders[:] = sorted(name for name in folders if not _is_ignored(name))
            for name in sorted(files):
                self._add_file(Path(base) / name)
            self._folder_links += [path for name in folders if (path := Path(base) / name).is_symlink()]
            for error in problems:
                self._keep(_unreadable(error))
            problems.clear()
        for error in problems:
            self._keep(_unreadable(error))

    def _add_file(self, file: Path) -> None:
        if not _is_ignored(file.name) and (not file.is_symlink() or self._is_followed(file)):
            self._keep(_source(file))

    def _is_followed(self, link: Path) -> bool:
        """Return whether a link is followed. If it leads out of the paths, it is left out and noted."""
        target = _real(link)
        if self._is_excluded(target):
            return False
        if self._follow_links or any(map(target.is_relative_to, self._given)):
            return True
        path = _display_name(str(link))
        kind = "folder" if os.path.isdir(target) else "file"  # noqa: PTH112 (`is_dir` raises where it may not look)
        reason = (
            f"This is a link to {_display_name(str(target))}, outside the folder. Ingest the {kind} itself, "
            "or pass --follow-links."
        )
        self.left_out.setdefault(path, Failure(path, reason))
        return False

    def _is_excluded(self, real: Path) -> bool:
        return self._excluded is not None and real.is_relative_to(self._excluded)

    def _keep(self, source: Source) -> None:
        self.sources.setdefault(source.path, source)


def _real(path: Path) -> Path:
    """Return the absolute path without links. A circle of links stays as it is, where `resolve` raises."""
    return Path(os.path.realpath(path))


def _source(file: Path) -> Source:
    """Return the source for one file, with a problem if it cannot be read."""
    reason = _why_unreadable(file)
    problem = FileUnreadable(reason) if reason else None
    return Source(file=file, name=_display_name(file.name), path=_display_name(str(file)), problem=problem)


def _why_unreadable(file: Path) -> str:
    """Return why a file cannot be read and what to do, or an empty text."""
    denied = "The file cannot be read: permission denied. Give the user who runs Incamera access to it."
    try:
        mode = file.stat().st_mode
    except PermissionError:
        return denied
    except OSError:
        return "The link leads nowhere. Restore the file that it points to."
    if not stat.S_ISREG(mode):
        return "This is not a regular file but a device, pipe or socket. Leave it out."
    return "" if os.access(file, os.R_OK) else denied


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
    """Return a file name as text that can be stored and printed on one line.

    Bytes that are not UTF-8 and line breaks become \\xNN: a name with a line break could look like two lines.
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return _LINE_BREAKS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _is_ignored(name: str) -> bool:
    """Return whether a file or folder is hidden, a lock file, or kept by the operating system."""
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini")
