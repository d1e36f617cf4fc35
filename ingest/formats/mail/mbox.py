"""Read mailboxes (mbox): one page that lists the messages, and each message as an attachment.

A mailbox is read line by line, because it may be much larger than the part that is kept.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.formats.mail.message import decoded_header
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.decode import clean
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText
from vault.records import ElementKind, Unread

_BEGINS = re.compile(rb"From \S+.*\d{4}\s*\Z|From - ")
_QUOTED = re.compile(rb">+From ")


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the mailbox at `path`. Messages over the limits are named as `unread`.

    Raises NoText, TooLarge.
    """
    attachments: list[Attachment] = []
    composer = PageComposer(limits)
    bytes_left, count, left_out = limits.attachment_bytes, 0, 0
    for content in _messages(path, limits.attachment_bytes):
        count += 1
        if len(attachments) >= limits.attachments or len(content) > bytes_left:
            left_out += 1
            continue
        bytes_left -= len(content)
        headers = email.message_from_bytes(content.split(b"\n\n", 1)[0], policy=email.policy.compat32)
        date, sender, subject = (_one_line(headers.get(name, "")) for name in ("Date", "From", "Subject"))
        attachments.append(Attachment(f"{subject or 'message'} ({count}).eml", content))
        line = " — ".join(part for part in (date, sender, subject) if part)
        composer.add(ElementKind.LIST_ITEM, f"{count}. {line or 'message'}", tight=count > 1)
    if not count:
        raise NoText("The mailbox has no messages. Check where it was copied from.")
    unread: tuple[Unread, ...] = ()
    if left_out:
        why = (
            f"At most {limits.attachments:,} messages of {limits.attachment_bytes / 2**20:,.0f} MiB in total "
            "are read from a mailbox. Split it."
        )
        unread = (Unread(f"{left_out:,} of {count:,} messages", "", why),)
    page = composer.page(1, "Messages")
    return ParsedDocument(
        FileType.MBOX.media_type, "", (page,), attachments=tuple(attachments), unread=unread
    )


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


def _one_line(value: object) -> str:
    """Return a header as one short line for display."""
    text = decoded_header(str(value)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return clean(" ".join(text.split()))[:200]
