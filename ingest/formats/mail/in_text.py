"""What stands between the lines of a plain message and is no text: old attachments and encrypted text."""

from __future__ import annotations

import binascii
import re

from vault.records import Unread

_ENCODED = re.compile(
    r"^begin [0-7]{3} ([^\n]{1,200})\n((?:[ -`]{1,100}\n){1,500000}?)[ `]?\n?end[ \t]*$", re.MULTILINE
)
_ENCRYPTED = re.compile(
    r"^-----BEGIN PGP MESSAGE-----.*?(?:^-----END PGP MESSAGE-----[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_WHY = "It is encrypted (PGP). Open the message in your mail program, save it as PDF and load that."


def encrypted_part() -> Unread:
    """Return the remark on text that only its receiver can open."""
    return Unread("Encrypted text", "", _WHY)


def take_out(text: str, attachments: list[tuple[str, bytes]], unread: list[Unread]) -> str:
    """Return the text without files in the old encoding of Unix and without what is encrypted.

    The files are added to `attachments`; what cannot be read is added to `unread`.
    """
    if "-----BEGIN PGP MESSAGE-----" in text:
        text, count = _ENCRYPTED.subn("", text)
        unread += [encrypted_part()] * count

    def decoded(found: re.Match[str]) -> str:
        try:
            content = b"".join(map(_line, found[2].splitlines()))
        except (binascii.Error, UnicodeEncodeError):
            return found[0]
        attachments.append((found[1].strip(), content))
        return ""

    return _ENCODED.sub(decoded, text) if "\nend" in text else text


def _line(line: str) -> bytes:
    """Decode a line; some programs leave out the blanks at its end, or add a letter that checks it."""
    length = (ord(line[0]) - 32) & 0x3F
    needed = (length + 2) // 3 * 4
    return binascii.a2b_uu(line[: needed + 1].ljust(needed + 1).encode("ascii"))
