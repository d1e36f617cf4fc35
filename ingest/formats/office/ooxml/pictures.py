"""Read the pictures and the embedded files of Word files and slides."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import olefile  # type: ignore[import-untyped]

from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer
from ingest.parsed.document import Attachment
from vault.records import Unread

_NATIVE = "\x01Ole10Native"


def add_pictures(composer: PageComposer, part: Any, pictures: PictureWords, where: str = "") -> None:
    """Put the words of the pictures of `part` (of python-docx or python-pptx) on the page."""
    for relation in _inside(part, "image"):
        pictures.add(composer, relation.target_part.blob, where)


def embedded_files(part: Any, unread: list[Unread], where: str = "") -> Iterator[Attachment]:
    """Yield the files that are embedded in `part` as objects; those that cannot be opened go to `unread`."""
    for kind in EMBEDDED:
        for relation in _inside(part, kind):
            name = str(relation.target_part.partname).rpartition("/")[2]
            yield from embedded_file(kind, name, relation.target_part.blob, unread, where)
    for relation in part.rels.values():
        if relation.reltype.rpartition("/")[2] in _PLAYED:
            unread.append(Unread("Sound or film", where, _NOT_HEARD))


EMBEDDED = ("package", "oleObject")
"""The relations that lead to embedded files."""
_PLAYED = ("audio", "video")
_NOT_HEARD = "What is said in it is not read. Load a transcript."


def embedded_file(
    kind: str, name: str, content: bytes, unread: list[Unread], where: str
) -> Iterator[Attachment]:
    """Yield the file that is embedded as an object; one that cannot be opened goes to `unread`."""
    found = Attachment(name, content) if kind == "package" else in_object(content)
    if found is None:
        why = "It belongs to another program. Open it there, save it and load the file."
        unread.append(Unread("Embedded object", where, why))
    else:
        yield found


def _inside(part: Any, kind: str) -> Iterator[Any]:
    """Yield the relations of a part to others of one kind in the same file."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] == kind:
            yield relation


def in_object(content: bytes) -> Attachment | None:
    """Return the file in an OLE object: one that was packed, or a document of an old Office program."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            if container.exists(_NATIVE):
                return unpacked(container.openstream(_NATIVE).read())
            for stream, name in (("CONTENTS", "embedded.pdf"), ("Package", "embedded")):
                if container.exists(stream):
                    return Attachment(name, container.openstream(stream).read())
            for stream, name in (("WordDocument", "embedded.doc"), ("Workbook", "embedded.xls")):
                if container.exists(stream):
                    return Attachment(name, content)
    except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error):
        return None
    return None


def unpacked(data: bytes) -> Attachment | None:
    """Return the file in a packed object: its name, two more paths with numbers, then length and bytes."""
    name, _, rest = data[6:].partition(b"\x00")
    _, _, rest = rest.partition(b"\x00")
    (skipped,) = struct.unpack_from("<I", rest, 4)
    rest = rest[8 + skipped :]
    (length,) = struct.unpack_from("<I", rest)
    content = rest[4 : 4 + length]
    return Attachment(name.decode("cp1252", "replace"), content) if len(content) == length else None
