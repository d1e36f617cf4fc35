"""Draw a page with highlights. This runs in the parser, because it parses the bytes of the file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops

from ingest.formats import picture
from ingest.formats.pdf.image import page_picture
from ingest.parsed.filetype import detect
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import Box, PageImage
from vault.records import BOX_UNIT

_YELLOW = (255, 236, 120)  # the page is multiplied with it, so black text stays black
_PAD = 1  # pixels around a box


def draw(
    path: Path,
    number: int,
    spans: Sequence[tuple[int, int]],
    places: Sequence[tuple[int, int, int, int]],
    width: int,
    limits: ParseLimits,
) -> PageImage:
    """Draw page `number` (from 1), `width` pixels wide, with highlights.

    `spans` are (start, end) offsets in the text of a PDF page; `places` are (left, top, right, bottom) in the
    units of `WordBox`. Raises DocumentNotFound if there is no such page or span, TooLarge if the image has
    more pixels than the limit, and what reading the file raises.
    """
    boxes: list[Box] = []
    if detect(path) in picture.TYPES:
        page = picture.page_picture(path, number, width, limits)
    else:
        page, boxes = page_picture(path, number, spans, width, limits)
    boxes += [_pixels(place, page.size) for place in places]
    for box in boxes:
        edges = (box.left, box.top, box.right, box.bottom)
        under = page.crop(edges)
        page.paste(ImageChops.multiply(under, Image.new("RGB", under.size, _YELLOW)), edges)
    png = io.BytesIO()
    page.save(png, "PNG", compress_level=3)
    return PageImage(png.getvalue(), page.width, page.height, tuple(boxes))


def _pixels(place: tuple[int, int, int, int], size: tuple[int, int]) -> Box:
    """Convert a place in the units of `WordBox` to pixels of an image of this size."""
    width, height = size
    left, top, right, bottom = place
    return Box(
        left=max(left * width // BOX_UNIT - _PAD, 0),
        top=max(top * height // BOX_UNIT - _PAD, 0),
        right=min(-(-right * width // BOX_UNIT) + _PAD, width),
        bottom=min(-(-bottom * height // BOX_UNIT) + _PAD, height),
    )
