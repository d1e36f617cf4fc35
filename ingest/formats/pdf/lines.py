"""The lines of a PDF page, with the layout from which headings and paragraphs are recognised.

This takes two pdfium calls for a line instead of one for each character, so that a hundred pages take well
under a second.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.formats.pdf.drawn import Rect
from ingest.formats.pdf.text import PageText

_LINE = re.compile(r"[^\r\n\ufffe]*[\r\n\ufffe]*")
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_HEADING_CHARACTERS = 160  # a longer line is not a heading, so its weight is not looked up

ToShown = Callable[[Rect], Rect]
"""Converts page coordinates to coordinates of the page as shown."""


@dataclass(slots=True)
class Line:
    """A line of text; coordinates are points from the bottom left of the page as shown."""

    start: int
    end: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool
    hyphenated: bool
    """Whether its last word continues on the next line."""
    row: int = 0
    """The table row that it belongs to, counted from 1 over the page; 0 if it is not in a table."""
    is_header_row: bool = False
    """Whether that row names the columns."""
    margin: bool = False
    """Whether it belongs to a running header or footer; set once all pages are known."""

    @property
    def size(self) -> float:
        """The height of the line in points; it follows the font size, at any scale."""
        return self.top - self.bottom


@dataclass(slots=True)
class PageLines:
    """The lines of one page, in reading order."""

    width: float
    height: float
    lines: list[Line]


def page_lines(page: Any, textpage: Any, content: PageText) -> PageLines:
    """Return the lines of a loaded page; `content` is `page_text(textpage)`."""
    width, height = page.get_size()
    to_shown = to_shown_coordinates(page)
    lines: list[Line] = []
    text = content.text
    for match in _LINE.finditer(text):
        raw = match.group()
        if not raw:
            break
        stripped = raw.strip()
        start = match.start() + (len(raw) - len(raw.lstrip()))
        hyphenated = stripped.endswith("\ufffe") or "\ufffe" in raw.rstrip("\r\n")[-1:]
        words = stripped.strip("\ufffe \r\n")
        if not words:
            if lines and hyphenated:
                lines[-1].hyphenated = True
            continue
        start = match.start() + raw.index(words[0])
        end = start + len(words)
        first, last = content.index(start), content.index(end - 1)
        head, tail = to_shown(_box(textpage, first)), to_shown(_box(textpage, last))
        short = len(words) <= _HEADING_CHARACTERS
        lines.append(
            Line(
                start=start,
                end=end,
                text=words,
                left=head[0],
                bottom=head[1],
                right=max(tail[2], head[2]),
                top=head[3],
                bold=short and _bold(textpage, first) and _bold(textpage, last),
                hyphenated=hyphenated,
            )
        )
    return PageLines(width, height, lines)


def _box(textpage: Any, index: int) -> Rect:
    """Return the box of a character with the ascent and descent of its font: as high for "a" as for "b"."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, rect)
    return rect.left, rect.bottom, rect.right, rect.top


def _bold(textpage: Any, index: int) -> bool:
    """Return whether a character is bold, by the weight or the name of its font."""
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), flags)
    return _BOLD_NAME.search(name.value) is not None


def to_shown_coordinates(page: Any) -> ToShown:
    """Return the function from page coordinates to those of the page as shown (crop box and rotation)."""
    left, bottom, right, top = page.get_bbox()
    rotations: dict[int, ToShown] = {
        90: lambda b: (b[1] - bottom, right - b[2], b[3] - bottom, right - b[0]),
        180: lambda b: (right - b[2], top - b[3], right - b[0], top - b[1]),
        270: lambda b: (top - b[3], b[0] - left, top - b[1], b[2] - left),
    }
    return rotations.get(
        page.get_rotation(), lambda b: (b[0] - left, b[1] - bottom, b[2] - left, b[3] - bottom)
    )
