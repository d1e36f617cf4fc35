"""Take the line numbers in the margin of a transcript out of the text of a PDF page.

The file may hold them as a column of their own, or each before its line. What makes them a column is that
they stand left of everything else, one below the other.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from ingest.formats.pdf.lines import Line, PageLines, character_box, to_shown_coordinates
from ingest.formats.pdf.text import PageText
from ingest.formats.transcript.numbered import are_line_numbers
from vault.line_numbers import LineNumbers

_NUMBER = re.compile(r"(?P<number>\d{1,2})(?:\s+|$)")
_COLUMN = 14.0
"""Points: numbers of one column end, or begin, no further apart, whether they are set left or right."""
_SAME_ROW = 0.6
"""Of the distance of two numbers: a line whose middle is further from its number has none."""
_UNEVEN = 0.5
"""Of the usual distance of two numbers: how much one may differ."""


@dataclass(frozen=True, slots=True)
class MarginNumber:
    """A number in the margin, with its place on the page as shown."""

    number: int
    start: int
    end: int
    """Where it stands in the text, with the white space after it."""
    left: float
    right: float
    middle: float
    line: Line


def margin_numbers(
    page: Any, textpage: Any, content: PageText, layout: PageLines, *, known: bool
) -> list[MarginNumber]:
    """Return the numbers of the lines of a page, from the top; none if its lines are not numbered.

    `known` says whether a page before this one has numbered lines.
    """
    found = _in_a_column(_candidates(page, textpage, content, layout))
    if not found or not _are_even(found):
        return []
    alone = {id(one.line) for one in found if one.line.text == str(one.number)}
    beside = {id(one.line): one for one in found}
    step = _step(found)
    rows: list[tuple[float, int | None, str]] = []
    for line in layout.lines:
        if id(line) in alone:
            continue
        own = beside.get(id(line))
        text = line.text[own.end - line.start :] if own else line.text
        near = own or _nearest(found, line, step)
        if near is not None and not own and line.left < near.right:
            return []  # the numbers are not left of everything
        rows.append(((line.top + line.bottom) / 2, near.number if near else None, text))
    with_text = {number for _, number, _ in rows}
    rows += [(one.middle, one.number, "") for one in found if one.number not in with_text]
    rows.sort(key=lambda row: -row[0])
    once: list[tuple[int | None, str]] = []
    for _, number, text in rows:
        if number is None or not once or once[-1][0] != number:
            once.append((number, text))
    return found if are_line_numbers(once, known=known) else []


def without_numbers(content: PageText, numbers: Sequence[MarginNumber]) -> PageText:
    """Return the text of a page without the numbers in its margin; all other characters stay."""
    text = ""
    indexes = array("L")
    place = 0
    for one in sorted(numbers, key=lambda one: one.start):
        text += content.text[place : one.start]
        indexes.extend(content.index(offset) for offset in range(place, one.start))
        place = max(place, one.end)
    text += content.text[place:]
    indexes.extend(content.index(offset) for offset in range(place, len(content.text)))
    return PageText(text, indexes)


def numbered_lines(layout: PageLines, numbers: Sequence[MarginNumber]) -> LineNumbers:
    """Return where each line of a page starts, with its number; `layout` is of the text without numbers."""
    step = _step(numbers)
    placed = [(line.start, _nearest(numbers, line, step)) for line in layout.lines]
    return tuple(sorted((start, near.number if near else 0) for start, near in placed))


def _candidates(page: Any, textpage: Any, content: PageText, layout: PageLines) -> list[MarginNumber]:
    to_shown = to_shown_coordinates(page)
    found: list[MarginNumber] = []
    for line in layout.lines:
        match = _NUMBER.match(line.text)
        if match is None:
            continue
        last = line.start + match.end("number") - 1
        box = to_shown(character_box(textpage, content.index(last)))
        end = line.start + match.end()
        if match.end() == len(line.text):
            while end < len(content.text) and content.text[end].isspace():
                end += 1
        middle = (line.top + line.bottom) / 2
        found.append(MarginNumber(int(match["number"]), line.start, end, line.left, box[2], middle, line))
    return found


def _in_a_column(candidates: Sequence[MarginNumber]) -> list[MarginNumber]:
    """Return the candidates that stand below each other and count from 1, from the top."""
    best: list[MarginNumber] = []
    for first in candidates:
        if first.number != 1:
            continue
        column = sorted(
            (one for one in candidates if abs(one.right - first.right) <= _COLUMN),
            key=lambda one: -one.middle,
        )
        counted = [first]
        for one in column:
            if one.middle < counted[-1].middle and one.number == counted[-1].number + 1:
                counted.append(one)
        if len(counted) > len(best):
            best = counted
    return best if len(best) > 1 else []


def _are_even(found: Sequence[MarginNumber]) -> bool:
    """Return whether the numbers are as far apart from each other as lines are."""
    step = _step(found)
    return all(abs(a.middle - b.middle - step) <= _UNEVEN * step for a, b in pairwise(found))


def _step(found: Sequence[MarginNumber]) -> float:
    return median(a.middle - b.middle for a, b in pairwise(found))


def _nearest(found: Sequence[MarginNumber], line: Line, step: float) -> MarginNumber | None:
    middle = (line.top + line.bottom) / 2
    near = min(found, key=lambda one: abs(one.middle - middle))
    return near if abs(near.middle - middle) <= _SAME_ROW * step else None
