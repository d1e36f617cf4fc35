"""Check single values that the parser sent: lists, numbers, texts and bytes within their limits."""

from __future__ import annotations

import base64
from typing import Any

from vault.process.frames import WireError


def list_at(value: dict[str, Any], key: str, least: int, most: int) -> list[Any]:
    """Return the list under `key`, which has `least` to `most` items."""
    found = value.get(key)
    if not isinstance(found, list) or not least <= len(found) <= most:
        raise WireError(key)
    return found


def integer(value: Any, what: str, most: int) -> int:
    """Return `value` if it is an integer from 0 to `most`; True and False are not."""
    if type(value) is not int or not 0 <= value <= most:
        raise WireError(what)
    return value


def text_of(value: Any, what: str, most: int) -> str:
    """Return `value` if it is valid text of at most `most` characters without NUL."""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise WireError(what)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise WireError(f"{what}: half a surrogate pair") from error
    return value


def line_of(value: Any, what: str, most: int) -> str:
    """Return `value` if it is one line of text that can be displayed."""
    text = text_of(value, what, most)
    if text != one_line(text, most):
        raise WireError(what)
    return text


def bytes_of(value: Any, what: str, most: int) -> bytes:
    """Return the bytes that `value` encodes in base64, at most `most`."""
    if not isinstance(value, str) or len(value) > most * 4 // 3 + 4:
        raise WireError(what)
    try:
        content = base64.b64decode(value, validate=True)
    except ValueError as error:
        raise WireError(what) from error
    if len(content) > most:
        raise WireError(what)
    return content


def one_line(text: str, most: int) -> str:
    """Make one line of at most `most` characters without control characters."""
    shown = "".join(c if c.isprintable() or c == " " else " " for c in text)
    return " ".join(shown.split())[:most].rstrip()
