"""Notice that a part of a PDF cannot be unpacked: what it held is missing on its page, and nothing shows it.

PDFium draws a page whose content is damaged as far as it can be read, without a word.
"""

from __future__ import annotations

import base64
import mmap
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from vault.records import Unread

_BEGINS, _ENDS = b"stream", b"endstream"
_DICTIONARY = 600
"""Bytes before a stream in which its dictionary is looked for."""
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+)")
_UNREADABLE = re.compile(rb"/Filter(?!\s*(?:\[|/|\d+\s+\d+\s+R|null))")
_NAME = re.compile(rb"/([^\s/<>\[\]()]*)")
_FLATE, _ASCII85 = b"FlateDecode", b"ASCII85Decode"
_FILTERS = frozenset(
    b"FlateDecode ASCII85Decode ASCIIHexDecode LZWDecode RunLengthDecode CCITTFaxDecode JBIG2Decode "
    b"DCTDecode JPXDecode Crypt Fl A85 AHx LZW RL CCF DCT".split()
)
_NO_WORDS = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)|/FontFile|/Length[12]\b|/N 3\b")
"""Streams of pictures, fonts and colours."""
_MOST_BYTES = 64 << 20
"""Bytes that one stream is unpacked to."""
_REST = 16
"""Bytes that may stand after what is packed."""
_STEP = 1 << 20
_WHY = (
    "It is damaged and cannot be unpacked, so words of a page may be missing. Copy the file again from its "
    "source, and compare its pages."
)


def damaged_parts(path: Path) -> list[Unread]:
    """Name the parts of an unencrypted PDF that cannot be unpacked; none where all can."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.rfind(b"/Encrypt") >= 0:
            return []  # its streams are unpacked only after they are decrypted
        damaged = sum(_is_damaged(content, *stream) for stream in _streams(content))
    if not damaged:
        return []
    return [Unread("Part of the file" if damaged == 1 else f"{damaged} parts of the file", "", _WHY)]


def _streams(content: mmap.mmap) -> Iterator[tuple[int, int, Sequence[bytes]]]:
    """Yield start and end of each packed stream that may hold words, and how it is packed."""
    place = 0
    while (found := content.find(_BEGINS, place)) >= 0:
        place = found + len(_BEGINS)
        if content[found - 3 : found] == b"end" or content[place : place + 1] not in (b"\r", b"\n"):
            continue
        before = content[max(0, found - _DICTIONARY) : found]
        before = before[before.rfind(b" obj") + 1 :]
        filters = _FILTER.search(before)
        named = _NAME.findall(filters[1]) if filters else [b""] * (_UNREADABLE.search(before) is not None)
        end = content.find(_ENDS, place)
        if end < 0:
            return
        if named and not _NO_WORDS.search(before):
            start = place + (2 if content[place : place + 2] == b"\r\n" else 1)
            yield start, end, named
        place = end + len(_ENDS)


def _is_damaged(content: mmap.mmap, start: int, end: int, filters: Sequence[bytes]) -> bool:
    """Return whether a stream cannot be unpacked as it was packed."""
    if not _FILTERS.issuperset(filters):
        return True
    if filters not in ([_FLATE], [_ASCII85, _FLATE]):
        return False
    packed = content[start:end]
    if len(filters) > 1:
        try:
            packed = base64.a85decode(packed.partition(b"~>")[0])
        except ValueError:
            return True
    unpacking = zlib.decompressobj()
    unpacked = 0
    for place in range(0, len(packed), _STEP):
        try:
            unpacked += len(unpacking.decompress(packed[place : place + _STEP], _MOST_BYTES))
        except zlib.error:
            return True
        if unpacking.eof:
            return len(unpacking.unused_data) > _REST
        if unpacked >= _MOST_BYTES:
            return False
    return False
