"""Files inside a PDF: attachments, the documents of a portfolio, and files pinned to a page."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from ingest.parsed.document import Attachment
from ingest.parsed.limits import ParseLimits


def attached_files(
    document: pypdfium2.PdfDocument, limits: ParseLimits
) -> tuple[list[Attachment], list[str]]:
    """Return the files inside an open PDF, and a warning for each that is left out."""
    found: list[Attachment] = []
    warnings: list[str] = []
    left = limits.attachment_bytes
    for number, (name, content) in enumerate(_files(document), 1):
        if content is None:
            warnings.append(f"A file inside the PDF was left out, which is broken: {name[:100]!r}.")
        elif number > limits.attachments or len(content) > left:
            warnings.append(f"A file inside the PDF was left out, which is over the limit: {name[:100]!r}.")
        else:
            left -= len(content)
            found.append(Attachment(name, content))
    return found, warnings


def _files(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, bytes | None]]:
    for index in range(document.count_attachments()):
        try:
            attachment = document.get_attachment(index)
            yield attachment.get_name() or f"attachment {index + 1}", bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            yield f"attachment {index + 1}", None
