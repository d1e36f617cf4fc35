"""Recognise the words of pictures on PDF pages that have text as well: pasted slips, stamps, screen shots.

A picture under text is the ground of that text, or the scan of which it is the text layer, and is left out.
So are small pictures, which are logos and signatures, and pictures that were on a page before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2
from PIL import Image

from ingest.formats.pdf.drawn import Rect, contains_middle
from ingest.formats.pdf.lines import PageLines
from ingest.formats.pdf.places import box_of, word_boxes
from ingest.formats.pdf.text import load_page, page_text
from ingest.parsed.limits import ParseLimits
from vault.records import BOX_UNIT, Element, ElementKind, Page, WordBox

_LEAST_SHARE = 0.015  # of the page: smaller pictures are logos
_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 24.0  # points
_LEAST_CONTRAST = 48  # of 255
_NEAR = 3.0  # points: closer pictures are strips of one
_TEXT_ON_TOP = 10  # characters
_MOST_IMAGES = 400  # of a page: a drawing of more pieces is no picture of words
_OF_A_PAGE, _OF_A_FILE = 6, 60  # pictures, so that a catalogue of photographs ends some time
_LETTERS = 6  # fewer are no text
_SCALE, _THUMBNAIL = 200 / 72, 0.5  # pixels for each point
_MAX_SIDE = 3600  # pixels of the longer side of a page
_GAP = "\r\n\r\n"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture on a page with text."""

    number: int
    """The number of its page, from 1."""
    place: Rect
    """Its edges in points of the page as shown."""


def pictures_beside_text(number: int, images: Sequence[Rect], layout: PageLines) -> list[PagePicture]:
    """Return the pictures of a page that may hold words; `images` are in points of the page as shown."""
    if not images or len(images) > _MOST_IMAGES:
        return []
    page = 0.0, 0.0, layout.width, layout.height
    joined: list[Rect] = []
    for image in images:
        clipped = _clipped(image, page)
        while near := next((other for other in joined if _are_near(clipped, other)), None):
            joined.remove(near)
            clipped = _union(clipped, near)
        joined.append(clipped)
    area = layout.width * layout.height
    large = [
        place
        for place in joined
        if place[2] - place[0] >= _LEAST_WIDTH
        and place[3] - place[1] >= _LEAST_HEIGHT
        and _area(place) >= _LEAST_SHARE * area
        and _characters_on(place, layout) < _TEXT_ON_TOP
    ]
    large.sort(key=_area, reverse=True)
    return [PagePicture(number, place) for place in sorted(large[:_OF_A_PAGE], key=lambda place: -place[3])]


def recognise_pictures(
    document: pypdfium2.PdfDocument, pages: list[Page], found: Sequence[PagePicture], limits: ParseLimits
) -> None:
    """Append the words of the pictures to the text of their pages in `pages`, with their places."""
    seen: set[bytes] = set()
    left = limits.characters - sum(len(page.text) for page in pages)
    number, whole = 0, None
    for picture in found:
        if number != picture.number:
            number, whole = picture.number, None
            small = _drawn(document, number, _THUMBNAIL)
        thumbnail = _crop(small, picture.place, _THUMBNAIL)
        key = hashlib.sha256(repr(thumbnail.size).encode() + thumbnail.tobytes()).digest()
        if key in seen or int(np.ptp(np.asarray(thumbnail.convert("L")))) < _LEAST_CONTRAST:
            continue
        if len(seen) >= min(_OF_A_FILE, limits.ocr_pages):
            return
        seen.add(key)
        width, height = small.size[0] / _THUMBNAIL, small.size[1] / _THUMBNAIL
        scale = min(_SCALE, _MAX_SIDE / max(width, height, 1.0))
        whole = whole or _drawn(document, number, scale)
        crop = _crop(whole, picture.place, scale)
        page = _with_words(pages[number - 1], crop, picture.place, (width, height))
        if page is pages[number - 1]:
            continue
        if not pages[number - 1].words:
            page = replace(page, words=(*_places_of_text(document, number), *page.words))
        left -= len(page.text) - len(pages[number - 1].text)
        if left < 0:
            return
        pages[number - 1] = page


