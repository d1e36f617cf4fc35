"""Rows of a table from HTML, and whether the first of them names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.html  # type: ignore[import-untyped]

_NUMBER = re.compile(r"[\s$€£¥+\-–(<>≤≥~]*\d[\d.,:/\s-]*[%)]?")
_SPAN_LIMIT = 100  # columns or rows that one cell may cover: more is a mistake or an attack


def html_rows(html: str) -> tuple[list[list[str]], bool]:
    """The cells of the first table in `html`, row by row, and whether it marks a header itself.

    A cell over several columns leaves the others empty; over several rows, its text stands in each,
    since it is true of each.
    """
    root = lxml.html.fromstring(html)
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    marked = False
    for index, row in enumerate(root.iter("tr")):
        cells: list[str] = []
        _hang(cells, hanging)
        found = [cell for cell in row if cell.tag in ("td", "th")]
        marked = marked or (index == 0 and bool(found) and all(cell.tag == "th" for cell in found))
        for cell in found:
            text = " ".join(cell.text_content().split())
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            for step in range(across):
                content = text if step == 0 else ""
                if down > 1:
                    hanging[len(cells)] = (down - 1, content)
                cells.append(content)
            _hang(cells, hanging)
        rows.append(cells)
    return rows, marked


def _hang(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Append the cells from rows above that reach down to here."""
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row that holds anything looks like column names: two or more, none a number."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        return False
    names = [cell for cell in filled[0] if cell.strip()]
    return len(names) >= 2 and not any(_NUMBER.fullmatch(cell.strip()) or len(cell) > 100 for cell in names)


def _span(value: str | None) -> int:
    return min(int(value), _SPAN_LIMIT) if value and value.isdigit() and int(value) > 0 else 1
