"""How a file is set out: the same for one name each time, and different from name to name."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bench.staff.document import Block

TICKED, UNTICKED = "☒", "☐"
_LINE = 78
_BETWEEN_COLUMNS = 3


class Rules(StrEnum):
    """The lines of a table."""

    ALL = "all"
    ROWS = "rows"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Layout:
    """What differs from file to file."""

    rules: Rules
    serif: bool
    form_lines: bool
    """Whether fields are set as a form, the value on a line beside its label; else as "label: value"."""
    page_numbers: bool


def layout_of(file: str) -> Layout:
    """Return the layout of a file, which its name decides."""
    number = int.from_bytes(sha256(file.encode()).digest()[:4])
    rules = list(Rules)[number % 3]
    return Layout(rules, bool(number & 8), bool(number & 16), bool(number & 32))


def tick_lines(checks: dict[str, bool]) -> list[str]:
    """Return the lines of tick boxes."""
    return [f"{TICKED if ticked else UNTICKED} {label}" for label, ticked in checks.items()]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which blank lines separate."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def plain_lines(blocks: Sequence[Block], *, wrapped: bool) -> Iterator[str]:
    """Yield the lines of a page as plain text, with a blank line after each part."""
    for block in blocks:
        if block.heading:
            yield from [block.heading, "=" * len(block.heading)] if wrapped else [block.heading]
        for number, paragraph in enumerate(paragraphs(block.text or "")):
            yield from [""] if number else []
            for line in paragraph.splitlines():
                yield from _wrapped(line) if wrapped else [line]
        yield from block.lines or []
        yield from (f"- {item}" for item in block.items or [])
        yield from _columns(block.table or [])
        yield from (f"{label}: {value}" for label, value in (block.form or {}).items())
        yield from tick_lines(block.checks or {})
        if block.model_fields_set - {"sheet"}:
            yield ""


def _wrapped(line: str) -> list[str]:
    """Return the lines of a long one; the mark of a quoted mail stays before each."""
    quoted = re.match(r"[> ]*", line)
    mark = quoted.group() if quoted else ""
    return textwrap.wrap(
        line, _LINE, subsequent_indent=mark, break_long_words=False, break_on_hyphens=False
    ) or [""]


def _columns(table: list[list[str]]) -> Iterator[str]:
    """Yield the rows of a table with their columns below each other."""
    widths = [max(map(len, column)) + _BETWEEN_COLUMNS for column in zip(*table, strict=True)]
    for row in table:
        yield "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
