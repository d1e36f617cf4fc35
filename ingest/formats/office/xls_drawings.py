"""Read what xlrd leaves out of old workbooks (xls): text boxes, titles of charts, running lines, pictures."""

from __future__ import annotations

import io
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from ingest.formats.office.ooxml.sheet_layout import without_codes

_BOF, _SHEET, _CONTINUE, _TEXT_BOX, _PICTURES = 0x0809, 0x0085, 0x003C, 0x01B6, 0x00EB
_CHART_TEXT = 0x100D
_RUNNING = {0x0014: "Header", 0x0015: "Footer"}
_CONTAINER, _ENTRY = 0x0F, 0xF007
_ENTRY_HEAD = 36
_BLIPS = range(0xF018, 0xF118)
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


@dataclass(slots=True)
class OnSheet:
    """What one sheet holds beside its cells."""

    texts: list[str] = field(default_factory=list)
    """Texts of boxes and charts; comments on cells are among them."""
    running: list[tuple[str, str]] = field(default_factory=list)
    """("Header" or "Footer", text)."""


def beside_cells(path: Path) -> tuple[dict[str, OnSheet], list[bytes]]:
    """Return what the sheets of a workbook hold beside their cells, by sheet, and the pictures of all.

    Nothing where the file is of an older kind, or broken there.
    """
    try:
        with olefile.OleFileIO(str(path)) as container:
            name = next((one for one in ("Workbook", "Book") if container.exists(one)), "")
            data = container.openstream(name).read() if name else b""
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return {}, []
    sheets: defaultdict[str, OnSheet] = defaultdict(OnSheet)
    places: dict[int, str] = {}
    pictures = b""
    here = ""
    for place, kind, content, more in _records(data):
        if kind == _SHEET and len(content) > 8:
            places[struct.unpack_from("<I", content)[0]] = _text(content[7:], content[6])
        elif kind == _BOF:
            here = places.get(place, here)
        elif kind == _PICTURES:
            pictures += content + b"".join(more)
        elif kind == _TEXT_BOX and len(content) >= 12 and more:
            sheets[here].texts.append(_continued(more, struct.unpack_from("<H", content, 10)[0]))
        elif kind == _CHART_TEXT and len(content) > 4:
            sheets[here].texts.append(_text(content[3:], content[2]))
        elif kind in _RUNNING and len(content) > 3:
            words = without_codes(_text(content[2:], struct.unpack_from("<H", content)[0]))
            sheets[here].running += [(_RUNNING[kind], words)] if words else []
    return dict(sheets), list(_blips(pictures))


def _records(data: bytes) -> Iterator[tuple[int, int, bytes, list[bytes]]]:
    """Yield (place, kind, content, contents of the records that continue it)."""
    stream = io.BytesIO(data)
    waiting: tuple[int, int, bytes, list[bytes]] | None = None
    while True:
        place = stream.tell()
        head = stream.read(4)
        if len(head) < 4:
            break
        kind, size = struct.unpack("<HH", head)
        content = stream.read(size)
        if kind == _CONTINUE and waiting is not None:
            waiting[3].append(content)
            continue
        if waiting is not None and waiting[1] == kind == _PICTURES:
            waiting[3].append(content)
            continue
        if waiting is not None:
            yield waiting
        waiting = (place, kind, content, [])
    if waiting is not None:
        yield waiting


def _text(data: bytes, count: int) -> str:
    """Return a text of `count` characters; its first byte says whether each takes two bytes."""
    wide = bool(data[:1]) and data[0] & 1
    found = data[1 : 1 + count * (2 if wide else 1)]
    return found.decode("utf-16-le" if wide else "latin-1", "replace").replace("\x00", "")


def _continued(pieces: list[bytes], count: int) -> str:
    """Return a text that goes on over several records, each of which says how wide its characters are."""
    found = ""
    for piece in pieces:
        if len(found) >= count or not piece:
            break
        found += _text(piece, count - len(found))
    return found


def _blips(data: bytes) -> Iterator[bytes]:
    """Yield the pictures among the drawings of a workbook; those of Windows as they are."""
    place = 0
    while place + 8 <= len(data):
        flags, kind, size = struct.unpack_from("<HHI", data, place)
        body = data[place + 8 : place + 8 + size]
        if flags & 0x0F == _CONTAINER:
            yield from _blips(body)
        elif kind == _ENTRY:
            yield from _blips(body[_ENTRY_HEAD:])
        elif kind in _BLIPS:
            starts = [body.find(start, 0, 64) for start in _STARTS]
            begin = min((start for start in starts if start >= 0), default=-1)
            yield body[begin:] if begin >= 0 else body
        place += 8 + size
