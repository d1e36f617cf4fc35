"""Read mail folders of Outlook (.pst, .ost) with libpff: each message becomes an ordinary one (.eml)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from ingest.formats.mail.headers import decoded_header
from ingest.formats.mail.mailbox import Mailbox
from ingest.formats.mail.rebuilt import new_message
from ingest.formats.mail.rich_text import body_of_rtf
from ingest.formats.structure.decode import clean, decode
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile
from vault.records import Unread

_KIND, _FOLDER, _MESSAGE = 0x1F, 0x02, 0x04
"""The lowest bits of an item's number say what it is."""
_CLASS, _CC, _TO, _BCC, _ADDRESS, _SMTP = 0x001A, 0x0E03, 0x0E04, 0x0E02, 0x0C1F, 0x5D01
_SHORT_NAME, _METHOD, _RTF = 0x3704, 0x3705, 0x1009
_TEXTS = (_CLASS, _CC, _TO, _BCC, _ADDRESS, _SMTP, _SHORT_NAME)
_DEPTH = 100
_ORDINARY = ("IPM.Note", "IPM.Post", "REPORT.")
_BROKEN = "It is broken. Repair the file with Outlook's scanpst and load it again."
_DETAILS = "Subject, text and attachments are read. Export them as .ics or .vcf to have all of it read."
_CLOSED = {
    "5": "It is a message inside a message, which is not opened here. Save it as .msg and load that.",
    "6": "It belongs to another program. Open it there, save it and load the file.",
}
"""Why what is attached in this way is not read."""


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the mail folders at `path`; each message is an attachment.

    Messages over the limits are named as `unread`, and so are messages inside messages, which the library
    does not open. Raises DamagedFile, NoText, TooLarge.
    """
    import pypff  # type: ignore[import-not-found, unused-ignore]  # few files need it

    store = pypff.file()
    try:
        store.open(str(path))
    except OSError as error:
        raise DamagedFile(
            "The mail folders are cut off or broken. Repair them with Outlook's scanpst and load them again."
        ) from error
    try:
        return _read(store, limits)
    finally:
        store.close()


def _read(store: Any, limits: ParseLimits) -> ParsedDocument:
    """Read the folders of an open store."""
    mailbox = Mailbox(limits)
    others = 0
    for folder, item in _messages(store.root_item, "", mailbox.unread):
        if mailbox.full:
            mailbox.leave_out(1)
            continue
        properties = _properties(item)
        message = _message(item, properties, folder, limits, mailbox.unread)
        kind = properties.get(_CLASS, "")
        others += bool(kind) and not kind.startswith(_ORDINARY)
        date, sender, subject = (str(message[name] or "") for name in ("Date", "From", "Subject"))
        mailbox.add(message.as_bytes(), date, sender, subject, folder=folder)
    if others:
        mailbox.unread.append(Unread(f"Details of {others:,} appointments, contacts or tasks", "", _DETAILS))
    return mailbox.document(FileType.PST)


def _messages(item: Any, place: str, unread: list[Unread], depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield (folder, message) of all messages in a folder and in those below it."""
    for index in range(_got(0, item.get_number_of_sub_items)):
        child = _got(None, item.get_sub_item, index)
        if child is None:
            unread.append(Unread("Part of the folder", place, _BROKEN))
            continue
        kind = child.identifier & _KIND
        if kind == _MESSAGE:
            yield place, child
        elif kind == _FOLDER and depth < _DEPTH:
            name = " ".join((_got("", child.get_name) or "").split())
            yield from _messages(child, " / ".join(filter(None, (place, name))), unread, depth + 1)


def _message(
    item: Any, properties: dict[int, str], folder: str, limits: ParseLimits, unread: list[Unread]
) -> EmailMessage:
    """Return a message as an ordinary one, with the files that are attached to it."""
    message = new_message()
    sent = _sent(_got("", item.get_transport_headers) or "")
    address = properties.get(_SMTP) or properties.get(_ADDRESS, "")
    sender = _got("", item.get_sender_name) or ""
    date = _got(None, item.get_client_submit_time) or _got(None, item.get_delivery_time)
    subject = _got("", item.get_subject) or ""
    for name, value in {
        "From": sent.get("from") or (f"{sender} <{address}>" if "@" in address else sender),
        "To": sent.get("to") or properties.get(_TO, ""),
        "Cc": sent.get("cc") or properties.get(_CC, ""),
        "Bcc": sent.get("bcc") or properties.get(_BCC, ""),
        "Date": sent.get("date") or (format_datetime(date) if date else ""),
        # Outlook begins a subject with two characters that say how long its "RE: " is.
        "Subject": subject[2:] if subject[:1] == "\x01" else subject,
    }.items():
        if line := " ".join(clean(value).split()):
            message[name] = line
    plain = decode(_got(b"", item.get_plain_text_body) or b"")
    html = decode(_got(b"", item.get_html_body) or b"")
    if not plain.strip() and not html.strip():
        plain = body_of_rtf(_rich_text(item), limits)
    message.set_content(plain)
    if html.strip():
        message.add_alternative(html, subtype="html")
    where = f"{folder}: {message['Subject'] or 'message'}"[:150]
    for index in range(_got(0, item.get_number_of_attachments)):
        attachment = _got(None, item.get_attachment, index)
        if attachment is None:
            unread.append(Unread("Attachment", where, _BROKEN))
        else:
            _attach(message, attachment, index, where, unread)
    return message


def _attach(message: EmailMessage, attachment: Any, index: int, where: str, unread: list[Unread]) -> None:
    """Attach a file to the message, or name it as unread."""
    properties = _properties(attachment)
    name = _got("", attachment.get_long_filename) or properties.get(_SHORT_NAME, "")
    name = " ".join(clean(name).split()) or f"attachment-{index + 1}"
    why = _CLOSED.get(properties.get(_METHOD, ""), "")
    content = None if why else _got(None, lambda: attachment.read_buffer(attachment.get_size()))
    if content is None:
        unread.append(Unread(f"Attachment {name[:100]!r}", where, why or _BROKEN))
        return
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)


def _properties(item: Any) -> dict[int, str]:
    """Return the texts among the properties of an item, and how it is attached, by their numbers."""
    found: dict[int, str] = {}
    for entry in _got([], lambda: list(item.get_record_set(0).entries)):
        if entry.entry_type in _TEXTS:
            found[entry.entry_type] = _got("", entry.get_data_as_string) or ""
        elif entry.entry_type == _METHOD:
            found[_METHOD] = str(_got(0, entry.get_data_as_integer))
    return found


def _rich_text(item: Any) -> bytes:
    """Return the body as rich text as it is stored: the library knows it only packed."""
    entries = _got([], lambda: list(item.get_record_set(0).entries))
    return next((_got(b"", entry.get_data) or b"" for entry in entries if entry.entry_type == _RTF), b"")


def _sent(headers: str) -> dict[str, str]:
    """Return the transport headers by their names in small letters; those that go on over lines whole."""
    found = email.message_from_string(headers, policy=email.policy.compat32)
    return {name.lower(): decoded_header(str(value)) for name, value in reversed(found.items())}


def _got(default: Any, get: Callable[..., Any], *arguments: Any) -> Any:
    """Return what the library gives; `default` where the file is broken there."""
    try:
        return get(*arguments)
    except OSError:
        return default
