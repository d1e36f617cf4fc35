"""The numbers that a transcript gives its lines in the margin: a place there is a page with its lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

LineNumbers = tuple[tuple[int, int], ...]
"""(offset on the page where the text of a line starts, its number), in order; 0 for a line without one."""


def numbers_between(lines: LineNumbers, start: int, end: int) -> Sequence[int]:
    """Return the numbers of the lines that a part of the page stands in, in order."""
    beginnings = [offset for offset, _ in lines]
    ends = [*beginnings[1:], max(end, beginnings[-1] + 1)] if lines else []
    return [
        number
        for (first, number), last in zip(lines, ends, strict=True)
        if number and first < end and start < last
    ]


def in_words(numbers: Sequence[int]) -> str:
    """Return the numbers as they are said after "line" or "lines": "7", "7 to 9"; empty for none."""
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    return str(first) if first == last else f"{first} to {last}"


def dump_lines(lines: LineNumbers) -> str:
    """Return numbered lines as JSON; empty for none, as almost all pages have."""
    return json.dumps(lines, separators=(",", ":")) if lines else ""


def load_lines(stored: str) -> LineNumbers:
    """Return what `dump_lines` was given."""
    return tuple((start, number) for start, number in json.loads(stored)) if stored else ()
