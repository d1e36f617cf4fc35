"""The lines of a PDF page, with the layout from which headings and paragraphs are recognised.

This takes two pdfium calls for a line instead of one for each character, so that a hundred pages take well
under a second.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from ingest.formats.grid.columns import Columns
from ingest.formats.grid.parts import Part
from ingest.formats.pdf.drawn import Rect
from ingest.formats.pdf.text import PageText

_LINE = re.compile(r"[^\r\n\ufffe]*[\r\n\ufffe]*")
_WORD = re.compile(r"\S+")
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_LEAST_GAP = 0.42  # of the height of a line: a gap that may stand between two columns
_WIDER = 1.6  # than the usual space between words, in type with wide spaces
_WIDEST_SPACE = 0.4  # of the height of a line: wider gaps say nothing about the usual space
_TWO_FIXED_SPACES = 0.8  # of the height of a line: more than one space of a typewriter
_FIXED_PITCH = 1  # the flag of a font whose letters are all as wide
_HEADING_CHARACTERS = 160  # a longer line is not a heading, so its weight is not looked up

ToShown = Callable[[Rect], Rect]
"""Converts page coordinates to coordinates of the page as shown."""


Gap = tuple[int, int, float, float]
"""A gap between two words: end of the one and start of the other in the text, left and right on the page."""


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
    field: int = 0
    """The form field ("Born: 3 May 1950") that it belongs to, counted from 1 over the page; 0 if none."""
    footnote: int = 0
    """The footnote that it belongs to, counted from 1 over the page; 0 if none."""
    margin: bool = False
    """Whether it belongs to a running header or footer; set once all pages are known."""
    gaps: tuple[Gap, ...] = ()
    """Its wide gaps, from the left."""

    @property
    def size(self) -> float:
        """The height of the line in points; it follows the font size, at any scale."""
        return self.top - self.bottom


@dataclass(slots=True)
class PageTable:
    """A table on a page."""

    columns: Columns
    rows: range
    """The numbers of its rows, as in `Line.row`."""
    header: list[str] = field(default_factory=list)
    """The texts of the rows that name its columns, also where they stand on a page before."""


@dataclass(slots=True)
class PageLines:
    """The lines of one page, in reading order."""

    width: float
    height: float
    lines: list[Line]
    cells: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """The cells of each table row, by the number of the row."""
    tables: list[PageTable] = field(default_factory=list)
    """From the top."""


def page_lines(page: Any, textpage: Any, content: PageText) -> PageLines:
    """Return the lines of a loaded page; `content` is `page_text(textpage)`."""
    width, height = page.get_size()
    to_shown = to_shown_coordinates(page)
    lines: list[Line] = []
    spaces: list[list[Gap]] = []
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
        head, tail = to_shown(character_box(textpage, first)), to_shown(character_box(textpage, last))
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
        spaces.append(_spaces(textpage, content, to_shown, lines[-1]))
    sample = lines[:: max(1, len(lines) // 5)]
    fixed = sum(_has_fixed_pitch(textpage, content.index(line.start)) for line in sample)
    _keep_wide_gaps(lines, spaces, fixed_pitch=fixed * 2 > len(sample))
    return PageLines(width, height, lines)


def _spaces(textpage: Any, content: PageText, to_shown: ToShown, line: Line) -> list[Gap]:
    """Return all gaps between the words of a line; none if it does not run from left to right."""
    places = [(line.start + m.start(), line.start + m.end()) for m in _WORD.finditer(line.text)]
    gaps: list[Gap] = []
    for (_, end), (start, _) in pairwise(places):
        before = to_shown(character_box(textpage, content.index(end - 1)))
        after = to_shown(character_box(textpage, content.index(start)))
        if abs(before[1] - after[1]) > line.size:
            return []
        gaps.append((end, start, before[2], after[0]))
    return gaps


def _has_fixed_pitch(textpage: Any, index: int) -> bool:
    """Return whether all letters of the font of a character are as wide."""
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, None, 0, flags)
    return bool(flags.value & _FIXED_PITCH)


def _keep_wide_gaps(lines: list[Line], spaces: list[list[Gap]], *, fixed_pitch: bool) -> None:
    """Set the gaps of each line that are wider than those between the words of a sentence."""
    widths = sorted(
        width
        for line, gaps in zip(lines, spaces, strict=True)
        if line.size > 0
        for width in ((gap[3] - gap[2]) / line.size for gap in gaps)
        if width < _WIDEST_SPACE
    )
    # A table may have few spaces that are no gaps, so this takes one of the smaller ones.
    usual = widths[len(widths) // 5] if widths else 0.0
    least = max(_LEAST_GAP, _WIDER * usual)
    if fixed_pitch:
        least = _TWO_FIXED_SPACES
    for line, gaps in zip(lines, spaces, strict=True):
        line.gaps = tuple(gap for gap in gaps if gap[3] - gap[2] > least * line.size)


def parts_of(line: Line) -> list[Part]:
    """Return the parts of a line between its wide gaps."""
    parts: list[Part] = []
    start, left = line.start, line.left
    for end, following, right, beyond in (*line.gaps, (line.end, line.end, line.right, line.right)):
        text = line.text[start - line.start : end - line.start]
        edges = left, line.bottom, max(right, left), line.top
        parts.append(Part(start, end, text, *edges, line.bold, line.hyphenated and end == line.end))
        start, left = following, beyond
    return parts


def character_box(textpage: Any, index: int) -> Rect:
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
