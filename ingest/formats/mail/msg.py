"""Read Outlook messages (.msg) with python-oxmsg, and their HTML with unstructured."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile  # type: ignore[import-untyped]
import oxmsg

from ingest.formats.mail.headers import decoded_header
from ingest.formats.mail.message import message_document
from ingest.formats.mail.nested import messages_inside, rich_body
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile

_DISPLAY_BCC, _DISPLAY_CC, _DISPLAY_TO = (
    0x0E02,
    0x0E03,
    0x0E04,
)  # property numbers of the names as Outlook shows them
_BROKEN = (struct.error, KeyError, IndexError, ValueError, LookupError, OSError)


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the message at `path` as one page with its attachments.

    Raises DamagedFile, NoText, TooLarge.
    """
    try:
        message = oxmsg.Message.load(str(path))
        headers = _headers(message)
        plain = (message.body or "").replace("\x00", "")
    except _BROKEN as error:
        raise DamagedFile("The Outlook message is broken. Save it again from the mailbox.") from error
    html = _html(message)
    try:
        with olefile.OleFileIO(str(path)) as container:
            if not plain.strip() and not html.strip():
                plain = rich_body(container, limits)
            inside = list(messages_inside(container, limits))
    except _BROKEN as error:
        raise DamagedFile("The Outlook message is broken. Save it again from the mailbox.") from error
    attachments = [*_attachments(message), *inside]
    return message_document(FileType.MSG.media_type, headers, plain, html, attachments, limits)


def _headers(message: oxmsg.Message) -> dict[str, str]:
    """Return the headers that are shown, from the transport headers or else Outlook's properties."""
    sent = message.message_headers
    properties = message.properties
    date = message.sent_date
    found = {
        "From": message.sender or "",
        "To": sent.get("To") or properties.str_prop_value(_DISPLAY_TO) or "",
        "Cc": sent.get("Cc") or sent.get("CC") or properties.str_prop_value(_DISPLAY_CC) or "",
        "Bcc": sent.get("Bcc") or sent.get("BCC") or properties.str_prop_value(_DISPLAY_BCC) or "",
        "Reply-To": sent.get("Reply-To") or "",
        "Date": sent.get("Date") or (date.isoformat(" ", "seconds") if date else ""),
        "Subject": message.subject,
    }
    return {name: decoded_header(value.replace("\x00", "").strip()) for name, value in found.items()}


def _html(message: oxmsg.Message) -> str:
    """Return the HTML body; empty if it cannot be decoded."""
    try:
        return (message.html_body or "").replace("\x00", "")
    except (LookupError, ValueError):
        return ""  # the encoding is unknown; the headers are still useful


def _attachments(message: oxmsg.Message) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the attachments."""
    for number, attachment in enumerate(message.attachments, 1):
        content = attachment.file_bytes
        if content:
            yield (attachment.file_name or f"attachment-{number}").replace("\x00", ""), content
