"""Parts of lines, and rows of a grid: what stands side by side on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,5}|\d{1,2}(?:\.\d{1,2})+)[.):]?|[•▪●○◦‣·*–—-]")
_SAME_HEIGHT = 0.5  # of the height of a line: what overlaps by more stands side by side
_TALLEST = 14  # heights of a line: a row of a table is not taller
_LOOK_BACK = 16  # rows


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a line with no wide gap between them; the y axis points up."""

    start: int
    end: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False
    hyphenated: bool = False
    """Whether its last word goes on in the next line."""

    @property
    def size(self) -> float:
        """The height of the line."""
        return max(self.top - self.bottom, 0.1)


@dataclass(slots=True)
class GridRow:
    """Lines that follow one another in the text and stand side by side on the page."""

    first: int
    last: int
    """The positions of its first and its last line."""
    parts: list[Part]
    jumps: bool = False
    """Whether it stands higher than the row before it, such as at the top of another column."""

    @property
    def top(self) -> float:
        """The upper edge."""
        return max(part.top for part in self.parts)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return min(part.bottom for part in self.parts)

    @property
    def size(self) -> float:
        """The height of its first line."""
        return self.parts[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(part.bold for part in self.parts)

    @property
    def text(self) -> str:
        """Its words, in the order of the page's text."""
        return " ".join(part.text for part in self.parts)


def _without_marker(parts: Sequence[Part]) -> list[Part]:
    """Join the number or bullet of a list item or clause with the text after it; both are no columns."""
    first, *others = parts
    if len(others) != 1 or not _MARKER.fullmatch(first.text):
        return list(parts)
    text = others[0]
    joined = Part(
        first.start, text.end, f"{first.text} {text.text}", first.left, min(first.bottom, text.bottom),
        text.right, max(first.top, text.top), first.bold and text.bold,
    )  # fmt: skip
    return [joined]


def rows_of(lines: Sequence[Sequence[Part]]) -> list[GridRow]:
    """Group the lines of a page, in the order of its text, into rows. Lines without parts are left out.

    A cell of several lines may come before the next cell, which begins higher up: all of it is one row.
    """
    rows: list[GridRow] = []
    broken = False
    for position, parts in enumerate(lines):
        if not parts:
            broken = True
            continue
        row = GridRow(position, position, list(parts), jumps=broken)
        broken = False
        beside = _row_beside(rows, row)
        if beside is None:
            row.jumps = row.jumps or (bool(rows) and row.bottom > rows[-1].top)
            rows.append(row)
            continue
        joined = rows[beside]
        for other in (*rows[beside + 1 :], row):
            joined.parts += other.parts
        joined.last = position
        del rows[beside + 1 :]
    for row in rows:
        row.parts = _without_marker(row.parts)
    return rows


def _row_beside(rows: Sequence[GridRow], line: GridRow) -> int | None:
    """Return the first of the last rows beside which a line stands; None if it stands beside none."""
    found = None
    for index in range(len(rows) - 1, max(-1, len(rows) - 1 - _LOOK_BACK), -1):
        row = rows[index]
        overlap = min(row.top, line.top) - max(row.bottom, line.bottom)
        if overlap > _SAME_HEIGHT * min(row.size, line.size):
            found = index
        elif row.bottom >= line.top:
            break
        if row.jumps:
            break
    if found is None:
        return None
    parts = [part for row in rows[found:] for part in row.parts]
    height = max(part.top for part in parts) - min(part.bottom for part in parts)
    if height > _TALLEST * line.size or any(_overprints(part, own) for part in parts for own in line.parts):
        return None
    return found


def _overprints(one: Part, other: Part) -> bool:
    """Return whether two parts overlap on the page."""
    return min(one.right, other.right) - max(one.left, other.left) > 0.3 * one.size and min(
        one.top, other.top
    ) - max(one.bottom, other.bottom) > _SAME_HEIGHT * min(one.size, other.size)
