"""Read the parts of binary workbooks (xlsb) that calamine leaves out: comments, and where sheets are."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from ingest.formats.office.ooxml.relations import relations_of

_BOOK = "xl/workbook.bin"
_SHEET, _AUTHOR, _COMMENT, _COMMENT_TEXT = 156, 632, 635, 637
"""Numbers of records."""
_LETTERS = 26


def parts_of_binary_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the part of each sheet by the sheet's name."""
    targets = {identity: target for _, identity, target in relations_of(archive, _BOOK)}
    found: dict[str, str] = {}
    for kind, data in _records(archive.read(_BOOK)):
        if kind == _SHEET:
            identity, end = _text(data, 8)
            found[_text(data, end)[0]] = targets.get(identity, "")
    return found


def binary_comments(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield (cell, author, text) of the comments on a sheet; `part` is the sheet's part."""
    for kind, _, target in relations_of(archive, part):
        if kind != "comments" or target not in archive.namelist():
            continue
        authors: list[str] = []
        author, cell = "", ""
        for number, data in _records(archive.read(target)):
            if number == _AUTHOR:
                authors.append(_text(data, 0)[0])
            elif number == _COMMENT:
                index, row, _, column = struct.unpack_from("<IIII", data)
                author = authors[index] if index < len(authors) else ""
                cell = f"{_column(column)}{row + 1}"
            elif number == _COMMENT_TEXT and (text := _text(data, 1)[0].removeprefix(f"{author}:").strip()):
                yield cell, author, text


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (number, content) of the records of a part; a part that is cut off ends early."""
    place = 0
    while place < len(data):
        number, place = _variable(data, place, 2)
        size, place = _variable(data, place, 4)
        if place + size > len(data):
            return
        yield number, data[place : place + size]
        place += size


def _variable(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Return the number of up to `most` bytes at a place, seven bits in each, and where it ends."""
    number = 0
    for index in range(most):
        if place >= len(data):
            break
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << 7 * index
        if not byte & 0x80:
            break
    return number, place


def _text(data: bytes, place: int) -> tuple[str, int]:
    """Return the text at a place, which begins with its length, and where it ends."""
    if place + 4 > len(data):
        return "", place
    (length,) = struct.unpack_from("<I", data, place)
    end = place + 4 + 2 * length
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _column(number: int) -> str:
    """Return the letters of a column, which counts from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
