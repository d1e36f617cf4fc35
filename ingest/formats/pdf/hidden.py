"""Find text of a PDF that people cannot see: invisible, in the colour of the paper, covered, outside, tiny.

First the objects of the page show which words may be hidden. If other objects may hide a word, the page is
drawn, and the word counts only if nothing shows at its place. The text layer that a scanner adds to its
picture is invisible on purpose and gives no warning.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ingest.formats.pdf.drawn import Drawn, Rect, contains_middle, drawn_on, same_colour
from ingest.formats.pdf.text import PageText
from ingest.parsed.document import page_list

_WORD = re.compile(r"[^\s\ufffe]*\w[^\s\ufffe]*")
_INVISIBLE_MODES = (3, 7)  # neither filled nor outlined
_FILLED_MODES = (0, 2, 4, 6)
_TINY = 2.0  # points
_MIN_LETTERS = 3  # on a page
_MIN_TINY_LETTERS = 20
_FLAT = 24  # of 255: a place with no more contrast shows nothing
_SCALE = 2.0  # pixels for each point of the drawn page
_PAPER = (255, 255, 255)


class _Method(StrEnum):
    """How text is hidden, in the words of the warning."""

    INVISIBLE = "Text that is drawn invisibly"
    COLOUR = "Text in the colour of its background"
    COVERED = "Text under filled boxes or pictures, such as a failed redaction,"
    OUTSIDE = "Text outside the visible page"
    TINY = "Text too small to be read by people"


@dataclass(slots=True)
class _TextStyle:
    """What all words of a text object share."""

    mode: int
    colour: tuple[int, int, int]
    alpha: int
    order: int
    paper_coloured: bool = False
    visible: bool = False
    """Whether no word of the object can be hidden, so that its words need no further check."""


class HiddenText:
    """Collects the hidden text on the pages of a document."""

    def __init__(self) -> None:
        """Start with no pages."""
        self._pages: defaultdict[_Method, list[int]] = defaultdict(list)
        self._not_inspected: list[int] = []

    def inspect(self, number: int, page: Any, textpage: Any, content: PageText) -> list[Rect]:
        """Check the text of one page; return the places of the pictures that are drawn on it."""
        drawn = drawn_on(page)
        if drawn is None:
            self._not_inspected.append(number)
            return []
        letters: Counter[_Method] = Counter()
        uncertain: list[tuple[_Method, Rect, int]] = []
        for method, box, length, certain in _suspects(page, textpage, content, drawn):
            if certain:
                letters[method] += length
            else:
                uncertain.append((method, box, length))
        if uncertain:
            letters.update(_not_visible(page, uncertain))
        for method, count in letters.items():
            if count >= (_MIN_TINY_LETTERS if method is _Method.TINY else _MIN_LETTERS):
                self._pages[method].append(number)
        return drawn.images

    def warnings(self) -> Iterator[str]:
        """Yield a warning for each method by which text is hidden."""
        for method in _Method:
            if self._pages[method]:
                yield (
                    f"{method} on page {page_list(self._pages[method])}: it was read like the rest. "
                    "Look at it before you rely on the document."
                )
        if self._not_inspected:
            yield f"Pages with too many objects to check for hidden text: {page_list(self._not_inspected)}."


def _suspects(
    page: Any, textpage: Any, content: PageText, drawn: Drawn
) -> Iterator[tuple[_Method, Rect, int, bool]]:
    """Yield words that may be hidden: (method, place, length, whether it is certain)."""
    left, bottom, right, top = page.get_bbox()
    known: dict[int, _TextStyle] = {}
    for match in _WORD.finditer(content.text):
        first, last = content.index(match.start()), content.index(match.end() - 1)
        handle = pdfium.FPDFText_GetTextObject(textpage, first)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        style = known.get(key)
        if style is None:
            style = known[key] = _style_of(handle, drawn.order_of.get(key, -1))
            place = drawn.bounds_of(key)
            style.visible = (
                place is not None
                and left < place[0] < place[2] < right
                and bottom < place[1] < place[3] < top
                and style.mode in _FILLED_MODES
                and style.alpha > 0
                and not style.paper_coloured
                and not drawn.may_hide(place, style.colour, style.order)
                and not _is_tiny(textpage, first)
            )
        if style.visible:
            continue
        box = _box(textpage, first, last)
        length = match.end() - match.start()
        if box[2] <= left or box[0] >= right or box[3] <= bottom or box[1] >= top:
            yield _Method.OUTSIDE, box, length, True
        elif style.mode in _INVISIBLE_MODES or style.alpha == 0:
            if not any(contains_middle(image, box) for image in drawn.images):
                yield _Method.INVISIBLE, box, length, True
        elif max(box[2] - box[0], box[3] - box[1]) < _TINY * (1 + length / 2) and _is_tiny(textpage, first):
            yield _Method.TINY, box, length, True
        elif drawn.covers(box, style.order):
            yield _Method.COVERED, box, length, False
        elif style.mode in _FILLED_MODES and (
            style.paper_coloured
            or any(same_colour(style.colour, ground) for ground in drawn.colours_under(box))
        ):
            yield _Method.COLOUR, box, length, False


def _style_of(handle: Any, order: int) -> _TextStyle:
    """Return the style of a text object that is drawn at position `order`."""
    channels = [ctypes.c_uint() for _ in range(4)]
    if not handle or not pdfium.FPDFPageObj_GetFillColor(handle, *channels):
        return _TextStyle(0, (0, 0, 0), 255, order)
    red, green, blue, alpha = (channel.value for channel in channels)
    colour = (red, green, blue)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
    return _TextStyle(mode, colour, alpha, order, paper_coloured=same_colour(colour, _PAPER))


def _box(textpage: Any, first: int, last: int) -> Rect:
    """Return the box of a word from its first and last character."""
    a, b = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, first, a)
    pdfium.FPDFText_GetLooseCharBox(textpage, last, b)
    return min(a.left, b.left), min(a.bottom, b.bottom), max(a.right, b.right), max(a.top, b.top)


def _is_tiny(textpage: Any, index: int) -> bool:
    """Return whether a character is tiny; its loose box is as high as the font, in any direction."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, rect)
    return bool(0 < max(rect.right - rect.left, rect.top - rect.bottom) < _TINY)


def _not_visible(page: Any, suspects: list[tuple[_Method, Rect, int]]) -> Counter[_Method]:
    """Draw the page and count the letters of the suspects that do not show on it."""
    scale = min(_SCALE, 3000 / max(*page.get_size(), 1.0))
    image = np.asarray(page.render(scale=scale, grayscale=True).to_pil().convert("L"))
    size = (image.shape[1], image.shape[0])
    found: Counter[_Method] = Counter()
    for method, box, length in suspects:
        corners = [_pixel(page, size, x, y) for x, y in ((box[0], box[1]), (box[2], box[3]))]
        (x0, y0), (x1, y1) = corners
        place = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if place[2] - place[0] < 2 or place[3] - place[1] < 4:
            continue
        inset = (place[3] - place[1]) // 5  # the next line or the edge of a box may reach into the place
        levels = image[place[1] + inset : place[3] - inset, place[0] : place[2]]
        if int(levels.max()) - int(levels.min()) <= _FLAT:
            found[method] += length
    return found


def _pixel(page: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    """Convert page coordinates to a pixel of an image of `size`."""
    column, row = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, x, y, column, row)
    return min(max(column.value, 0), size[0]), min(max(row.value, 0), size[1])
