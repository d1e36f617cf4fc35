"""Read e-mail files (RFC 822, .eml) with the standard library, and their HTML with unstructured."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import cast

from ingest.formats.mail import tnef
from ingest.formats.mail.headers import decoded_header
from ingest.formats.mail.in_text import encrypted_part, take_out
from ingest.formats.mail.message import HEADERS, message_document
from ingest.formats.structure.decode import clean, decode
from ingest.formats.structure.signed import SIGNATURE_TYPES, TYPES, open_envelope, signature_line
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import PasswordProtected
from vault.records import Unread

_APPLE = re.compile(rb"\A(\d{1,10})[ \t]*\r?\n(.*)\Z", re.DOTALL)
_DEPTH = 50  # levels of parts inside parts


@dataclass(slots=True)
class _Parts:
    """The parts of a message by their use."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the message at `path` as one page with its attachments.

    Raises PasswordProtected (encrypted with S/MIME), NoText, TooLarge.
    """
    # Policy compat32: newer policies fail on malformed headers, which are common in real mail.
    content = _APPLE.sub(_counted, path.read_bytes(), count=1)
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    if "enveloped" in str(message.get_param("smime-type") or ""):
        raise PasswordProtected(
            "The message is encrypted (S/MIME). Open it in your mail program, save it as PDF and load that."
        )
    parts = _Parts()
    _collect(message, parts, limits, 0)
    parts.plain = [take_out(text, parts.attachments, parts.unread) for text in parts.plain]
    headers = {name: ", ".join(_header(value) for value in message.get_all(name, [])) for name in HEADERS}
    return message_document(
        FileType.EML.media_type,
        headers,
        "\n\n".join(parts.plain),
        "\n".join(parts.html),
        parts.attachments,
        limits,
        signed=parts.signed,
        unread=parts.unread,
    )


_REPORTS = ("message/delivery-status", "message/disposition-notification", "message/external-body")
"""Parts that are lines like those of a header: what became of a message, or where a file lies."""
_EMPTY = "The message names it, but holds nothing of it. Ask for the message as it was sent."
_PART = re.compile(r"^Content-(?:Type|Transfer-Encoding|Disposition):", re.IGNORECASE | re.MULTILINE)
"""In what stands before or after all parts: the line that begins this part is damaged. Else it is no text."""


def _counted(found: re.Match[bytes]) -> bytes:
    """Return the message of an Apple Mail file, which its first line counts; a property list follows it."""
    return found[2][: int(found[1])]


def _collect(part: Message, parts: _Parts, limits: ParseLimits, depth: int) -> None:
    """Sort the parts of a message into bodies and attachments, in their order."""
    kind = part.get_content_type()
    name = _header(part.get_filename() or "")
    if kind == "multipart/encrypted":
        parts.unread.append(encrypted_part())
        return
    if part.is_multipart() and kind != "message/rfc822" and depth < _DEPTH:
        if kind in _REPORTS:
            parts.plain.append(_fields(part))
        parts.plain += [text for text in (part.preamble, part.epilogue) if text and _PART.search(text)]
        for child in cast("list[Message]", part.get_payload()):
            _collect(child, parts, limits, depth + 1)
        return
    attached = name or part.get_content_disposition() == "attachment"
    if kind == "message/rfc822" and part.is_multipart():
        inner = cast("list[Message]", part.get_payload())[0]
        subject = _header(inner.get("Subject", "message"))
        parts.attachments.append((name or f"{subject}.eml", bytes(inner)))
    elif kind == "text/plain" and not attached:
        parts.plain.append(_text(part))
    elif kind == "text/html" and not attached:
        parts.html.append(_text(part))
    else:
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or kind == "application/pgp-signature":
            return
        if not content:
            if name:
                parts.unread.append(Unread(f"Attachment {name[:100]!r}", "", _EMPTY))
            return
        if kind in SIGNATURE_TYPES:
            opened = open_envelope(content)
            parts.signed += [signature_line(opened.signers)] if opened else []
        elif not _open_inside(kind, name, content, parts, limits, depth):
            parts.attachments.append((name or f"part.{kind.rpartition('/')[2]}", content))


def _open_inside(
    kind: str, name: str, content: bytes, parts: _Parts, limits: ParseLimits, depth: int
) -> bool:
    """Read a part that holds text and attachments of the message itself; return whether it is one."""
    if kind in tnef.TYPES or name.lower() in tnef.NAMES:
        container = tnef.open_container(content, limits)
        if container is None:
            return False
        parts.plain.append(container.plain)
        parts.html.append(container.html)
        parts.attachments += container.attachments
        return True
    if kind in TYPES:
        opened = open_envelope(content)
        if opened is None:
            return False
        if opened.encrypted:
            why = "It is encrypted. Open the message in your mail program, save it as PDF and load that."
            parts.unread.append(Unread(f"Part {name or kind!r}", "", why))
            return True
        parts.signed += [signature_line(opened.signers)] if opened.signers else []
        if opened.content and depth < _DEPTH:
            inner = email.message_from_bytes(opened.content, policy=email.policy.compat32)
            _collect(inner, parts, limits, depth + 1)
        return True
    return False


def _fields(part: Message) -> str:
    """Return the lines of a report."""
    own = part.get_params() if part.get_content_type() == "message/external-body" else None
    lines = [f"{name}: {value}" for name, value in own or () if value]
    for group in cast("list[Message]", part.get_payload()):
        lines += ["", *(f"{name}: {_header(value)}" for name, value in group.items())]
    return "\n".join(lines)


def _text(part: Message) -> str:
    """Decode the text of a part."""
    content = part.get_payload(decode=True)
    return decode(content, part.get_content_charset()) if isinstance(content, bytes) else ""


def _header(value: object) -> str:
    """Decode a header to text, even if it contains invalid bytes."""
    raw = str(value)
    text = decoded_header(raw)
    if any("\udc80" <= character <= "\udcff" for character in text):
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return clean(" ".join(text.split()))
