"""Find headings, paragraphs, list items, headers and footers of a PDF from the lines of all its pages.

In case of doubt, a line belongs to the paragraph before it, and a block is a paragraph: a wrong heading does
more harm to an answer than a missing one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.pdf.fields import mark_fields
from ingest.formats.pdf.footnotes import mark_footnotes
from ingest.formats.pdf.lines import Line, PageLines
from ingest.formats.pdf.margins import is_header, mark_margins
from ingest.formats.pdf.white_space import mark_white_space_tables
from ingest.formats.structure.headings import is_caps_heading, is_list_item, numbered_level, opens_clause
from vault.records import Element, ElementKind

_LARGER_FONT = 1.12  # a font this much larger than the body's is a heading
_SAME_SIZE = 0.92  # sizes closer than this are the same level
_GAP_FACTOR = 1.22  # a line distance this much larger than usual is a gap between blocks
_HEADING_LINES, _HEADING_CHARACTERS = 3, 180
_ENDS = (".", ":", ";", "?", "!", ".”", '."')


@dataclass(frozen=True, slots=True)
class _Typeface:
    """The usual type of the body text of a document."""

    size: float
    """The height of most lines in points."""
    step: float
    """The usual distance between two baselines, as a multiple of the size."""
    bold: bool
    """Whether most text is bold; then bold type does not mark headings."""
    larger: tuple[float, ...]
    """The sizes of headings in points, largest first; sizes close to each other count as one."""


def structure(pages: list[PageLines]) -> list[tuple[Element, ...]]:
    """Return the elements of each page, in order; this also marks the margin lines in `pages`."""
    mark_margins(pages)
    mark_white_space_tables(pages)
    for page in pages:
        mark_fields(page)
    typeface = _typeface(pages)
    for page in pages:
        mark_footnotes(page, typeface.size)
    return [_elements(page, typeface) for page in pages]


def _typeface(pages: list[PageLines]) -> _Typeface:
    """Find the usual type of the body text, weighted by characters."""
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
    for value in sorted((value for value in weight if size and value >= size * _LARGER_FONT), reverse=True):
        if not larger or value < larger[-1] * _SAME_SIZE:
            larger.append(value)
    return _Typeface(size, median(steps) if steps else 1.2, bold > total / 2, tuple(larger))


def _elements(page: PageLines, typeface: _Typeface) -> tuple[Element, ...]:
    """Return the elements of one page."""
    elements: list[Element] = []
    for block in _blocks(page, typeface):
        first = block[0]
        if first.margin:
            kind = ElementKind.PAGE_HEADER if is_header(page, first) else ElementKind.PAGE_FOOTER
            elements.append(Element(kind, first.start, block[-1].end))
            continue
        if first.footnote:
            elements.append(Element(ElementKind.NOTE, first.start, block[-1].end))
            continue
        level = 0 if first.row or first.field else _heading_level(block, typeface)
        if first.row:
            kind = ElementKind.TABLE_HEADER if first.is_header_row else ElementKind.TABLE_ROW
        elif level:
            kind = ElementKind.HEADING
        elif is_list_item(first.text):
            kind = ElementKind.LIST_ITEM
        else:
            kind = ElementKind.PARAGRAPH
        cells = page.cells.get(first.row, ()) if first.row else ()
        elements.append(Element(kind, first.start, block[-1].end, level, cells))
    return tuple(elements)


def _blocks(page: PageLines, typeface: _Typeface) -> list[list[Line]]:
    """Group the lines of a page into blocks."""
    right = max((line.right for line in page.lines if not line.margin), default=page.width)
    blocks: list[list[Line]] = []
    for line in page.lines:
        if blocks and not _begins_block(blocks[-1], line, typeface, right):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _begins_block(block: list[Line], line: Line, typeface: _Typeface, right: float) -> bool:
    """Return whether `line` begins a new block; `right` is the right edge of the text on the page."""
    above = block[-1]
    if above.margin or line.margin:
        return above.margin is not line.margin or _is_apart(above, line, typeface)
    if above.footnote or line.footnote:
        return above.footnote != line.footnote
    if above.hyphenated and not line.row:
        return False
    if above.row or line.row:
        return above.row != line.row
    if above.field or line.field:
        return above.field != line.field
    if abs(above.bottom - line.bottom) < 0.35 * max(above.size, line.size, 1):
        return False  # the same row: table cells, or a number before its clause
    larger = above.size > typeface.size * _LARGER_FONT, line.size > typeface.size * _LARGER_FONT
    if larger[0] is not larger[1] or (above.bold is not line.bold and _heading_level(block, typeface)):
        return True
    ends = above.text.endswith(_ENDS)
    if _is_apart(above, line, typeface):
        return ends or above.bottom > line.bottom or not line.text[:1].islower()
    if _heading_level(block, typeface) and not (above.bold and line.bold):
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


def _is_apart(above: Line, below: Line, typeface: _Typeface) -> bool:
    """Return whether two lines are further apart than usual, or the second is higher up (a new column)."""
    step = above.bottom - below.bottom
    size = max(min(above.size, below.size), 1)
    return step < -0.5 * size or step > typeface.step * _GAP_FACTOR * size + 0.5


def _heading_level(block: list[Line], typeface: _Typeface) -> int:
    """Return the depth of a heading; 0 if the block is not a heading."""
    text = " ".join(line.text for line in block)
    if len(block) > _HEADING_LINES or len(text) > _HEADING_CHARACTERS:
        return 0
    if sum(character.isalpha() for character in text) < 3:
        return 0
    size, below = min(line.size for line in block), len(typeface.larger)
    numbered = numbered_level(text)
    if size >= typeface.size * _LARGER_FONT and typeface.size:
        if text.endswith((".", ",", ";")) and not numbered and len(text) > 60:
            return 0
        rank = [index for index, value in enumerate(typeface.larger) if size >= value * _SAME_SIZE - 0.5]
        return min((rank[0] if rank else below) + 1, 9)
    if numbered and len(block) == 1:
        return min(below + numbered, 9)
    if is_caps_heading(text) or (
        _all_bold(block, typeface) and not text.endswith((".", ",", ";")) and len(text) <= 120
    ):
        return min(below + 1, 9)
    return 0


def _all_bold(block: list[Line], typeface: _Typeface) -> bool:
    """Return whether all lines are bold, in a document that is not mostly bold."""
    return not typeface.bold and all(line.bold for line in block)
