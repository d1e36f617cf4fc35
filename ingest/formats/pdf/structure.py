"""Headings, paragraphs, list items, headers and footers of a PDF, from the lines of all its pages.

When unsure a line belongs to the paragraph before it, and a block is a paragraph: a wrong heading
harms an answer more than a missing one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.pdf.lines import Line, PageLines
from ingest.formats.pdf.margins import is_header, mark_margins
from ingest.formats.structure.headings import is_caps_heading, is_list_item, numbered_level, opens_clause
from vault.records import Element, ElementKind

_LARGER = 1.12  # a font this much larger than the body's sets a heading apart
_SAME = 0.92  # sizes closer than this are one level
_GAP = 1.22  # a step this much longer than the usual one is a blank gap
_HEADING_LINES, _HEADING_CHARACTERS = 3, 180
_ENDS = (".", ":", ";", "?", "!", ".”", '."')


@dataclass(frozen=True, slots=True)
class _Typeface:
    """What is usual in the document."""

    size: float
    """Height in points of most characters."""
    step: float
    """Usual distance of two baselines, as a multiple of the size."""
    bold: bool
    """Most text is bold: boldness then says nothing."""
    larger: tuple[float, ...]
    """Sizes of headings in points, from the largest; those a little apart count as one."""


def structure(pages: list[PageLines]) -> list[tuple[Element, ...]]:
    """The elements of each page, in order. Marks margin lines in `pages`."""
    mark_margins(pages)
    usual = _usual(pages)
    return [_elements(page, usual) for page in pages]


def _usual(pages: list[PageLines]) -> _Typeface:
    weight: Counter[float] = Counter()
    bold = total = 0
    steps: list[float] = []
    for page in pages:
        body = [line for line in page.lines if not line.margin]
        for line in body:
            weight[round(line.size * 2) / 2] += len(line.text)
            total += len(line.text)
            bold += len(line.text) if line.bold else 0
        for above, below in pairwise(body):
            step = (above.bottom - below.bottom) / (below.size or 1)
            if 0.6 < step < 3 and abs(above.size - below.size) < 0.6:
                steps.append(step)
    size = weight.most_common(1)[0][0] if weight else 0.0
    larger: list[float] = []
    for value in sorted((value for value in weight if size and value >= size * _LARGER), reverse=True):
        if not larger or value < larger[-1] * _SAME:
            larger.append(value)
    return _Typeface(size, median(steps) if steps else 1.2, bold > total / 2, tuple(larger))


def _elements(page: PageLines, usual: _Typeface) -> tuple[Element, ...]:
    elements: list[Element] = []
    for block in _blocks(page, usual):
        first = block[0]
        if first.margin:
            kind = ElementKind.PAGE_HEADER if is_header(page, first) else ElementKind.PAGE_FOOTER
            elements.append(Element(kind, first.start, block[-1].end))
            continue
        level = 0 if first.row else _heading_level(block, usual)
        if first.row:
            kind = ElementKind.TABLE_HEADER if first.heads else ElementKind.TABLE_ROW
        elif level:
            kind = ElementKind.HEADING
        elif is_list_item(first.text):
            kind = ElementKind.LIST_ITEM
        else:
            kind = ElementKind.PARAGRAPH
        elements.append(Element(kind, first.start, block[-1].end, level))
    return tuple(elements)


def _blocks(page: PageLines, usual: _Typeface) -> list[list[Line]]:
    right = max((line.right for line in page.lines if not line.margin), default=page.width)
    blocks: list[list[Line]] = []
    for line in page.lines:
        if blocks and not _breaks(blocks[-1], line, usual, right):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _breaks(block: list[Line], line: Line, usual: _Typeface, right: float) -> bool:
    """Whether `line` begins a new block after `block`."""
    above = block[-1]
    if above.margin or line.margin:
        return above.margin is not line.margin or _far(above, line, usual)
    if above.row or line.row:
        return above.row != line.row
    if above.hyphenated:
        return False
    if abs(above.bottom - line.bottom) < 0.35 * max(above.size, line.size, 1):
        return False  # the same row: cells of a table, or a number before its clause
    larger = above.size > usual.size * _LARGER, line.size > usual.size * _LARGER
    if larger[0] is not larger[1] or (above.bold is not line.bold and _heading_level(block, usual)):
        return True
    ends = above.text.endswith(_ENDS)
    if _far(above, line, usual):
        return ends or above.bottom > line.bottom or not line.text[:1].islower()
    if _heading_level(block, usual) and not (above.bold and line.bold):
        return True
    short = above.right < right - 0.15 * max(right - above.left, 1)
    if opens_clause(line.text) or is_list_item(line.text):
        return (
            ends
            or short
            or line.left <= block[0].left + 1
            or above.text.endswith((", or", " and", " or", ","))
        )
    if line.bold and not above.bold and numbered_level(line.text):
        return True
    return ends and (short or line.left > above.left + 0.9 * line.size)


def _far(above: Line, below: Line, usual: _Typeface) -> bool:
    """Whether more than the usual step lies between two lines, or the next is higher up (a column)."""
    step = above.bottom - below.bottom
    size = max(min(above.size, below.size), 1)
    return step < -0.5 * size or step > usual.step * _GAP * size + 0.5


def _heading_level(block: list[Line], usual: _Typeface) -> int:
    """Depth of the heading that the block is; 0 when it is none."""
    text = " ".join(line.text for line in block)
    if len(block) > _HEADING_LINES or len(text) > _HEADING_CHARACTERS:
        return 0
    if sum(character.isalpha() for character in text) < 3:
        return 0
    size, below = min(line.size for line in block), len(usual.larger)
    numbered = numbered_level(text)
    if size >= usual.size * _LARGER and usual.size:
        if text.endswith((".", ",", ";")) and not numbered and len(text) > 60:
            return 0
        rank = [index for index, value in enumerate(usual.larger) if size >= value * _SAME - 0.5]
        return min((rank[0] if rank else below) + 1, 9)
    if numbered and len(block) == 1:
        return min(below + numbered, 9)
    if is_caps_heading(text) or (
        _all_bold(block, usual) and not text.endswith((".", ",", ";")) and len(text) <= 120
    ):
        return min(below + 1, 9)
    return 0


def _all_bold(block: list[Line], usual: _Typeface) -> bool:
    return not usual.bold and all(line.bold for line in block)
