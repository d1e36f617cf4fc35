"""A picture of a PDF page with the places that an answer rests on.

The nouns only: the picture is drawn in the reading process (`ingest.formats.pdf_image`), since drawing
parses the file's bytes as much as reading does. Ask `ingest.reader.Reader.page_image` for one.
"""

from __future__ import annotations

from dataclasses import dataclass


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
