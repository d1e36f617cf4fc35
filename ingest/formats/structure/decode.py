"""Bytes to text: by byte order mark, else UTF-8, else the likeliest single-byte encoding."""

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
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | {0: None}


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in `data`, without byte order mark, NUL or half surrogate pairs; line ends become "\\n".

    `declared` is the encoding that the content names; it counts unless the bytes show another.
    """
    return clean(_decode(data, declared)).replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """`text` without NUL and half surrogate pairs, which neither JSON nor a database carries."""
    return text.translate(_SURROGATES) if not text.isascii() or "\x00" in text else text


def _decode(data: bytes, declared: str | None) -> str:
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
    if declared and _known(declared):
        return data.decode(declared, "replace")
    best = from_bytes(head).best()
    encoding = best.encoding if best and len(data) > 200 else "cp1252"
    return data.decode(encoding, "replace")


def _mostly_utf8(data: bytes) -> bool:
    """Whether the data is UTF-8 with a few broken places, such as a cut in its last character."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 10 * broken


def _known(encoding: str) -> bool:
    """Whether Python has a text encoding of this name."""
    try:
        codecs.lookup(encoding)
        "".encode(encoding)
    except (LookupError, ValueError):
        return False
    return True
