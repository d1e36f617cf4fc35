"""Find lines of forms and letterheads ("Born: 3 May 1950"): each field is an element of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.formats.grid.judge import is_label
from ingest.formats.pdf.lines import Line, PageLines, parts_of

_SHORT = 0.12  # of the width of the text: a line that ends this much before its right edge is not wrapped
_ENDS = (".", ":", ";", "?", "!")
_NEAR = 1.1  # heights of a line between the lines of one field
_WIDE = 0.9  # of the height of a line: a gap that no line of prose has
_INDENT = 0.8  # heights of a line
_AROUND = 6  # lines before and after that show how wide the text is
_COLUMN = 50.0  # points: lines that begin closer together are in one column


def mark_fields(page: PageLines) -> None:
    """Set `Line.field`; a line with several fields is divided. Tables and margins must be known.

    Prose that begins with a word and a colon stays prose.
    """
    body = [line for line in page.lines if not line.margin and not line.row]
    if not any(is_label(line.text) or line.gaps for line in body):
        return
    right = max(line.right for line in body)
    widest = right - _SHORT * (right - min(line.left for line in body))
    number = 0
    lines: list[Line] = []
    for index, line in enumerate(page.lines):
        pieces = _divided(line) if not line.margin and not line.row else [line]
        edge = _edge(page.lines, index)
        if len(pieces) == 1 and not _is_field(page.lines, index, edge, widest):
            if lines and _continues(lines[-1], line, edge):
                line.field = lines[-1].field
            lines.append(line)
            continue
        for piece in pieces:
            number += 1
            piece.field = number
            lines.append(piece)
    page.lines = lines


def _edge(lines: Sequence[Line], index: int) -> float:
    """Return where a line of prose would at least end here; lines that end before are short."""
    line = lines[index]
    near = [
        other
        for other in lines[max(0, index - _AROUND) : index + _AROUND + 1]
        if not other.row and abs(other.left - line.left) < _COLUMN
    ]
    right = max(other.right for other in near) if near else line.right
    return right - _SHORT * (right - line.left)


def _divided(line: Line) -> list[Line]:
    """Divide a line before each field that stands after a wide gap."""
    parts = parts_of(line)
    starts = [0]
    for index in range(1, len(parts)):
        gap = parts[index].left - parts[index - 1].right
        if gap >= _WIDE * line.size and is_label(parts[index].text) and not line.text[0].islower():
            starts.append(index)
    if len(starts) == 1:
        return [line]
    made = []
    for first, after in zip(starts, [*starts[1:], len(parts)], strict=True):
        own = parts[first:after]
        made.append(
            replace(
                line, hyphenated=own[-1].hyphenated, start=own[0].start, end=own[-1].end,
                text=line.text[own[0].start - line.start : own[-1].end - line.start],
                left=own[0].left, right=own[-1].right,
                gaps=tuple(gap for gap in line.gaps if own[0].start < gap[0] and gap[1] < own[-1].end),
            )
        )  # fmt: skip
    return made


def _is_field(lines: Sequence[Line], index: int, edge: float, widest: float) -> bool:
    """Return whether a line is a field: it begins with a name and a colon, and no sentence goes on in it."""
    line = lines[index]
    if line.margin or line.row or not is_label(line.text):
        return False
    above = lines[index - 1] if index and not lines[index - 1].margin else None
    below = lines[index + 1] if index + 1 < len(lines) and not lines[index + 1].margin else None
    if above is not None:
        # The longest line of a form ends where the lines around it end, but not where prose would.
        full = widest if is_label(above.text) else edge
        if above.hyphenated or _wraps(above, line, full):
            return False
    if any(other is not None and is_label(other.text) and _is_near(line, other) for other in (above, below)):
        return True
    if above is not None and _is_near(above, line) and above.right >= edge:
        return False
    return line.right < edge and below is not None and not below.text[:1].islower()


def _wraps(above: Line, line: Line, edge: float) -> bool:
    """Return whether a sentence may go on from one line to the next."""
    return not above.row and above.right >= edge and not above.text.endswith(_ENDS) and _is_near(above, line)


def _is_near(one: Line, other: Line) -> bool:
    """Return whether two lines stand close together, one below the other."""
    upper, lower = (one, other) if one.bottom > other.bottom else (other, one)
    return upper.bottom - lower.top < _NEAR * lower.size


def _continues(above: Line, line: Line, edge: float) -> bool:
    """Return whether a line goes on with the value of the field above."""
    if above.field and above.hyphenated and not line.margin and not line.row:
        return True
    if not above.field or line.margin or line.row or not _is_near(above, line) or above.bottom < line.bottom:
        return False
    indented = line.left > above.left + _INDENT * line.size
    return above.right >= edge or indented or above.text.endswith(":") or line.text[:1].islower()
