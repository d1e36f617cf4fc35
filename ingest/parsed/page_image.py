"""A picture of a PDF page with the places that an answer rests on.

The nouns only: the picture is drawn in the parser (`ingest.formats.pdf.image`), since drawing
parses the file's bytes as much as reading does. Ask `ingest.parsing.parser.Parser.page_image` for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vault.errors import DocumentNotFound
from vault.records import WordBox


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of a page image, from its top left; `right` and `bottom` are outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as it is printed, with highlights drawn in and their boxes."""

    png: bytes
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    boxes: tuple[Box, ...]
    """Of the spans that were asked for, in their order; a span over three lines gives three or more."""


def places_of(words: Sequence[WordBox], spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The rectangles of `spans` in the units of `WordBox`: neighbours on a line are made one.

    Raises: DocumentNotFound when a span holds no word.
    """
    places: list[list[int]] = []
    for start, end in spans:
        inside = [word for word in words if word.start < end and word.end > start]
        if not inside:
            raise DocumentNotFound(f"The page has no recognised word at {start}-{end}.")
        first = len(places)
        for word in inside:
            last = places[-1] if len(places) > first else None
            if last and _beside(last, word):
                last[1], last[2] = min(last[1], word.top), max(last[2], word.right)
                last[3] = max(last[3], word.bottom)
            else:
                places.append([word.left, word.top, word.right, word.bottom])
    return places


def _beside(place: list[int], word: WordBox) -> bool:
    """Whether `word` goes on to the right on the same line, no more than a wide blank away."""
    height = max(place[3] - place[1], word.bottom - word.top)
    overlap = min(place[3], word.bottom) - max(place[1], word.top)
    return overlap > height / 2 and -height < word.left - place[2] < 3 * height
