"""Find running headers and footers of a PDF: lines that repeat at the same place on several pages."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.formats.pdf.lines import Line, PageLines

_ZONE = 0.12  # share of the page height, at the top and at the bottom
_MAX_LINES = 4  # the most lines of a header or footer
_TOLERANCE = 4.0  # points
_TABLE_ROWS, _TABLE_GAPS = 3, 2  # rows one below the other, and wide gaps in each, that are a table
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)\s*\d+(?:\s*(?:of|von|/)\s*\d+)?|\d+\s*(?:of|/)\s*\d+", re.IGNORECASE
)
_LONE_NUMBER = re.compile(r"[-–—]\s*\d{1,4}\s*[-–—]")  # a page number of the original, anywhere on the page
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")


def mark_margins(pages: list[PageLines]) -> None:
    """Set `Line.margin` for lines of running headers and footers."""
    seen: defaultdict[tuple[str, bool, int], set[int]] = defaultdict(set)
    found: list[tuple[int, Line, bool, tuple[str, bool, int]]] = []
    for number, page in enumerate(pages):
        for line, top in outermost_lines(page):
            edge = page.height - line.top if top else line.bottom
            key = (_pattern(line.text), top, round(edge / _TOLERANCE))
            found.append((number, line, top, key))
            seen[key].add(number)
    for _, line, _, key in found:
        pattern, top, place = key
        pages_with = set().union(*(seen.get((pattern, top, place + step), set()) for step in (-1, 0, 1)))
        if len(pages_with) >= min(3, max(2, len(pages))) or _PAGE_NUMBER.fullmatch(line.text):
            line.margin = True
    for page in pages:
        _unmark_inner_lines(page)
        for line in page.lines:
            line.margin = line.margin or _LONE_NUMBER.fullmatch(line.text) is not None


def is_header(page: PageLines, line: Line) -> bool:
    """Return whether a margin line is in the upper half of its page."""
    return (line.top + line.bottom) / 2 > page.height / 2


def outermost_lines(page: PageLines) -> list[tuple[Line, bool]]:
    """Return the outermost lines within the margins, and whether each is at the top."""
    body = [line for index, line in enumerate(page.lines) if not _begins_table(page.lines, index)]
    upper = sorted((x for x in body if x.bottom > page.height * (1 - _ZONE)), key=lambda x: -x.top)
    lower = sorted((x for x in body if x.top < page.height * _ZONE), key=lambda x: x.bottom)
    return [(line, True) for line in upper[:_MAX_LINES]] + [(line, False) for line in lower[:_MAX_LINES]]


def _begins_table(lines: list[Line], index: int) -> bool:
    """Return whether a line and the next two have three parts or more that stand in line, as rows do."""
    rows = lines[index : index + _TABLE_ROWS]
    if len(rows) < _TABLE_ROWS or any(len(line.gaps) < _TABLE_GAPS for line in rows):
        return False
    edges = [{round(x / _TOLERANCE) for gap in line.gaps for x in gap[2:]} for line in rows]
    near = [{edge + step for edge in each for step in (-1, 0, 1)} for each in edges]
    return all(len(each & near[0]) >= _TABLE_GAPS for each in edges[1:])


def _pattern(text: str) -> str:
    """Replace numbers with "#", so that "Page 3 of 8" matches "Page 4 of 8"."""
    return " ".join(_DIGITS.sub("#", text.lower()).split())


def _unmark_inner_lines(page: PageLines) -> None:
    """Unmark repeated lines that have body text between them and the edge of the page."""
    for top in (True, False):
        outside = True
        side = [line for line, at_top in outermost_lines(page) if at_top is top]
        for line in side:
            outside = outside and line.margin
            line.margin = outside and line.margin
