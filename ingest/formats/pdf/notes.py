"""Notes on PDF pages: sticky notes, and comments on text that is highlighted, struck out or circled.

They are not part of the text of a page, so they are appended to it. What is typed into a page (form fields,
text boxes, stamps) is already part of its text where it is drawn; else it is appended too (`forms.py`).
"""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from ingest.formats.structure.decode import clean
from vault.records import Element, ElementKind, Page

_KINDS = {
    pdfium.FPDF_ANNOT_TEXT: "Note",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "Note on marked text",
    pdfium.FPDF_ANNOT_UNDERLINE: "Note on marked text",
    pdfium.FPDF_ANNOT_SQUIGGLY: "Note on marked text",
    pdfium.FPDF_ANNOT_STRIKEOUT: "Note on struck text",
    pdfium.FPDF_ANNOT_CARET: "Note on an insertion",
    pdfium.FPDF_ANNOT_INK: "Note on a drawing",
    pdfium.FPDF_ANNOT_LINE: "Note on a drawing",
    pdfium.FPDF_ANNOT_SQUARE: "Note on a drawing",
    pdfium.FPDF_ANNOT_CIRCLE: "Note on a drawing",
    pdfium.FPDF_ANNOT_POLYGON: "Note on a drawing",
    pdfium.FPDF_ANNOT_POLYLINE: "Note on a drawing",
}
_LATER_KINDS = {
    pdfium.FPDF_ANNOT_FREETEXT: "Typed on the page",
    pdfium.FPDF_ANNOT_STAMP: "Note on a stamp",
    pdfium.FPDF_ANNOT_REDACT: "Note on a redaction",
    pdfium.FPDF_ANNOT_FILEATTACHMENT: "Note on a file",
}
"""Kinds whose words mostly stand on the page as well. They follow all other notes: see `load_page`."""
_TAG = re.compile(r"<[^>]*>")
_GAP = "\r\n\r\n"
_MAX_CHARACTERS = 20_000  # characters of a note
_MAX_NOTES = 2_000  # notes on a page


@dataclass(frozen=True, slots=True)
class PageNote:
    """The text of a note, and the place of its mark on the page."""

    text: str
    rect: tuple[float, float, float, float]
    """Left, bottom, right, top in points of the page; all 0 if it has no place there."""
    kind: ElementKind = ElementKind.NOTE


def notes_on(page: Any, *, later: bool = False) -> list[PageNote]:
    """Return the notes of a loaded page, in the order of the file; with `later`, those of `_LATER_KINDS`."""
    kinds = _LATER_KINDS if later else _KINDS
    found: list[PageNote] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_NOTES)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = kinds.get(pdfium.FPDFAnnot_GetSubtype(annotation))
        words = _words(annotation) if kind else ""
        if words:
            author = _string(annotation, b"T") or "an unnamed person"
            hidden = (
                " (hidden)" if pdfium.FPDFAnnot_GetFlags(annotation) & pdfium.FPDF_ANNOT_FLAG_HIDDEN else ""
            )
            rect = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, rect)
            found.append(
                PageNote(
                    f"{kind} by {author}{hidden}: {words}", (rect.left, rect.bottom, rect.right, rect.top)
                )
            )
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def note_places(length: int, notes: Sequence[PageNote]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) offsets of the notes, which follow the `length` characters of the page."""
    for note in notes:
        start = length + (len(_GAP) if length else 0)
        length = start + len(note.text)
        yield start, length


def with_notes(page: Page, notes: Sequence[PageNote]) -> Page:
    """Append the notes to the text of the page; offsets of the text before them do not change."""
    if not notes:
        return page
    text = page.text if page.text.strip() else ""
    places = list(note_places(len(text), notes))
    joined = _GAP.join(note.text for note in notes)
    return replace(
        page,
        text=f"{text}{_GAP}{joined}" if text else joined,
        elements=(
            *(page.elements if text else ()),
            *(Element(note.kind, *place) for note, place in zip(notes, places, strict=True)),
        ),
    )


def without_shown(page: Any, notes: Sequence[PageNote]) -> list[PageNote]:
    """Return those notes whose words the text of the loaded page does not say."""
    if not notes:
        return []
    textpage = page.get_textpage()
    try:
        text = "".join(textpage.get_text_range().split())
        return [note for note in notes if "".join(note.text.partition(": ")[2].split()) not in text]
    finally:
        textpage.close()


def _words(annotation: Any) -> str:
    """Return what a note says: as plain text, or else as text with its form."""
    words = _string(annotation, b"Contents")
    return words or " ".join(html.unescape(_TAG.sub(" ", _string(annotation, b"RC"))).split())


def _string(annotation: Any, key: bytes) -> str:
    """Return a text property of an annotation as one line; empty if it has none."""
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")[:_MAX_CHARACTERS]
    return " ".join(clean(text).split())
