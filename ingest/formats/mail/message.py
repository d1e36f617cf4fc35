"""What the two kinds of mail file have in common: header lines, then the body; attachments under a cap."""

from __future__ import annotations

import email.header
from collections.abc import Iterable, Iterator, Mapping

from ingest.formats.structure.compose import PageComposer
from ingest.formats.text.html import add_html
from ingest.formats.text.text import structure
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText
from vault.records import ElementKind

HEADERS = ("From", "To", "Cc", "Date", "Subject")
_STUB = 80  # characters of a plain body that only says that the message is in HTML


def message_reading(
    media_type: str,
    headers: Mapping[str, str],
    plain: str,
    html: str,
    attachments: Iterable[tuple[str, bytes]],
    limits: ParseLimits,
) -> ParsedDocument:
    """The reading of a message: one page. The plain body is taken where there is a real one.

    Raises: NoText when there is neither body nor header nor attachment, TooLarge.
    """
    composer = PageComposer(limits)
    lines = [f"{name}: {value}" for name in HEADERS if (value := " ".join(headers.get(name, "").split()))]
    composer.add(ElementKind.PARAGRAPH, "\n".join(lines))
    warnings: list[str] = []
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    if html.strip() and len(plain.strip()) <= _STUB:
        if add_html(composer, html):
            warnings.append("Text that the message hides from its parsers was left out.")
    else:
        for element in structure(plain):
            composer.add(element.kind, plain[element.start : element.end], element.level)
    kept = list(_capped(attachments, limits, warnings))
    page = composer.page(1)
    if not page.text and not kept:
        raise NoText("The message has no sender, subject, text or attachment.")
    title = " ".join(headers.get("Subject", "").split())
    return ParsedDocument(media_type, title, (page,), warnings=tuple(warnings), attachments=tuple(kept))


def decoded_header(value: str) -> str:
    """A header with its encoded words (`=?utf-8?q?...?=`) as text; as it stands when they are broken."""
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError):
        return value


def _capped(
    attachments: Iterable[tuple[str, bytes]], limits: ParseLimits, warnings: list[str]
) -> Iterator[Attachment]:
    count, left = 0, limits.attachment_bytes
    for name, content in attachments:
        if count >= limits.attachments or len(content) > left:
            warnings.append(f"An attachment over the limit was left out: {name[:100]!r}.")
            continue
        count, left = count + 1, left - len(content)
        yield Attachment(name, content)
