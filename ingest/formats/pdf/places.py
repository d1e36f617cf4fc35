"""The places of words on a PDF page, for pages whose text is not in the order that the file has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.formats.pdf.drawn import Rect
from ingest.formats.pdf.lines import character_box, to_shown_coordinates
from ingest.formats.pdf.text import PageText
from vault.records import BOX_UNIT, WordBox

_WORD = re.compile(r"[^\s\ufffe]+")


def word_boxes(page: Any, textpage: Any, content: PageText) -> Iterator[WordBox]:
    """Yield the place of each word of a loaded page."""
    to_shown = to_shown_coordinates(page)
    size = page.get_size()
    for match in _WORD.finditer(content.text):
        head = to_shown(character_box(textpage, content.index(match.start())))
        tail = to_shown(character_box(textpage, content.index(match.end() - 1)))
        edges = (
            min(head[0], tail[0]), min(head[1], tail[1]), max(head[2], tail[2]), max(head[3], tail[3])
        )  # fmt: skip
        yield box_of(match.start(), match.end(), edges, size)


def box_of(start: int, end: int, shown: Rect, size: tuple[float, float]) -> WordBox:
    """Return the box of a stretch of text; `shown` is in points of the page as shown, `size` its size."""
    width, height = size
    left, bottom, right, top = shown
    shares = left / width, (height - top) / height, right / width, (height - bottom) / height
    edges = [min(max(round(share * BOX_UNIT), 0), BOX_UNIT) for share in shares]
    return WordBox(start, end, edges[0], edges[1], edges[2], edges[3])
