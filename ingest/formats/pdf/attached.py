"""Files inside a PDF: attachments, the documents of a portfolio, and files pinned to a page."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from ingest.parsed.document import Attachment
from ingest.parsed.limits import ParseLimits
from vault.records import Unread

_OVER = "It is over the limit for files inside a file. Save it and load it by itself."


def attached_files(
    document: pypdfium2.PdfDocument, limits: ParseLimits
) -> tuple[list[Attachment], list[Unread]]:
    """Return the files inside an open PDF, and what is left out."""
    found: list[Attachment] = []
    unread: list[Unread] = []
    left = limits.attachment_bytes
    for number, (name, content) in enumerate(_files(document), 1):
        if content is None:
            unread.append(Unread(f"File {name[:100]!r}", "", "It is broken."))
        elif number > limits.attachments or len(content) > left:
            unread.append(Unread(f"File {name[:100]!r}", "", _OVER))
        else:
            left -= len(content)
            found.append(Attachment(name, content))
    return found, unread


def _files(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, bytes | None]]:
    for index in range(document.count_attachments()):
        try:
            attachment = document.get_attachment(index)
            yield attachment.get_name() or f"attachment {index + 1}", bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            yield f"attachment {index + 1}", None
