"""The text of a header of a message."""

from __future__ import annotations

import email.header


def decoded_header(value: str) -> str:
    """Decode the encoded words (`=?utf-8?q?...?=`) of a header; return it unchanged if they are invalid."""
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError):
        return value
