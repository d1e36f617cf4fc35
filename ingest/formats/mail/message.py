"""Build the parsed document of a message: header lines, the body, and attachments within the limits."""

from __future__ import annotations

import email.header
from collections.abc import Iterable, Mapping, Sequence

from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.inside import within_limits
from ingest.formats.structure.plain import structure
from ingest.formats.text.html import add_html
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText
from vault.records import ElementKind, Unread

HEADERS = ("From", "To", "Cc", "Date", "Subject")
_OVER = "It is over the limit for attachments. Save it from the message and load it by itself."
_PLACEHOLDER_LENGTH = 80  # characters: a plain body this short only says that the message is in HTML


def message_document(
    media_type: str,
    headers: Mapping[str, str],
    plain: str,
    html: str,
    attachments: Iterable[tuple[str, bytes]],
    limits: ParseLimits,
    *,
    signed: Sequence[str] = (),
    unread: Sequence[Unread] = (),
) -> ParsedDocument:
    """Build the parsed document of a message: one page.

    `plain` and `html` are the two forms of the body; the plain one is used unless it is only a placeholder.
    `attachments` are (name, content); `signed` are lines that name who signed,
    `unread` is what was not read so far. Raises NoText if there is no header, body or attachment; TooLarge.
    """
    composer = PageComposer(limits)
    lines = [f"{name}: {value}" for name in HEADERS if (value := " ".join(headers.get(name, "").split()))]
    composer.add(ElementKind.PARAGRAPH, "\n".join(lines))
    for line in dict.fromkeys(signed):
        composer.add(ElementKind.PARAGRAPH, line)
    warnings: list[str] = []
    left_out = list(unread)
    pictures = PictureWords(limits)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    if html.strip() and len(plain.strip()) <= _PLACEHOLDER_LENGTH:
        if add_html(composer, html, pictures):
            warnings.append("Text that is hidden in the message was left out.")
    else:
        for element in structure(plain):
            composer.add(element.kind, plain[element.start : element.end], element.level)
    found = (Attachment(name, content) for name, content in attachments)
    kept_attachments = list(within_limits(found, limits, left_out, what="Attachment", why=_OVER))
    page = composer.page(1)
    if not page.text and not kept_attachments:
        raise NoText(
            "The message has no sender, subject, text or attachment. Check where it was copied from."
        )
    title = " ".join(headers.get("Subject", "").split())
    return ParsedDocument(
        media_type,
        title,
        (page,),
        warnings=tuple(warnings),
        attachments=tuple(kept_attachments),
        unread=(*left_out, *pictures.unread),
    )


def decoded_header(value: str) -> str:
    """Decode the encoded words (`=?utf-8?q?...?=`) of a header; return it unchanged if they are invalid."""
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError):
        return value
