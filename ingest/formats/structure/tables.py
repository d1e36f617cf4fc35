"""Read the rows of an HTML table, and find out whether the first row names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import lxml.html  # type: ignore[import-untyped]

_NUMBER = re.compile(r"[\s$€£¥+\-–(<>≤≥~]*\d[\d.,:/\s-]*[%)]?")
_SPAN_LIMIT = 100  # columns or rows that a cell may span: more is a mistake or an attack


def html_rows(html: str) -> tuple[list[list[str]], bool]:
    """Return the rows of the tables in `html`, and whether the HTML marks the first row as a header.

    A cell that spans several columns has its text in the first of them. A cell that spans several rows has
    its text in each of them, because it applies to each.
    """
    root = lxml.html.fromstring(html)
    rows: list[list[str]] = []
    spanning: dict[int, tuple[int, str]] = {}
    marked = False
    for index, row in enumerate(root.iter("tr")):
        cells: list[str] = []
        _add_spanning_cells(cells, spanning)
        found = [cell for cell in row if cell.tag in ("td", "th")]
        marked = marked or (index == 0 and bool(found) and all(cell.tag == "th" for cell in found))
        for cell in found:
            text = " ".join(cell.text_content().split())
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            for step in range(across):
                content = text if step == 0 else ""
                if down > 1:
                    spanning[len(cells)] = (down - 1, content)
                cells.append(content)
            _add_spanning_cells(cells, spanning)
        rows.append(cells)
    return rows, marked


def spread_spans(table: Any) -> None:
    """Write out the cells of a table (of lxml) that span columns or rows, so that each row has all its cells.

    As in `html_rows`, the text of a cell stands in each of its rows and in the first of its columns. Cells of
    tables inside the table stay as they are.
    """
    spanning: dict[int, tuple[int, Any]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is not table:
            continue
        column = 0
        for cell in [cell for cell in row if cell.tag in ("td", "th")]:
            column = _insert_spanning(row, cell, column, spanning)
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            for attribute in ("rowspan", "colspan"):
                cell.attrib.pop(attribute, None)
            place = cell
            for step in range(across):
                if step:
                    empty = place.makeelement(cell.tag, {})
                    place.addnext(empty)
                    place = empty
                if down > 1:
                    spanning[column + step] = (down - 1, cell if step == 0 else None)
            column += across
        _insert_spanning(row, None, column, spanning)


def _insert_spanning(row: Any, before: Any, column: int, spanning: dict[int, tuple[int, Any]]) -> int:
    """Insert copies of the cells of rows above that also span this row; return the column after them."""
    while column in spanning:
        left, cell = spanning.pop(column)
        if left > 1:
            spanning[column] = (left - 1, cell)
        made = row.makeelement("td", {}) if cell is None else deepcopy(cell)
        made.tail = None
        if before is None:
            row.append(made)
        else:
            before.addprevious(made)
        column += 1
    return column


def _add_spanning_cells(cells: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    """Append the cells of rows above that also span this row."""
    while len(cells) in spanning:
        left, text = spanning.pop(len(cells))
        if left > 1:
            spanning[len(cells)] = (left - 1, text)
        cells.append(text)


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row that is not empty looks like column names: two or more, none a number."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        return False
    names = [cell for cell in filled[0] if cell.strip()]
    return len(names) >= 2 and not any(_NUMBER.fullmatch(cell.strip()) or len(cell) > 100 for cell in names)


def _span(value: str | None) -> int:
    """Return the number of columns or rows that a cell spans."""
    return min(int(value), _SPAN_LIMIT) if value and value.isdigit() and int(value) > 0 else 1
