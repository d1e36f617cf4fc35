"""Read mailboxes (mbox).

A mailbox is read line by line, because it may be much larger than the part that is kept.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.formats.mail.headers import decoded_header
from ingest.formats.mail.mailbox import Mailbox
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits

_BEGINS = re.compile(rb"From \S+.*\d{4}\s*\Z|From - ")
_QUOTED = re.compile(rb">+From ")


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the mailbox at `path`. Messages over the limits are named as `unread`.

    Raises NoText, TooLarge.
    """
    mailbox = Mailbox(limits)
    for content in _messages(path, limits.attachment_bytes):
        headers = email.message_from_bytes(content.split(b"\n\n", 1)[0], policy=email.policy.compat32)
        date, sender, subject = (_header(headers.get(name, "")) for name in ("Date", "From", "Subject"))
        mailbox.add(content, date, sender, subject)
    return mailbox.document(FileType.MBOX)


def _messages(path: Path, most: int) -> Iterator[bytes]:
    """Yield the messages; one longer than `most` bytes is cut off a little above that."""
    lines: list[bytes] = []
    size = 0
    begun = False
    blank = True
    with path.open("rb") as file:
        while line := file.readline(1 << 20):
            if blank and _BEGINS.match(line):
                if begun:
                    yield b"".join(lines)
                lines, size, begun = [], 0, True
            elif begun and size <= most:
                line = line.replace(b"\r\n", b"\n")
                lines.append(line[1:] if _QUOTED.match(line) else line)
                size += len(line)
            blank = line in (b"\n", b"\r\n")
    if begun:
        yield b"".join(lines)


def _header(value: object) -> str:
    """Return a header as text."""
    return decoded_header(str(value)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
