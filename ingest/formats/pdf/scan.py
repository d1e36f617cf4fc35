"""PDF pages without usable text: drawn, and their words recognised."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

from ingest.formats.pdf.text import load_page
from ingest.parsed.limits import ParseLimits
from vault.records import Page

_SCALE = 200 / 72  # 200 dots per inch: what ordinary print needs
_LONGEST = 3600  # pixels of the longer side, whatever size the page claims


def recognise_pages(
    document: pypdfium2.PdfDocument, pages: list[Page], numbers: Sequence[int], limits: ParseLimits
) -> list[int]:
    """Put recognised text into `pages` for those of `numbers`; returns the ones that stay unreadable.

    A page that stays so keeps what its text layer had.
    """
    if not numbers:
        return []
    # Half a second of imports that most PDFs never need.
    from ingest.formats.ocr.recognise import recognise

    unreadable = list(numbers[limits.ocr_pages :])
    left = limits.characters - sum(len(page.text) for page in pages)
    for number in numbers[: limits.ocr_pages]:
        page = load_page(document, number)
        scale = min(_SCALE, _LONGEST / max(*page.get_size(), 1.0))
        found = recognise(page.render(scale=scale).to_pil())
        page.close()
        left -= len(found.text)
        if not found.legible or left < 0:
            unreadable.append(number)
            continue
        pages[number - 1] = Page(number, found.text, found.elements, ocr=True, words=found.words)
    return sorted(unreadable)
