"""How far archives inside archives are unpacked: a file of a few kilobytes could unpack without end."""

from __future__ import annotations

from dataclasses import replace

from ingest.discover import Source
from ingest.parse_ahead import ParsedFile
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.records import Unread

_DEPTH = 5
_ARCHIVES = frozenset(
    kind.media_type for kind in (FileType.ZIP, FileType.TAR, FileType.GZIP, FileType.BZIP2, FileType.XZ)
)
_TOO_DEEP = f"It is in an archive inside {_DEPTH} others. Unpack the archives and load the file."
_TOO_MUCH = "The archives inside one another hold more than the limit. Unpack them and load the file."


def is_archive(media_type: str) -> bool:
    """Return whether documents of this type are archives of files."""
    return media_type in _ARCHIVES


class Unpacking:
    """Counts what comes out of the archives inside one archive, over all levels."""

    def __init__(self, limits: ParseLimits) -> None:
        """Start with nothing unpacked. An archive with all inside it gives as much as a single one."""
        self._limits = limits
        self._files: dict[str, int] = {}
        self._bytes: dict[str, int] = {}

    def within_limits(self, source: Source, file: ParsedFile) -> ParsedFile:
        """Return the file without what is over the limits, which is named as not read instead."""
        document = file.document
        if document is None or not source.archives or not is_archive(document.media_type):
            return file
        kept, unread = [], list(document.unread)
        for attachment in document.attachments:
            files = self._files.get(source.outermost, 0) + 1
            total = self._bytes.get(source.outermost, 0) + len(attachment.content)
            if source.archives >= _DEPTH:
                unread.append(Unread(f"File {attachment.name[:100]!r}", "", _TOO_DEEP))
            elif files > self._limits.attachments or total > self._limits.attachment_bytes:
                unread.append(Unread(f"File {attachment.name[:100]!r}", "", _TOO_MUCH))
            else:
                self._files[source.outermost], self._bytes[source.outermost] = files, total
                kept.append(attachment)
        return replace(file, document=replace(document, attachments=tuple(kept), unread=tuple(unread)))
