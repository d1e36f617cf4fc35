"""What rich text (RTF) holds besides text: pictures and objects as digits, and form fields."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

import olefile  # type: ignore[import-untyped]

from ingest.formats.office.ooxml.pictures import embedded_file, unpacked
from ingest.formats.office.ooxml.symbols import EMPTY, TICKED
from ingest.formats.office.rtf_state import Parsed
from ingest.parsed.document import Attachment
from vault.records import Unread

_NO_DIGIT = re.compile(rb"[^0-9A-Fa-f]+")
_TICK, _LIST = 1, 2
_DEFAULT = 25
"""The value of a field that is as it was when the form was made."""


def from_digits(pieces: Sequence[bytes]) -> bytes:
    """Return bytes that are written as hexadecimal digits."""
    digits = _NO_DIGIT.sub(b"", b"".join(pieces))
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def shown_by_form(parsed: Parsed) -> str:
    """Return what the form field that was just read shows: a tick box or a choice; forget the field."""
    form, choices = parsed.form, parsed.choices
    parsed.form, parsed.choices = {}, []
    value = form.get("ffres", _DEFAULT)
    value = form.get("ffdefres", 0) if value == _DEFAULT else value
    if form.get("fftype") == _TICK:
        return TICKED if value else EMPTY
    if form.get("fftype") == _LIST and 0 <= value < len(choices):
        return choices[value]
    return ""


def embedded(content: bytes, unread: list[Unread]) -> Iterator[Attachment]:
    """Yield the file in an embedded object, which is in the form of OLE 1; else name it in `unread`."""
    found = _in_old_object(content)
    if found is not None:
        yield found
    else:
        yield from embedded_file("oleObject", "", content, unread, "")


def _in_old_object(content: bytes) -> Attachment | None:
    """Return the file in an object; None if it belongs to another program."""
    try:
        place = 8
        names = []
        for _ in range(3):
            (length,) = struct.unpack_from("<I", content, place)
            names.append(content[place + 4 : place + 4 + length].rstrip(b"\x00"))
            place += 4 + length
        (length,) = struct.unpack_from("<I", content, place)
        inside = content[place + 4 : place + 4 + length]
        if names[0].lower() == b"package":
            return unpacked(b"\x00" * 4 + inside)
        if inside.startswith(olefile.MAGIC):
            return next(embedded_file("oleObject", "", inside, [], ""), None)
    except (struct.error, IndexError):
        return None
    return None
