"""Put the text of a PDF page in reading order where its columns were written row by row.

Most programs write one column after another, and their order stays. Where a row of the left column is
followed by one of the right column, line after line, the page is divided as a recognised one is.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from ingest.formats.grid.parts import Part
from ingest.formats.ocr.lines import RecognisedLine, RecognisedWord
from ingest.formats.ocr.rows import OcrRow, split_columns
from ingest.formats.pdf.lines import Line, PageLines, parts_of
from ingest.formats.pdf.text import PageText

_ROWS = 4  # with text on both sides: fewer are no columns
_LONG = 15  # characters of a part of a row of prose; only a first check
_GOES_ON = 0.3  # share of the lines of a column that begin within a sentence
_FILLED = 0.75  # of the width of a column: a typical line of prose fills it
_LINE_END = "\r\n"


def in_reading_order(layout: PageLines, content: PageText) -> PageText | None:
    """Return the text of the page with one column after another; None if its order is right as it is.

    Every character stays; only white space between lines changes.
    """
    beside = sum(b.left > a.right and b.top > a.bottom for a, b in pairwise(layout.lines))
    if beside + sum(map(_has_two_long_parts, layout.lines)) < _ROWS:
        return None
    rows = _rows(layout.lines)
    if sum(_may_be_columns(row) for row in rows) < _ROWS:
        return None
    pieces: dict[int, Part] = {}
    ocr_rows: list[OcrRow] = []
    for row in rows:
        cells: list[RecognisedLine] = []
        for part in row:
            edges = part.left, layout.height - part.top, part.right, layout.height - part.bottom
            cells.append(RecognisedLine((RecognisedWord(part.text, edges),), edges, 0.0, 1.0))
            pieces[id(cells[-1])] = part
        top, bottom = min(cell.edges[1] for cell in cells), max(cell.edges[3] for cell in cells)
        ocr_rows.append(OcrRow(tuple(cells), top, bottom))
    groups = [
        [[pieces[id(cell)] for cell in row.cells] for row in group] for group in split_columns(ocr_rows)
    ]
    starts = [part.start for group in groups for row in group for part in row]
    row_of = {part.start: number for number, row in enumerate(rows) for part in row}
    if starts == sorted(starts) or not _are_prose(groups, row_of):
        return None
    return _joined(groups, content)


def _rows(lines: Sequence[Line]) -> list[list[Part]]:
    """Return the parts of each row: those of a line, and of the lines after it at the same height."""
    rows: list[list[Part]] = []
    for line in lines:
        parts = parts_of(line)
        if rows:
            last = rows[-1][-1]
            middle = (line.top + line.bottom) / 2
            if last.bottom < middle < last.top and parts[0].left > last.right:
                rows[-1] += parts
                continue
        rows.append(parts)
    return rows


def _has_two_long_parts(line: Line) -> bool:
    """Return whether a line has much text on both sides of a wide gap."""
    return any(gap[0] - line.start >= _LONG <= line.end - gap[1] for gap in line.gaps)


def _may_be_columns(row: Sequence[Part]) -> bool:
    """Return whether two parts of a row are long enough for prose in columns."""
    return len(row) > 1 and sum(len(part.text) >= _LONG for part in row) > 1


def _are_prose(groups: Sequence[Sequence[Sequence[Part]]], row_of: Mapping[int, int]) -> bool:
    """Return whether the columns that stand side by side are prose: cells of a table stay in their rows.

    `row_of` has the number of the row in which each part stands, by its start.
    """
    columns = Counter(number for group in groups for number in {row_of[row[0].start] for row in group})
    for group in groups:
        beside = [row for row in group if columns[row_of[row[0].start]] > 1]
        if len(beside) < _ROWS:
            continue
        left, right = min(row[0].left for row in beside), max(row[-1].right for row in beside)
        filled = median((row[-1].right - row[0].left) / max(right - left, 1.0) for row in beside)
        goes_on = sum(row[0].text[0].islower() for row in beside)
        if filled < _FILLED or goes_on < _GOES_ON * len(beside):
            return False
    return True


def _joined(groups: Sequence[Sequence[Sequence[Part]]], content: PageText) -> PageText:
    """Return the parts in this order, each row on a line of its own."""
    text = ""
    indexes = array("L")
    rows = [row for group in groups for row in group]
    for number, row in enumerate(rows):
        following = rows[number + 1][0].text if number + 1 < len(rows) else ""
        for place, part in enumerate(row):
            if place:
                text += " "
                indexes.append(indexes[-1])
            end = part.end
            words = content.text[part.start : end]
            if place == len(row) - 1 and _is_broken(words, following):
                words = words[:-1] + "\ufffe"
            text += words
            indexes.extend(content.index(offset) for offset in range(part.start, end))
        if content.text[row[-1].end : row[-1].end + 1] == "\ufffe":
            text += "\ufffe"
            indexes.append(content.index(row[-1].end))
        if number + 1 < len(rows):
            text += _LINE_END
            indexes.extend([indexes[-1]] * len(_LINE_END))
    return PageText(text, indexes)


def _is_broken(words: str, following: str) -> bool:
    """Return whether a line ends within a word, which goes on in the line that follows."""
    return len(words) > 1 and words[-1] == "-" and words[-2].isalpha() and following[:1].islower()
