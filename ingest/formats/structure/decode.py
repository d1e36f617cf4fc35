"""Decode bytes to text: by the byte order mark, else as UTF-8, else in the most likely encoding."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_REPLACED = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | {0: None}


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode `data` to text without byte order mark, NUL and half surrogate pairs; line breaks become "\\n".

    `declared` is the encoding that the content names. It is used unless the bytes show another one.
    """
    return clean(_decode(data, declared)).replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """Remove NUL and replace half surrogate pairs, which neither JSON nor a database can store."""
    return text.translate(_REPLACED) if not text.isascii() or "\x00" in text else text


def _decode(data: bytes, declared: str | None) -> str:
    """Decode `data`; line breaks and control characters stay."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    head = data[:_SAMPLE]
    if b"\x00" in head:
        return data.decode(
            "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be", "replace"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _mostly_utf8(data):
            return data.decode("utf-8", "replace")
    if declared and _is_encoding(declared):
        return data.decode(declared, "replace")
    best = from_bytes(head).best()
    encoding = best.encoding if best and len(data) > 200 else "cp1252"
    return data.decode(encoding, "replace")


def _mostly_utf8(data: bytes) -> bool:
    """Return whether the data is UTF-8 with a few errors, such as a last character that is cut off."""
    text = data.decode("utf-8", "replace")
    errors = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 10 * errors


def _is_encoding(encoding: str) -> bool:
    """Return whether Python has a text encoding with this name."""
    try:
        codecs.lookup(encoding)
        "".encode(encoding)
    except (LookupError, ValueError):
        return False
    return True
