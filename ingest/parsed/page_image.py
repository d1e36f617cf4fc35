"""The image of a page with highlights on the words that an answer cites.

This file only has the records. `ingest.parsing.parser.Parser.page_image` makes an image; it is drawn in the
parser (`ingest.formats.pdf.image`), because drawing a page parses the bytes of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vault.errors import DocumentNotFound
from vault.records import WordBox


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page image in pixels from the top left; `right` and `bottom` are exclusive."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """The image of a page with its highlights, and the boxes of the highlights."""

    png: bytes
    width: int
    """In pixels."""
    height: int
    """In pixels."""
    boxes: tuple[Box, ...]
    """The boxes of the requested spans, in their order; a span over three lines has three or more boxes."""


def places_of(words: Sequence[WordBox], spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the rectangles of `spans` as [left, top, right, bottom] in the units of `WordBox`.

    Neighbouring words on a line share one rectangle. Raises DocumentNotFound if a span contains no word.
    """
    places: list[list[int]] = []
    for start, end in spans:
        inside = [word for word in words if word.start < end and word.end > start]
        if not inside:
            raise DocumentNotFound(f"The page has no recognised word at {start}-{end}.")
        first = len(places)
        for word in inside:
            last = places[-1] if len(places) > first else None
            if last and _follows_on_line(last, word):
                last[1], last[2] = min(last[1], word.top), max(last[2], word.right)
                last[3] = max(last[3], word.bottom)
            else:
                places.append([word.left, word.top, word.right, word.bottom])
    return places


def _follows_on_line(place: list[int], word: WordBox) -> bool:
    """Return whether `word` follows `place` on the same line, after at most a wide gap."""
    height = max(place[3] - place[1], word.bottom - word.top)
    overlap = min(place[3], word.bottom) - max(place[1], word.top)
    return overlap > height / 2 and -height < word.left - place[2] < 3 * height
