"""Text of a PDF that people do not see: invisible, in the colour of the paper, covered, outside, tiny.

What the file says makes a word suspect; words that may be hidden by what lies over or under them are then
looked at on the drawn page, and count only when nothing is to be seen there. The text layer that a scanner
puts over its picture is invisible by design and no cause for a warning.
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

from ingest.formats.pdf.drawn import Drawn, Rect, alike, drawn_on, holds
from ingest.formats.pdf.text import PageText
from ingest.parsed.document import page_list

_WORD = re.compile(r"[^\s\ufffe]*\w[^\s\ufffe]*")
_INVISIBLE_MODES = (3, 7)  # neither filled nor stroked
_FILLED_MODES = (0, 2, 4, 6)
_TINY = 2.0  # points
_FEWEST = 3  # letters on a page
_FEWEST_TINY = 20
_FLAT = 24  # of 255: a place with less contrast than this shows nothing
_SCALE = 2.0  # pixels a point when a suspect is looked at
_PAPER = (255, 255, 255)


class _Way(StrEnum):
    """How text is hidden, as the warning says it."""

    INVISIBLE = "Text that is drawn invisibly"
    COLOUR = "Text in the colour of its background"
    COVERED = "Text under filled boxes or pictures, such as a failed redaction,"
    OUTSIDE = "Text outside the visible page"
    TINY = "Text too small to be read by people"


@dataclass(slots=True)
class _Facts:
    """What is the same for all words of one text object."""

    mode: int
    colour: tuple[int, int, int]
    alpha: int
    order: int
    like_paper: bool = False
    plain: bool = False
    """Whether no word of the object can be hidden, so that its words need not be looked at one by one."""


class HiddenText:
    """Collects what is hidden on the pages of one document."""

    def __init__(self) -> None:
        self._pages: defaultdict[_Way, list[int]] = defaultdict(list)
        self._not_inspected: list[int] = []

    def inspect(self, number: int, page: Any, textpage: Any, content: PageText) -> None:
        """Look at the text of one page."""
        drawn = drawn_on(page)
        if drawn is None:
            self._not_inspected.append(number)
            return
        letters: Counter[_Way] = Counter()
        to_look_at: list[tuple[_Way, Rect, int]] = []
        for way, box, length, certain in _suspects(page, textpage, content, drawn):
            if certain:
                letters[way] += length
            else:
                to_look_at.append((way, box, length))
        if to_look_at:
            letters.update(_looked_at(page, to_look_at))
        for way, count in letters.items():
            if count >= (_FEWEST_TINY if way is _Way.TINY else _FEWEST):
                self._pages[way].append(number)

    def warnings(self) -> Iterator[str]:
        """One sentence for each way in which text is hidden."""
        for way in _Way:
            if self._pages[way]:
                yield (
                    f"{way} on page {page_list(self._pages[way])}: it was read like the rest. "
                    "Look at it before you rely on the document."
                )
        if self._not_inspected:
            yield f"Pages too crowded to be inspected for hidden text: {page_list(self._not_inspected)}."


def _suspects(
    page: Any, textpage: Any, content: PageText, drawn: Drawn
) -> Iterator[tuple[_Way, Rect, int, bool]]:
    """Words that may be hidden: how, where, how long, and whether that is certain without looking."""
    left, bottom, right, top = page.get_bbox()
    known: dict[int, _Facts] = {}
    for match in _WORD.finditer(content.text):
        first, last = content.index(match.start()), content.index(match.end() - 1)
        handle = pdfium.FPDFText_GetTextObject(textpage, first)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        facts = known.get(key)
        if facts is None:
            facts = known[key] = _facts(handle, drawn.order_of.get(key, -1))
            place = drawn.bounds_of(key)
            facts.plain = (
                place is not None
                and left < place[0] < place[2] < right
                and bottom < place[1] < place[3] < top
                and facts.mode in _FILLED_MODES
                and facts.alpha > 0
                and not facts.like_paper
                and not drawn.may_hide(place, facts.colour, facts.order)
                and not _is_tiny(textpage, first)
            )
        if facts.plain:
            continue
        box = _box(textpage, first, last)
        length = match.end() - match.start()
        if box[2] <= left or box[0] >= right or box[3] <= bottom or box[1] >= top:
            yield _Way.OUTSIDE, box, length, True
        elif facts.mode in _INVISIBLE_MODES or facts.alpha == 0:
            if not any(holds(image, box) for image in drawn.images):
                yield _Way.INVISIBLE, box, length, True
        elif max(box[2] - box[0], box[3] - box[1]) < _TINY * (1 + length / 2) and _is_tiny(textpage, first):
            yield _Way.TINY, box, length, True
        elif drawn.covers(box, facts.order):
            yield _Way.COVERED, box, length, False
        elif facts.mode in _FILLED_MODES and (
            facts.like_paper or any(alike(facts.colour, ground) for ground in drawn.under(box))
        ):
            yield _Way.COLOUR, box, length, False


def _facts(handle: Any, order: int) -> _Facts:
    channels = [ctypes.c_uint() for _ in range(4)]
    if not handle or not pdfium.FPDFPageObj_GetFillColor(handle, *channels):
        return _Facts(0, (0, 0, 0), 255, order)
    red, green, blue, alpha = (channel.value for channel in channels)
    colour = (red, green, blue)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
    return _Facts(mode, colour, alpha, order, like_paper=alike(colour, _PAPER))


def _box(textpage: Any, first: int, last: int) -> Rect:
    """The box of a word from its first and last character."""
    a, b = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, first, a)
    pdfium.FPDFText_GetLooseCharBox(textpage, last, b)
    return min(a.left, b.left), min(a.bottom, b.bottom), max(a.right, b.right), max(a.top, b.top)


def _is_tiny(textpage: Any, index: int) -> bool:
    """Whether a character is below the size; its loose box is as high as the font, whichever way it runs."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, rect)
    return bool(0 < max(rect.right - rect.left, rect.top - rect.bottom) < _TINY)


def _looked_at(page: Any, suspects: list[tuple[_Way, Rect, int]]) -> Counter[_Way]:
    """Letters of those suspects that are not to be seen on the drawn page."""
    scale = min(_SCALE, 3000 / max(*page.get_size(), 1.0))
    image = np.asarray(page.render(scale=scale, grayscale=True).to_pil().convert("L"))
    size = (image.shape[1], image.shape[0])
    found: Counter[_Way] = Counter()
    for way, box, length in suspects:
        corners = [_pixel(page, size, x, y) for x, y in ((box[0], box[1]), (box[2], box[3]))]
        (x0, y0), (x1, y1) = corners
        place = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if place[2] - place[0] < 2 or place[3] - place[1] < 4:
            continue
        inset = (place[3] - place[1]) // 5  # the next line, or the edge of the box, may reach in
        levels = image[place[1] + inset : place[3] - inset, place[0] : place[2]]
        if int(levels.max()) - int(levels.min()) <= _FLAT:
            found[way] += length
    return found


def _pixel(page: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    column, row = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, x, y, column, row)
    return min(max(column.value, 0), size[0]), min(max(row.value, 0), size[1])
