"""Files inside a PDF: attachments, the documents of a portfolio, and files pinned to a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain

import pypdfium2

from ingest.formats.pdf.pinned import Pinned
from ingest.formats.structure.inside import left_out, within_limits
from ingest.parsed.document import Attachment
from ingest.parsed.limits import ParseLimits
from vault.records import Unread


def attached_files(
    document: pypdfium2.PdfDocument, pinned: Pinned, limits: ParseLimits
) -> tuple[list[Attachment], list[Unread]]:
    """Return the files inside an open PDF with those `pinned` to its pages, and what is left out."""
    unread = list(pinned.unread)
    files = chain(_files(document, unread), pinned.files)
    return list(within_limits(_each_once(files), limits, unread)), unread


def _each_once(files: Iterable[Attachment]) -> Iterator[Attachment]:
    """Yield files; one that is attached to the document and pinned to a page only once."""
    seen = set()
    for file in files:
        key = file.name, sha256(file.content).digest()
        if key not in seen:
            seen.add(key)
            yield file


def _files(document: pypdfium2.PdfDocument, unread: list[Unread]) -> Iterator[Attachment]:
    for index in range(document.count_attachments()):
        name = f"attachment {index + 1}"
        try:
            attachment = document.get_attachment(index)
            yield Attachment(attachment.get_name() or name, bytes(attachment.get_data()))
        except pypdfium2.PdfiumError:
            unread.append(left_out(name, "It is broken."))
