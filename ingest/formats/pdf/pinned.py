"""What is pinned to the pages of a PDF and is not text: files, which are taken out, and sound and film."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.structure.inside import left_out
from ingest.parsed.document import Attachment
from vault.records import Unread

_PLAYED = (
    pdfium.FPDF_ANNOT_SOUND,
    pdfium.FPDF_ANNOT_MOVIE,
    pdfium.FPDF_ANNOT_SCREEN,
    pdfium.FPDF_ANNOT_RICHMEDIA,
)
_NOT_HEARD = "What is said in it is not read. Load a transcript."
_MOST = 2_000  # annotations of a page


@dataclass(slots=True)
class Pinned:
    """Collects what is pinned to the pages of a document."""

    files: list[Attachment] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def collect(self, document: pypdfium2.PdfDocument, page: Any, number: int) -> None:
        """Add what is pinned to a loaded page."""
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            if not annotation:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind in _PLAYED:
                self.unread.append(Unread("Sound or film", f"page {number}", _NOT_HEARD))
            elif kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                self._add_file(document, annotation, number)
            pdfium.FPDFPage_CloseAnnot(annotation)

    def _add_file(self, document: pypdfium2.PdfDocument, annotation: Any, number: int) -> None:
        """Take out a file that is pinned to a page."""
        name = f"file on page {number}"
        handle = pdfium.FPDFAnnot_GetFileAttachment(annotation)
        try:
            attachment = pypdfium2.PdfAttachment(handle, document) if handle else None
            name = (attachment.get_name() if attachment is not None else "") or name
            content = bytes(attachment.get_data()) if attachment is not None else b""
        except pypdfium2.PdfiumError:
            content = b""
        if content:
            self.files.append(Attachment(name, content))
        else:
            self.unread.append(left_out(name, "It is empty or broken."))
