"""Build the parsed document of a message: header lines, the body, and attachments within the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.inside import within_limits
from ingest.formats.structure.plain import structure
from ingest.formats.text.html import add_html, shown_words
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText
from vault.records import ElementKind, Unread

HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
_OF_THE_SENDER = ("Sender", "Reply-To")  # headers that mostly say the same as "From"
_OVER = "It is over the limit for attachments. Save it from the message and load it by itself."
_WORD = re.compile(r"[^\W_]+")
_ONLY_IN_HTML = "The other form of the message, as a web page, says besides:"


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

    `plain` and `html` are the two forms of the body. If the web page says all that the plain one says, it is
    used; else the plain one, followed by what only the web page says.
    `attachments` are (name, content); `signed` are lines that name who signed,
    `unread` is what was not read so far. Raises NoText if there is no header, body or attachment; TooLarge.
    """
    composer = PageComposer(limits)
    values = {name: " ".join(headers.get(name, "").split()) for name in HEADERS}
    for name in _OF_THE_SENDER:
        if values[name] == values["From"]:
            values[name] = ""
    lines = [f"{name}: {value}" for name, value in values.items() if value]
    composer.add(ElementKind.PARAGRAPH, "\n".join(lines))
    for line in dict.fromkeys(signed):
        composer.add(ElementKind.PARAGRAPH, line)
    warnings: list[str] = []
    left_out = list(unread)
    pictures = PictureWords(limits)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    if _add_body(composer, plain, html, pictures, limits):
        warnings.append("Text that is hidden in the message was left out.")
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


def _add_body(
    composer: PageComposer, plain: str, html: str, pictures: PictureWords, limits: ParseLimits
) -> bool:
    """Put the body on the page; return whether hidden text was left out."""
    said = _words_of(plain)
    shown = shown_words(html) if html.strip() else ""
    if not plain.strip() or (said <= _words_of(shown) and not _words_of(shown) <= said):
        return add_html(composer, html, pictures)
    for element in structure(plain):
        composer.add(element.kind, plain[element.start : element.end], element.level)
    if _words_of(shown) <= said:
        return False
    web = PageComposer(limits)
    hidden = add_html(web, html, pictures)
    page = web.page(1)
    blocks = [(element, page.text[element.start : element.end]) for element in page.elements]
    more = [(element, text) for element, text in blocks if not _words_of(text) <= said]
    if more:
        composer.add(ElementKind.PARAGRAPH, _ONLY_IN_HTML)
    for element, text in more:
        composer.add(element.kind, text, element.level, tight=element.kind is ElementKind.TABLE_ROW)
    return hidden


def _words_of(text: str) -> frozenset[str]:
    """Return the words and numbers of a text, in small letters."""
    return frozenset(_WORD.findall(text.casefold()))