def _with_words(page: Page, picture: Image.Image, place: Rect, size: tuple[float, float]) -> Page:
    """Return the page with the words of a picture at its end; the same page if the picture has none.

    `place` is where the picture is on the page, `size` the width and height of the page, all in points.
    """
    # This import takes half a second, and most PDFs do not need it.
    from ingest.formats.ocr.recognise import recognise

    found = recognise(picture)
    if not found.legible or sum(map(str.isalnum, found.text)) < _LETTERS:
        return page
    text = page.text if page.text.strip() else ""
    begin = len(text) + len(_GAP) if text else 0
    elements = [
        # A heading in a picture says nothing about the text around it.
        replace(e, start=begin + e.start, end=begin + e.end)
        if e.kind is not ElementKind.HEADING
        else Element(ElementKind.PARAGRAPH, begin + e.start, begin + e.end)
        for e in found.elements
    ]
    words = [_on_page(word, begin, place, size) for word in found.words]
    return replace(
        page,
        text=f"{text}{_GAP}{found.text}" if text else found.text,
        elements=(*page.elements, *elements),
        words=(*page.words, *words),
    )


def _on_page(word: WordBox, begin: int, place: Rect, size: tuple[float, float]) -> WordBox:
    """Return a word of a picture as a word of the page, whose text has the picture's from `begin` on."""
    left, bottom, right, top = place
    across, down = (right - left) / BOX_UNIT, (top - bottom) / BOX_UNIT
    edges = (
        left + word.left * across, top - word.bottom * down, left + word.right * across, top - word.top * down
    )  # fmt: skip
    return box_of(begin + word.start, begin + word.end, edges, size)


def _places_of_text(document: pypdfium2.PdfDocument, number: int) -> list[WordBox]:
    """Return the places of the words in the text of a page."""
    page = load_page(document, number)
    textpage = page.get_textpage()
    try:
        return list(word_boxes(page, textpage, page_text(textpage)))
    finally:
        textpage.close()
        page.close()


def _drawn(document: pypdfium2.PdfDocument, number: int, scale: float) -> Image.Image:
    """Draw a page."""
    page = load_page(document, number)
    try:
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn.convert("RGB")
    finally:
        page.close()


def _crop(page: Image.Image, place: Rect, scale: float) -> Image.Image:
    """Return a part of a drawn page."""
    left, bottom, right, top = (edge * scale for edge in place)
    width, height = page.size
    return page.crop(
        (
            max(int(left), 0),
            max(int(height - top), 0),
            min(round(right), width),
            min(round(height - bottom), height),
        )
    )


def _clipped(place: Rect, page: Rect) -> Rect:
    """Return the part of a place that is on the page."""
    return (
        max(place[0], page[0]), max(place[1], page[1]), min(place[2], page[2]), min(place[3], page[3])
    )  # fmt: skip


def _are_near(one: Rect, other: Rect) -> bool:
    """Return whether two places touch, or nearly so."""
    return (
        one[0] - _NEAR < other[2]
        and one[2] + _NEAR > other[0]
        and one[1] - _NEAR < other[3]
        and one[3] + _NEAR > other[1]
    )


def _union(one: Rect, other: Rect) -> Rect:
    """Return the smallest rectangle around two."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _area(place: Rect) -> float:
    """Return the area of a place; 0 if it is empty."""
    return max(place[2] - place[0], 0.0) * max(place[3] - place[1], 0.0)


def _characters_on(place: Rect, layout: PageLines) -> int:
    """Count the characters of the lines whose middle is inside a place."""
    return sum(
        len(line.text)
        for line in layout.lines
        if contains_middle(place, (line.left, line.bottom, line.right, line.top))
    )
