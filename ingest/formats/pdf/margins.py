"""Running headers and footers of a PDF: what stands at the same place on several pages."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.formats.pdf.lines import Line, PageLines

_ZONE = 0.12  # of the page height, at the top and at the bottom
_DEPTH = 4  # lines that may be a header, and as many a footer
_TOLERANCE = 4.0  # points
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)\s*\d+(?:\s*(?:of|von|/)\s*\d+)?|\d+\s*(?:of|/)\s*\d+", re.IGNORECASE
)
_LONE_NUMBER = re.compile(
    r"[-–—]\s*\d{1,4}\s*[-–—]"
)  # of a page of the original, wherever it stands on this one
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")


def mark_margins(pages: list[PageLines]) -> None:
    """Set `Line.margin` on the lines that are running headers or footers."""
    seen: defaultdict[tuple[str, bool, int], set[int]] = defaultdict(set)
    found: list[tuple[int, Line, bool, tuple[str, bool, int]]] = []
    for number, page in enumerate(pages):
        for line, top in _candidates(page):
            edge = page.height - line.top if top else line.bottom
            key = (_shape(line.text), top, round(edge / _TOLERANCE))
            found.append((number, line, top, key))
            seen[key].add(number)
    for _, line, _, key in found:
        shape, top, place = key
        pages_with = set().union(*(seen.get((shape, top, place + step), set()) for step in (-1, 0, 1)))
        if len(pages_with) >= min(3, max(2, len(pages))) or _PAGE_NUMBER.fullmatch(line.text):
            line.margin = True
    for page in pages:
        _keep_whole_blocks(page)
        for line in page.lines:
            line.margin = line.margin or _LONE_NUMBER.fullmatch(line.text) is not None


def is_header(page: PageLines, line: Line) -> bool:
    """Whether a margin line stands at the top of its page."""
    return (line.top + line.bottom) / 2 > page.height / 2


def _candidates(page: PageLines) -> list[tuple[Line, bool]]:
    """The outermost lines inside the margins, with whether each is at the top."""
    upper = sorted((x for x in page.lines if x.bottom > page.height * (1 - _ZONE)), key=lambda x: -x.top)
    lower = sorted((x for x in page.lines if x.top < page.height * _ZONE), key=lambda x: x.bottom)
    return [(line, True) for line in upper[:_DEPTH]] + [(line, False) for line in lower[:_DEPTH]]


def _shape(text: str) -> str:
    """The line with every number the same, so that "Page 3 of 8" meets "Page 4 of 8"."""
    return " ".join(_DIGITS.sub("#", text.lower()).split())


def _keep_whole_blocks(page: PageLines) -> None:
    """A repeated line with body text between it and the edge is body text."""
    for top in (True, False):
        outside = True
        side = [line for line, at_top in _candidates(page) if at_top is top]
        for line in side:
            outside = outside and line.margin
            line.margin = outside and line.margin
