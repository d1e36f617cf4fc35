"""The lines of a PDF page with the few layout facts that headings and paragraphs are told by.

Two pdfium calls a line, not one a character: a hundred pages stay well under a second.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.formats.pdf.text import PageText

_LINE = re.compile(r"[^\r\n\ufffe]*[\r\n\ufffe]*")
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_HEADING_CHARACTERS = 160  # a longer line is no heading: its weight is not asked for

Box = tuple[float, float, float, float]
Turn = Callable[[Box], Box]


@dataclass(slots=True)
class Line:
    """A line of text; coordinates are points from the bottom left of the page as it is shown."""

    start: int
    end: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool
    hyphenated: bool
    """Its last word goes on in the next line."""
    row: int = 0
    """The row of a table that it belongs to, counted over the page; 0 for none."""
    heads: bool = False
    """That row names the columns."""
    margin: bool = False
    """Belongs to a running header or footer (set once all pages are known)."""

    @property
    def size(self) -> float:
        """Height of the line in points: follows the font size, whatever the scale it is drawn at."""
        return self.top - self.bottom


@dataclass(slots=True)
class PageLines:
    """The lines of one page, in reading order."""

    width: float
    height: float
    lines: list[Line]


def page_lines(page: Any, textpage: Any, content: PageText) -> PageLines:
    """The lines of a loaded page and its text page; `content` is `page_text(textpage)`."""
    width, height = page.get_size()
    turn = turn_of(page)
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
        head, tail = turn(_box(textpage, first)), turn(_box(textpage, last))
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


def _box(textpage: Any, index: int) -> Box:
    """The box of a character with the font's ascent and descent: the same for "a" and for "b"."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, rect)
    return rect.left, rect.bottom, rect.right, rect.top


def _bold(textpage: Any, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), flags)
    return _BOLD_NAME.search(name.value) is not None


def turn_of(page: Any) -> Turn:
    """The way from page coordinates to those of the page as it is shown (crop box and rotation)."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Turn] = {
        90: lambda b: (b[1] - bottom, right - b[2], b[3] - bottom, right - b[0]),
        180: lambda b: (right - b[2], top - b[3], right - b[0], top - b[1]),
        270: lambda b: (top - b[3], b[0] - left, top - b[1], b[2] - left),
    }
    return turns.get(page.get_rotation(), lambda b: (b[0] - left, b[1] - bottom, b[2] - left, b[3] - bottom))
