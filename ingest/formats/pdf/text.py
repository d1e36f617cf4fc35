"""The text of a PDF page, and which pdfium character each of its characters is.

The same file always gives the same text, so an offset that was stored years ago still finds its boxes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.pdf.notes import PageNote, notes_on
from vault.errors import DamagedFile, FileUnreadable, PasswordProtected

_REPLACEMENT = "\ufffd"
_TYPED = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_HYPHEN, _HYPHEN_IN_TEXT = 0x2, 0xFFFE  # what pdfium calls a line-end hyphen, by character and in text


@dataclass(frozen=True, slots=True)
class PageText:
    """Page text with its way back to pdfium: `indexes` is None when the two count alike."""

    text: str
    indexes: Sequence[int] | None = None

    def index(self, offset: int) -> int:
        """The pdfium character index of the character at `offset`."""
        return offset if self.indexes is None else self.indexes[offset]


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """The document at `path`, to be closed by the caller.

    Raises: PasswordProtected, DamagedFile, FileUnreadable.
    """
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise PasswordProtected(
                "The PDF opens only with a password. Save a copy without the password and load that."
            ) from error
        raise DamagedFile(
            "The PDF is cut off or broken and cannot be opened. Copy it again from its source, or print it "
            "to a new PDF."
        ) from error
    except OSError as error:
        raise FileUnreadable(
            f"The file cannot be opened ({error.strerror}). Check its permissions."
        ) from error


def load_page(document: pypdfium2.PdfDocument, number: int, notes: list[PageNote] | None = None) -> Any:
    """Page `number` (from 1), to be closed by the caller, with what was typed into it as part of its text.

    Filled form fields, typed notes and stamps lie over a page as annotations: they are made page content
    first, the same way each time. Other notes are gone after that: they are put into `notes`, where given.
    Raises: pypdfium2.PdfiumError.
    """
    page = document[number - 1]
    if notes is not None:
        notes += notes_on(page)
    if not any(pdfium.FPDFAnnot_GetSubtype(annotation) in _TYPED for annotation in _annotations(page)):
        return page
    if document.formenv is None and document.get_formtype() != pdfium.FORMTYPE_NONE:
        page.close()
        document.init_forms()
        page = document[number - 1]
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number - 1]


def _annotations(page: Any) -> Iterator[Any]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield annotation
            pdfium.FPDFPage_CloseAnnot(annotation)


def page_text(textpage: Any) -> PageText:
    """The text of a loaded text page (`PdfPage.get_textpage()`).

    Line ends are "\\r\\n" as pdfium gives them; U+FFFE, where a word was hyphenated at a line end, stays.
    NUL never occurs; half a surrogate pair becomes U+FFFD.
    """
    count = textpage.count_chars()
    if count <= 0:
        return PageText("")
    text: str = textpage.get_text_range()
    if len(text) == count and "\x00" not in text:
        return PageText(text)
    indexes = array("L")
    characters: list[str] = []
    for index, character in _characters(textpage, count):
        indexes.append(index)
        characters.append(character)
    return PageText("".join(characters), indexes)


def _characters(textpage: Any, count: int) -> Iterator[tuple[int, str]]:
    """Each character that stands for something, with the pdfium index it begins at."""
    index = 0
    while index < count:
        begin, code = index, pdfium.FPDFText_GetUnicode(textpage, index)
        index += 1
        if 0xD800 <= code < 0xDC00 and index < count:
            low = pdfium.FPDFText_GetUnicode(textpage, index)
            if 0xDC00 <= low < 0xE000:
                index += 1
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        if code == 0:
            continue
        if code == _HYPHEN:
            code = _HYPHEN_IN_TEXT
        yield begin, _REPLACEMENT if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
