"""Tar archives and packed files (gzip, bzip2, xz): each file inside is an attachment.

A packed tar archive is one archive; any other packed file is the one file inside.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import posixpath
import tarfile
import zlib
from pathlib import Path
from typing import IO, cast

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.inside import OVER_IN_ARCHIVE, left_out
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText, TooLarge
from vault.records import ElementKind, Unread
from vault.text.counted import counted

_LISTED = 5_000
_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the archive or packed file at `path`. The names inside are only for display, never used as paths.

    Files over the limits, and links, are named as `unread`. Raises TooLarge (it unpacks to too much),
    DamagedFile, NoText.
    """
    kind = detect(path)
    try:
        if kind is FileType.TAR:
            with path.open("rb") as file:
                return _read_tar(file, kind, limits)
        content = _unpacked(path, kind, limits)
        if content[257:262] == b"ustar":
            return _read_tar(io.BytesIO(content), kind, limits)
    except _BROKEN as error:
        raise DamagedFile("The archive is cut off or broken. Copy it again from its source.") from error
    if not content:
        raise NoText("The packed file is empty. Check where it was copied from.")
    composer = PageComposer(limits)
    composer.add(ElementKind.LIST_ITEM, f"1. The file inside ({counted(len(content), 'byte')})")
    inside = Attachment("packed file", content)
    return ParsedDocument(kind.media_type, "", (composer.page(1, "Files"),), attachments=(inside,))


def _open(path: Path, kind: FileType) -> IO[bytes]:
    """Open a packed file for reading what is inside."""
    if kind is FileType.GZIP:
        return cast(IO[bytes], gzip.open(path, "rb"))
    if kind is FileType.BZIP2:
        return cast(IO[bytes], bz2.open(path, "rb"))
    return cast(IO[bytes], lzma.open(path, "rb"))


def _unpacked(path: Path, kind: FileType, limits: ParseLimits) -> bytes:
    """Return the unpacked bytes. Raises TooLarge."""
    most = limits.attachment_bytes
    with _open(path, kind) as file:
        content = file.read(most + 1)
    if len(content) > most or len(content) > max(1, path.stat().st_size) * limits.unpack_ratio + 2**25:
        raise TooLarge(
            f"The file unpacks to more than {min(len(content), most):,} bytes, unlike any ordinary document. "
            "Unpack it and load the files inside."
        )
    return content


def _read_tar(file: IO[bytes], kind: FileType, limits: ParseLimits) -> ParsedDocument:
    """List the members of a tar archive and unpack them."""
    composer = PageComposer(limits)
    attachments: list[Attachment] = []
    unread: list[Unread] = []
    left = limits.attachment_bytes
    number = 0
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for member in archive:
            name = member.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if member.isdir() or posixpath.basename(name).startswith("._"):
                continue
            number += 1
            if number > limits.members:
                raise TooLarge(f"The archive has more than {limits.members:,} files. Split it.")
            if number <= _LISTED:
                line = f"{number}. {name} ({counted(member.size, 'byte')})"
                composer.add(ElementKind.LIST_ITEM, line, tight=number > 1)
            if not member.isreg():
                unread.append(
                    Unread(f"File {name[:100]!r}", "", "It is a link or a device, not a file.", words=False)
                )
            elif len(attachments) >= limits.attachments or member.size > left:
                unread.append(left_out(name, OVER_IN_ARCHIVE))
            else:
                inside = archive.extractfile(member)
                content = inside.read(left + 1) if inside is not None else b""
                left -= len(content)
                attachments.append(Attachment(name, content))
    if not number:
        raise NoText("The archive contains no files. Check where it was copied from.")
    return ParsedDocument(
        kind.media_type,
        "",
        (composer.page(1, "Files"),),
        attachments=tuple(attachments),
        unread=tuple(unread),
    )
