"""The text of a PDF page, and the pdfium index of each of its characters.

The same file always gives the same text, so an offset that was stored years ago still finds its place.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.pdf.forms import filled_fields, without_repeats
from ingest.formats.pdf.notes import PageNote, notes_on, without_shown
from ingest.formats.pdf.pinned import Pinned
from ingest.parsed.how_to_read import how_to_read, password_needed
from ingest.parsed.in_memory import is_in_memory
from vault.errors import DamagedFile, FileUnreadable

_REPLACEMENT = "\ufffd"
_TYPED_ANNOTATIONS = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_HYPHEN, _HYPHEN_IN_TEXT = (
    0x2,
    0xFFFE,
)  # the hyphen at a line end as pdfium gives it, as a character and in text


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, and the pdfium indexes of its characters; None if they equal the offsets."""

    text: str
    indexes: Sequence[int] | None = None

    def index(self, offset: int) -> int:
        """Return the pdfium index of the character at `offset`."""
        return offset if self.indexes is None else self.indexes[offset]


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """Open the PDF at `path`; the caller closes it.

    Raises PasswordProtected, DamagedFile, FileUnreadable.
    """
    # pypdfium2 resolves paths, which a file in memory does not survive.
    source = path.read_bytes() if is_in_memory(path) else path
    try:
        for password in (None, *how_to_read().passwords):
            try:
                return pypdfium2.PdfDocument(source, password)
            except pypdfium2.PdfiumError as error:
                if getattr(error, "err_code", None) not in _LOCKED:
                    raise
        raise password_needed("The PDF")
    except pypdfium2.PdfiumError as error:
        raise DamagedFile(
            "The PDF is cut off or broken and cannot be opened. Copy it again from its source, or print it "
            "to a new PDF."
        ) from error
    except OSError as error:
        raise FileUnreadable(
            f"The file cannot be opened ({error.strerror}). Check its permissions."
        ) from error


def load_page(
    document: pypdfium2.PdfDocument,
    number: int,
    notes: list[PageNote] | None = None,
    pinned: Pinned | None = None,
) -> Any:
    """Load page `number` (from 1) with what was typed into it as part of its text; the caller closes it.

    Filled form fields, typed notes and stamps are annotations; they are turned into page content here, always
    in the same way. This removes all other notes, so they are appended to `notes` first, if given, and after
    them what is filled into the form, with its labels. Last come the notes that an older version did not
    read, so that the places of the others in a text that was stored stay right. Files and films on the page
    are added to `pinned`, if given.
    Raises pypdfium2.PdfiumError.
    """
    page = document[number - 1]
    later: list[PageNote] = []
    if notes is not None:
        notes += notes_on(page)
        later = notes_on(page, later=True)
    if pinned is not None:
        pinned.collect(document, page, number)
    if not any(
        pdfium.FPDFAnnot_GetSubtype(annotation) in _TYPED_ANNOTATIONS for annotation in _annotations(page)
    ):
        if notes is not None:
            notes += without_shown(page, later)
        return page
    if document.formenv is None and document.get_formtype() != pdfium.FORMTYPE_NONE:
        page.close()
        document.init_forms()
        page = document[number - 1]
    filled = filled_fields(document, page) if notes is not None and document.formenv is not None else []
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number - 1]
    if notes is not None:
        notes += without_repeats(page, filled)
        notes += without_shown(page, later)
    return page


def _annotations(page: Any) -> Iterator[Any]:
    """Yield the annotations of a page; each is closed afterwards."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield annotation
            pdfium.FPDFPage_CloseAnnot(annotation)


def page_text(textpage: Any) -> PageText:
    """Return the text of a loaded text page (`PdfPage.get_textpage()`).

    Line breaks are "\\r\\n", as pdfium gives them. U+FFFE stays where a word is hyphenated at a line end. NUL
    is removed, and half a surrogate pair becomes U+FFFD.
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
    """Yield (pdfium index, character) for each character except NUL."""
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
