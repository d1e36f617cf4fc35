"""Mailboxes (mbox): one page that lists the messages, each message as an attachment of its own.

Read line by line: a mailbox may be larger than what is kept of it.
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
from vault.records import ElementKind

_BEGINS = re.compile(rb"From \S+.*\d{4}\s*\Z|From - ")
_QUOTED = re.compile(rb">+From ")


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the mailbox at `path`. Messages over the limits are left out, with a warning.

    Raises: NoText, TooLarge.
    """
    kept: list[Attachment] = []
    composer = PageComposer(limits)
    left, count, over = limits.attachment_bytes, 0, 0
    for content in _messages(path, limits.attachment_bytes):
        count += 1
        if len(kept) >= limits.attachments or len(content) > left:
            over += 1
            continue
        left -= len(content)
        headers = email.message_from_bytes(content.split(b"\n\n", 1)[0], policy=email.policy.compat32)
        date, sender, subject = (_shown(headers.get(name, "")) for name in ("Date", "From", "Subject"))
        kept.append(Attachment(f"{subject or 'message'} ({count}).eml", content))
        line = " — ".join(part for part in (date, sender, subject) if part)
        composer.add(ElementKind.LIST_ITEM, f"{count}. {line or 'message'}", close=count > 1)
    if not count:
        raise NoText("The mailbox holds no message.")
    warnings: tuple[str, ...] = ()
    if over:
        warnings = (
            f"{over:,} of {count:,} messages were left out: a mailbox gives at most {limits.attachments:,} "
            f"messages of {limits.attachment_bytes / 2**20:,.0f} MiB together. Split it.",
        )
    page = composer.page(1, "Messages")
    return ParsedDocument(FileType.MBOX.media_type, "", (page,), warnings=warnings, attachments=tuple(kept))


def _messages(path: Path, most: int) -> Iterator[bytes]:
    """The messages; of one that is longer than `most`, so much that its length shows."""
    held: list[bytes] = []
    size = 0
    begun = False
    blank = True
    with path.open("rb") as file:
        while line := file.readline(1 << 20):
            if blank and _BEGINS.match(line):
                if begun:
                    yield b"".join(held)
                held, size, begun = [], 0, True
            elif begun and size <= most:
                line = line.replace(b"\r\n", b"\n")
                held.append(line[1:] if _QUOTED.match(line) else line)
                size += len(line)
            blank = line in (b"\n", b"\r\n")
    if begun:
        yield b"".join(held)


def _shown(value: object) -> str:
    text = decoded_header(str(value)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return clean(" ".join(text.split()))[:200]
