"""Recognise the words of PDF pages without usable text, or with text that spells nonsense (OCR)."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
from PIL import Image

from ingest.formats.ocr.sense import reads_better
from ingest.formats.pdf.text import load_page
from ingest.parsed.how_to_read import Recognition, how_to_read
from ingest.parsed.limits import ParseLimits
from vault.records import Page

_SCALE = 200 / 72  # 200 dots per inch, enough for ordinary print
_IN_VAIN = 3  # pages one after another whose text stayed
_MAX_SIDE = 3600  # pixels of the longer side, whatever size the page claims


def recognise_pages(
    document: pypdfium2.PdfDocument, pages: list[Page], numbers: Sequence[int], limits: ParseLimits
) -> list[int]:
    """Recognise the pages with these numbers and put their text into `pages`.

    Returns the numbers of the pages that stay unreadable; they keep the text that they had.
    """
    if not numbers or how_to_read().ocr is Recognition.NEVER:
        return list(numbers)
    # This import takes half a second, and most PDFs do not need it.
    from ingest.formats.ocr.recognise import recognise

    unreadable = list(numbers[limits.ocr_pages :])
    left = limits.characters - sum(len(page.text) for page in pages)
    for number in numbers[: limits.ocr_pages]:
        found = recognise(_drawn(document, number))
        left -= len(found.text)
        if not found.legible or left < 0:
            unreadable.append(number)
            continue
        pages[number - 1] = Page(number, found.text, found.elements, ocr=True, words=found.words)
    return sorted(unreadable)


def recognise_anew(
    document: pypdfium2.PdfDocument, pages: list[Page], numbers: Sequence[int], limits: ParseLimits
) -> list[int]:
    """Recognise the pages whose text may be nonsense, and keep for each in `pages` what reads better.

    Returns the numbers of the pages that were changed. After a few pages where this was in vain, the rest
    keeps its text.
    """
    changed: list[int] = []
    if not numbers or how_to_read().ocr is Recognition.NEVER:
        return changed
    from ingest.formats.ocr.recognise import recognise

    in_vain = 0
    left = limits.characters - sum(len(page.text) for page in pages)
    for number in numbers[: limits.ocr_pages]:
        found = recognise(_drawn(document, number))
        left -= len(found.text)
        if found.legible and left >= 0 and reads_better(found.text, pages[number - 1].text):
            pages[number - 1] = Page(number, found.text, found.elements, ocr=True, words=found.words)
            changed.append(number)
            in_vain = 0
            continue
        in_vain += 1
        if in_vain == _IN_VAIN:
            break
    return changed


def recognise_all(document: pypdfium2.PdfDocument, pages: list[Page], limits: ParseLimits) -> list[int]:
    """Recognise the pages that have text in the file too; where words are legible, they take its place.

    Returns the numbers of the pages that were changed.
    """
    with_text = [page.number for page in pages if page.text.strip() and not page.ocr]
    kept = set(recognise_pages(document, pages, with_text, limits))
    return [number for number in with_text if number not in kept]


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    """Draw a page as large as its words are recognised best."""
    page = load_page(document, number)
    try:
        scale = min(_SCALE, _MAX_SIDE / max(*page.get_size(), 1.0))
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn
    finally:
        page.close()
