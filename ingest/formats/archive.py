"""Zip archives: one page that lists the files, and each file as an attachment."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.container import check_size
from ingest.formats.structure.inside import OVER_IN_ARCHIVE, left_out
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.how_to_read import how_to_read, password_needed
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText
from vault.records import ElementKind, Unread
from vault.text.counted import counted

_IGNORED = ("__MACOSX/", "Thumbs.db", "desktop.ini", ".DS_Store")
_LISTED = 5_000
_END_BYTES = 22 + 0xFFFF
"""The longest end of an archive, with its comment."""
_MANY = 0xFFFF
"""A count that says only that there are more."""
_LOST = "The list of the archive is damaged, and they are not in it. Copy it again from its source."
_LOCKED = "It needs a password. Add the archive again with it."


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the archive at `path`. The names of members are only for display and never used as paths.

    Members over the limits are not read and named as `unread`.
    Raises TooLarge (a zip bomb), DamagedFile, PasswordProtected, NoText.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_size(archive, limits)
            return _read(archive, path, limits)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise DamagedFile("The archive is cut off or broken. Copy it again from its source.") from error


def _read(archive: zipfile.ZipFile, path: Path, limits: ParseLimits) -> ParsedDocument:
    """List the members of an open archive and unpack them."""
    composer = PageComposer(limits)
    attachments: list[Attachment] = []
    unread: list[Unread] = []
    members = [member for member in archive.infolist() if not member.is_dir() and not _is_ignored(member)]
    if not members:
        raise NoText("The archive contains no files. Check where it was copied from.")
    locked = _Locked(path)
    if all(member.flag_bits & 1 and locked.content(member, 0) is None for member in members):
        raise password_needed("The archive")
    left = limits.attachment_bytes
    if (missing := _counted(path) - len(archive.infolist())) > 0:
        unread.append(Unread(f"{missing} of the files inside", "", _LOST))
    for number, member in enumerate(members, 1):
        name = _name(member)
        if number <= _LISTED:
            composer.add(
                ElementKind.LIST_ITEM,
                f"{number}. {name} ({counted(member.file_size, 'byte')})",
                tight=number > 1,
            )
        why, content = _content(
            archive, locked, member, left if len(attachments) < limits.attachments else -1
        )
        if why:
            unread.append(left_out(name, why))
            continue
        left -= len(content)
        attachments.append(Attachment(name, content))
    page = composer.page(1, "Files")
    return ParsedDocument(
        FileType.ZIP.media_type, "", (page,), attachments=tuple(attachments), unread=tuple(unread)
    )


def _counted(path: Path) -> int:
    """Return how many files the end of the archive counts; 0 where that cannot be told."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_BYTES))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    count = int.from_bytes(tail[place + 10 : place + 12], "little") if place >= 0 else 0
    return count if count < _MANY else 0


class _Locked:
    """Opens the members of an archive that need a password."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._passwords = how_to_read().passwords

    def content(self, member: zipfile.ZipInfo, most: int) -> bytes | None:
        """Return the first `most` + 1 bytes of a member, or None if no password opens it."""
        if not self._passwords:
            return None
        # Loaded here: few archives have a password. The standard library does not know AES.
        import pyzipper

        for password in self._passwords:
            try:
                with (
                    pyzipper.AESZipFile(self._path) as archive,
                    archive.open(member.filename, pwd=password.encode()) as file,
                ):
                    content: bytes = file.read(most + 1)
                    if len(content) <= most:
                        file.read()  # to its end, where a wrong password shows
            except (pyzipper.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error, KeyError):
                continue
            # The password that opened one member is tried first for the next.
            self._passwords = (password, *(one for one in self._passwords if one != password))
            return content
        return None


def _content(
    archive: zipfile.ZipFile, locked: _Locked, member: zipfile.ZipInfo, most: int
) -> tuple[str, bytes]:
    """Return why a member is left out, or its bytes."""
    if most < 0 or member.file_size > most:
        return OVER_IN_ARCHIVE, b""
    if member.flag_bits & 1:
        unlocked = locked.content(member, most)
        return ("", unlocked) if unlocked is not None else (_LOCKED, b"")
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError):
        return "It is broken or packed in an unknown way.", b""
    if len(content) > most:
        return OVER_IN_ARCHIVE, b""
    return "", content


def _is_ignored(member: zipfile.ZipInfo) -> bool:
    """Return whether the operating system added the member for its own use."""
    return member.filename.startswith("__MACOSX/") or posixpath.basename(member.filename) in _IGNORED


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member; some programs store UTF-8 without marking it."""
    if not member.flag_bits & 0x800:
        try:
            return member.filename.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return member.filename
    return member.filename
