"""Read forms that a PDF holds as XML (XFA): a program draws their pages, and the PDF says "please wait"."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.pdf.notes import PageNote
from ingest.formats.structure.decode import clean
from ingest.formats.structure.xml_parser import safe_parser
from vault.records import ElementKind

_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_MOST_BYTES = 64 * 2**20


def form_notes(document: pypdfium2.PdfDocument, text: str) -> list[PageNote]:
    """Return the labels and values of an XFA form as lines, without those whose words are all in `text`.

    `text` is the text of all pages: a form that shows them as ordinary pages too is not read twice.
    """
    given = set(text.split())
    notes: list[PageNote] = []
    for line in dict.fromkeys(_lines(_packets(document))):
        if not all(word in given for word in line.partition(": ")[2].split() or line.split()):
            notes.append(PageNote(line, _NOWHERE, ElementKind.PARAGRAPH))
    return notes


def _packets(document: pypdfium2.PdfDocument) -> bytes:
    """Return the form as XML; it may be kept in several pieces."""
    pieces = []
    for index in range(max(0, pdfium.FPDF_GetXFAPacketCount(document))):
        size = ctypes.c_ulong()
        if not pdfium.FPDF_GetXFAPacketContent(document, index, None, 0, size) or size.value > _MOST_BYTES:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        if pdfium.FPDF_GetXFAPacketContent(document, index, buffer, size.value, size):
            pieces.append(buffer.raw[: size.value])
    return b"".join(pieces)


def _lines(xml: bytes) -> Iterator[str]:
    """Yield the words of the form in its order, then the values that are filled in, by name."""
    try:
        root = etree.fromstring(xml, safe_parser()) if xml.strip() else None
    except etree.XMLSyntaxError:
        return
    if root is None:
        return
    for template in root.iter("{*}template"):
        for piece in template.iter("{*}text", "{*}exData"):
            if words := _words(piece):
                yield words
    for data in root.iter("{http://www.xfa.org/schema/xfa-data/1.0/}data"):
        for field in data.iter():
            if isinstance(field.tag, str) and not len(field) and (words := _words(field)):
                yield f"{etree.QName(field).localname}: {words}"


def _words(element: Any) -> str:
    return " ".join(clean(" ".join(element.itertext())).split())
