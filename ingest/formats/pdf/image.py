"""A page of a PDF as a picture, and the places of its characters on it."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from ingest.formats.pdf.notes import PageNote, note_places
from ingest.formats.pdf.text import PageText, load_page, open_pdf, page_text
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import Box
from vault.errors import DamagedFile, DocumentNotFound, TooLarge

_PAD = 1  # pixels around a box
_FINE = 16  # parts of a pixel that places are computed in


def page_picture(
    path: Path, number: int, spans: Sequence[tuple[int, int]], width: int, limits: ParseLimits
) -> tuple[Image.Image, list[Box]]:
    """Page `number` (from 1), `width` pixels wide, and the boxes of `spans` of its text.

    Raises: DocumentNotFound for a page or span that is not there, TooLarge for more pixels than the limit,
    and what `open_pdf` raises.
    """
    document = open_pdf(path)
    try:
        if not 1 <= number <= len(document):
            raise DocumentNotFound(f"The PDF has no page {number}: its pages are 1 to {len(document)}.")
        try:
            notes: list[PageNote] = []
            page = load_page(document, number, notes)
        except pypdfium2.PdfiumError as error:
            raise DamagedFile(f"Page {number} of the PDF cannot be opened.") from error
        return _draw(page, number, spans, notes, width, limits)
    finally:
        document.close()


def _draw(
    page: Any,
    number: int,
    spans: Sequence[tuple[int, int]],
    notes: Sequence[PageNote],
    width: int,
    limits: ParseLimits,
) -> tuple[Image.Image, list[Box]]:
    points_wide, points_high = page.get_size()
    height = check_size(width, points_wide, points_high, limits)
    textpage = page.get_textpage()
    content = page_text(textpage)
    boxes: list[Box] = []
    own = len(content.text) if content.text.strip() else 0
    places = list(note_places(own, notes))
    length = places[-1][1] if places else len(content.text)
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise DocumentNotFound(f"Page {number} has no place {start}-{end}: it has {length} characters.")
        if end > len(content.text):
            # In the notes that follow the text: their marks on the page are shown.
            for note, place in zip(notes, places, strict=True):
                if start < place[1] and end > place[0]:
                    boxes.append(_pixels(page, note.rect, (width, height)))
            continue
        boxes += _boxes(page, textpage, content, (start, end), (width, height))
    picture = page.render(scale=width / points_wide).to_pil().convert("RGB")
    if picture.size != (width, height):
        picture = picture.resize((width, height))
    return picture, boxes


def check_size(width: int, page_width: float, page_height: float, limits: ParseLimits) -> int:
    """The height of an image `width` pixels wide of a page of this shape. Raises: TooLarge."""
    height = max(1, round(width * page_height / max(page_width, 0.01)))
    if width < 1 or width * height > limits.image_pixels:
        raise TooLarge(
            f"A page image of {width:,} x {height:,} pixels is above the limit of {limits.image_pixels:,}."
        )
    return height


def _boxes(
    page: Any, textpage: Any, content: PageText, span: tuple[int, int], size: tuple[int, int]
) -> list[Box]:
    """The boxes of one span, a line or a part of one each, in the pixels of an image of `size`."""
    first, last = content.index(span[0]), content.index(span[1] - 1)
    count = pdfium.FPDFText_CountRects(textpage, first, last - first + 1)
    found = (_pixels(page, textpage.get_rect(index), size) for index in range(count))
    return [box for box in found if box.right > box.left and box.bottom > box.top]


def _pixels(page: Any, rect: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    """A rectangle of page coordinates as pixels; pdfium knows the page's rotation and crop box."""
    width, height = size
    across: list[int] = []
    down: list[int] = []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        column, row = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width * _FINE, height * _FINE, 0, x, y, column, row)
        across.append(column.value)
        down.append(row.value)
    return Box(
        left=_within(min(across) // _FINE - _PAD, width),
        top=_within(min(down) // _FINE - _PAD, height),
        right=_within(-(-max(across) // _FINE) + _PAD, width),
        bottom=_within(-(-max(down) // _FINE) + _PAD, height),
    )


def _within(value: int, most: int) -> int:
    return min(max(value, 0), most)
