"""Files inside a PDF: attachments, the documents of a portfolio, and files pinned to a page."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from ingest.formats.structure.inside import left_out, within_limits
from ingest.parsed.document import Attachment
from ingest.parsed.limits import ParseLimits
from vault.records import Unread


def attached_files(
    document: pypdfium2.PdfDocument, limits: ParseLimits
) -> tuple[list[Attachment], list[Unread]]:
    """Return the files inside an open PDF, and what is left out."""
    unread: list[Unread] = []
    return list(within_limits(_files(document, unread), limits, unread)), unread


def _files(document: pypdfium2.PdfDocument, unread: list[Unread]) -> Iterator[Attachment]:
    for index in range(document.count_attachments()):
        name = f"attachment {index + 1}"
        try:
            attachment = document.get_attachment(index)
            yield Attachment(attachment.get_name() or name, bytes(attachment.get_data()))
        except pypdfium2.PdfiumError:
            unread.append(left_out(name, "It is broken."))
