"""Draw a page of a PDF, and find the places of its characters on the picture."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from ingest.formats.pdf.notes import PageNote, note_places
from ingest.formats.pdf.signatures import signature_notes
from ingest.formats.pdf.text import PageText, load_page, open_pdf, page_text
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import Box
from vault.errors import DamagedFile, DocumentNotFound, TooLarge

_PAD = 1  # pixels around a box
_SUBPIXELS = 16  # places are computed in parts of a pixel


def page_picture(
    path: Path, number: int, spans: Sequence[tuple[int, int]], width: int, limits: ParseLimits
) -> tuple[Image.Image, list[Box]]:
    """Draw page `number` (from 1), `width` pixels wide; return the picture and the boxes of the spans.

    `spans` are (start, end) offsets in the text of the page. Raises DocumentNotFound if there is no such page
    or span, TooLarge if the picture has more pixels than the limit, and what `open_pdf` raises.
    """
    document = open_pdf(path)
    try:
        if not 1 <= number <= len(document):
            raise DocumentNotFound(f"The PDF has no page {number}: its pages are 1 to {len(document)}.")
        try:
            signatures = signature_notes(document, path) if number == 1 else []
            notes: list[PageNote] = []
            page = load_page(document, number, notes)
        except pypdfium2.PdfiumError as error:
            raise DamagedFile(
                f"Page {number} of the PDF cannot be opened. Copy the file again from its source."
            ) from error
        return _draw(page, number, spans, [*notes, *signatures], width, limits)
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
    """Draw a loaded page, and find the boxes of the spans in its text and in the notes after it."""
    points_wide, points_high = page.get_size()
    height = check_size(width, points_wide, points_high, limits)
    textpage = page.get_textpage()
    content = page_text(textpage)
    boxes: list[Box] = []
    text_length = len(content.text) if content.text.strip() else 0
    places = list(note_places(text_length, notes))
    length = places[-1][1] if places else len(content.text)
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise DocumentNotFound(f"Page {number} has no place {start}-{end}: it has {length} characters.")
        if end > len(content.text):
            # The span is in the notes after the text: show their marks on the page.
            for note, place in zip(notes, places, strict=True):
                if any(note.rect) and start < place[1] and end > place[0]:
                    boxes.append(_pixels(page, note.rect, (width, height)))
            continue
        boxes += _boxes(page, textpage, content, (start, end), (width, height))
    picture = page.render(scale=width / points_wide).to_pil().convert("RGB")
    if picture.size != (width, height):
        picture = picture.resize((width, height))
    return picture, boxes


def check_size(width: int, page_width: float, page_height: float, limits: ParseLimits) -> int:
    """Return the height of an image of the page that is `width` pixels wide. Raises TooLarge."""
    height = max(1, round(width * page_height / max(page_width, 0.01)))
    if width < 1 or width * height > limits.image_pixels:
        raise TooLarge(
            f"A page image of {width:,} x {height:,} pixels is above the limit of {limits.image_pixels:,}. "
            "Choose a smaller width."
        )
    return height


def _boxes(
    page: Any, textpage: Any, content: PageText, span: tuple[int, int], size: tuple[int, int]
) -> list[Box]:
    """Return the boxes of a span, one for each line or part of a line, in pixels of an image of `size`."""
    first, last = content.index(span[0]), content.index(span[1] - 1)
    count = pdfium.FPDFText_CountRects(textpage, first, last - first + 1)
    found = (_pixels(page, textpage.get_rect(index), size) for index in range(count))
    return [box for box in found if box.right > box.left and box.bottom > box.top]


def _pixels(page: Any, rect: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    """Convert page coordinates to pixels; pdfium takes the rotation and crop box into account."""
    width, height = size
    across: list[int] = []
    down: list[int] = []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        column, row = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width * _SUBPIXELS, height * _SUBPIXELS, 0, x, y, column, row)
        across.append(column.value)
        down.append(row.value)
    return Box(
        left=_clamp(min(across) // _SUBPIXELS - _PAD, width),
        top=_clamp(min(down) // _SUBPIXELS - _PAD, height),
        right=_clamp(-(-max(across) // _SUBPIXELS) + _PAD, width),
        bottom=_clamp(-(-max(down) // _SUBPIXELS) + _PAD, height),
    )


def _clamp(value: int, most: int) -> int:
    """Return `value`, but at least 0 and at most `most`."""
    return min(max(value, 0), most)
