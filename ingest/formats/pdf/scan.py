"""Recognise the words of PDF pages without usable text (OCR)."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

from ingest.formats.pdf.text import load_page
from ingest.parsed.limits import ParseLimits
from vault.records import Page

_SCALE = 200 / 72  # 200 dots per inch, enough for ordinary print
_MAX_SIDE = 3600  # pixels of the longer side, whatever size the page claims


def recognise_pages(
    document: pypdfium2.PdfDocument, pages: list[Page], numbers: Sequence[int], limits: ParseLimits
) -> list[int]:
    """Recognise the pages with these numbers and put their text into `pages`.

    Returns the numbers of the pages that stay unreadable; they keep the text that they had.
    """
    if not numbers:
        return []
    # This import takes half a second, and most PDFs do not need it.
    from ingest.formats.ocr.recognise import recognise

    unreadable = list(numbers[limits.ocr_pages :])
    left = limits.characters - sum(len(page.text) for page in pages)
    for number in numbers[: limits.ocr_pages]:
        page = load_page(document, number)
        scale = min(_SCALE, _MAX_SIDE / max(*page.get_size(), 1.0))
        found = recognise(page.render(scale=scale).to_pil())
        page.close()
        left -= len(found.text)
        if not found.legible or left < 0:
            unreadable.append(number)
            continue
        pages[number - 1] = Page(number, found.text, found.elements, ocr=True, words=found.words)
    return sorted(unreadable)
