"""Find footnotes of a PDF: smaller type at the foot of a page, each beginning with its mark.

Their words are not part of the paragraph above them, which may go on over the page.
"""

from __future__ import annotations

import re

from ingest.formats.pdf.lines import Line, PageLines

_SMALLER = 0.93
"""Share of the size of the body's type under which type is smaller."""
_MARK = re.compile(r"(?P<open>[(\[]?)(?P<mark>\d{1,3}|[*†‡§¶]{1,3})[)\]]?[.:]?\s*(?=[^\W\d_]|[\"“‘'(\[])")
_LEAST_BODY = 0.4
"""Share of the lines of a page that must be in the type of the body."""
_OVERLAP = 3.0
"""Points by which a footnote may reach into the line above it."""


def mark_footnotes(page: PageLines, size: float) -> None:
    """Set `Line.footnote` of the lines of footnotes; `size` is the height of the body's type in points."""
    lines = [line for line in page.lines if not line.margin]
    first = len(lines)
    while first and _is_small(lines[first - 1], size):
        first -= 1
    body, tail = lines[:first], lines[first:]
    normal = sum(not _is_small(line, size) for line in body)
    if not tail or normal < _LEAST_BODY * len(lines):
        return
    text = "\n".join(line.text for line in body)
    lowest = min(line.bottom for line in body)
    number, last = 0, 0
    for line in tail:
        if line.top > lowest + _OVERLAP:
            continue
        mark = _MARK.match(line.text)
        if mark is not None and _is_next(mark["mark"], last) and _is_referred_to(mark["mark"], text):
            number += 1
            last = int(mark["mark"]) if mark["mark"].isdigit() else 0
        line.footnote = number


def _is_small(line: Line, size: float) -> bool:
    return line.size < size * _SMALLER and not line.row and not line.field


def _is_next(mark: str, last: int) -> bool:
    """Return whether a mark may follow the footnote with the number `last`; 0 is any other mark, or none."""
    return not last or not mark.isdigit() or int(mark) == last + 1


def _is_referred_to(mark: str, text: str) -> bool:
    """Return whether the mark stands directly behind a word of the text."""
    if not mark.isdigit():
        return mark in text
    return re.search(rf"(?:[^\W\d_]|[^\W\d_][.,;:)”’\"'])[\[(]?{mark}(?!\d)", text) is not None
