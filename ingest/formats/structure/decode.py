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
_FEW = 0.03
_WESTERN = "äöüßÄÖÜéèêëàâçôîïûùáíóúñÉÀÇ“”„‘’–—…€£§°«»·•´\xa0".encode("cp1252")
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
    if declared and _is_encoding(declared) and (text := _as_declared(data, declared)) is not None:
        return text
    if len(data) <= 200 or _is_western(head):
        return data.decode("cp1252", "replace")
    best = from_bytes(head).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode(encoding, "replace")


def _is_western(head: bytes) -> bool:
    """Return whether the text is in a western European language: by its letters, or by how few are not ASCII.

    From a few letters no encoding can be guessed; in Polish or Czech at least one in twenty is not ASCII.
    """
    high = bytes(byte for byte in head if byte > 127)
    if not high.translate(None, _WESTERN):
        return True
    return len(high) < _FEW * sum(chr(byte).isalpha() for byte in head if byte < 128)


def _as_declared(data: bytes, declared: str) -> str | None:
    """Decode the data as it says; None if the bytes show that this is wrong.

    What is declared as Latin-1 is Windows-1252, as browsers take it. Few errors are damage, many are a wrong
    declaration.
    """
    name = codecs.lookup(declared).name
    name = "cp1252" if name == "iso8859-1" else name
    if name in ("utf-8", "utf-8-sig", "ascii"):
        return None  # it was tried before
    text = data.decode(name, "replace")
    return text if 100 * text.count("\ufffd") <= sum(byte > 127 for byte in data) else None


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
