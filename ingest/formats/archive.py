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
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText, PasswordProtected
from vault.records import ElementKind, Unread

_IGNORED = ("__MACOSX/", "Thumbs.db", "desktop.ini", ".DS_Store")
_LISTED = 5_000


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the archive at `path`. The names of members are only for display and never used as paths.

    Members over the limits are not read and named as `unread`.
    Raises TooLarge (a zip bomb), DamagedFile, PasswordProtected, NoText.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_size(archive, limits)
            return _read(archive, limits)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise DamagedFile("The archive is cut off or broken. Copy it again from its source.") from error


def _read(archive: zipfile.ZipFile, limits: ParseLimits) -> ParsedDocument:
    """List the members of an open archive and unpack them."""
    composer = PageComposer(limits)
    attachments: list[Attachment] = []
    unread: list[Unread] = []
    members = [member for member in archive.infolist() if not member.is_dir() and not _is_ignored(member)]
    if not members:
        raise NoText("The archive contains no files. Check where it was copied from.")
    if all(member.flag_bits & 1 for member in members):
        raise PasswordProtected("The archive is encrypted. Unpack it with its password and load the files.")
    left = limits.attachment_bytes
    for number, member in enumerate(members, 1):
        name = _name(member)
        if number <= _LISTED:
            composer.add(
                ElementKind.LIST_ITEM, f"{number}. {name} ({member.file_size:,} bytes)", tight=number > 1
            )
        why, content = _content(archive, member, left if len(attachments) < limits.attachments else -1)
        if why:
            unread.append(left_out(name, why))
            continue
        left -= len(content)
        attachments.append(Attachment(name, content))
    page = composer.page(1, "Files")
    return ParsedDocument(
        FileType.ZIP.media_type, "", (page,), attachments=tuple(attachments), unread=tuple(unread)
    )


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> tuple[str, bytes]:
    """Return why a member is left out, or its bytes."""
    if member.flag_bits & 1:
        return "It needs a password. Unpack the archive with it and load the file.", b""
    if most < 0 or member.file_size > most:
        return OVER_IN_ARCHIVE, b""
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
