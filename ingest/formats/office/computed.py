"""Compute formulas of a workbook whose results the file does not hold, with the library formulas.

Programs that write workbooks without Excel, such as exports of databases, leave the results out.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from collections.abc import Mapping
from typing import Any

_MOST_FORMULAS = 2_000
_MOST_BYTES = 5 * 2**20  # of the unpacked sheets: every cell becomes a node of a graph
_CHANGING = re.compile(r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|WEBSERVICE|INFO|CELL)\s*\(", re.IGNORECASE)


def compute(
    workbook: bytes, unstored: Mapping[str, Mapping[str, str]], size: int
) -> dict[tuple[str, str], object]:
    """Return the results by (sheet, cell) of the formulas in `unstored` (sheet → cell → formula).

    Left out is what cannot be computed, and what changes with the day or by chance. `size` is the length of
    the sheets when unpacked, in bytes; of large workbooks nothing is computed.
    """
    formulas = sum(map(len, unstored.values()))
    if not formulas or formulas > _MOST_FORMULAS or size > _MOST_BYTES:
        return {}
    if any(_CHANGING.search(formula) for cells in unstored.values() for formula in cells.values()):
        unstored = {
            sheet: {cell: formula for cell, formula in cells.items() if not _CHANGING.search(formula)}
            for sheet, cells in unstored.items()
        }
    try:
        solved = _solve(workbook)
    except Exception:  # the library fails with many kinds of errors; then nothing is computed
        return {}
    found: dict[tuple[str, str], object] = {}
    for sheet, cells in unstored.items():
        for cell in cells:
            value = solved.get((sheet.upper(), cell))
            if value is not None:
                found[sheet, cell] = value
    return found


def _solve(workbook: bytes) -> dict[tuple[str, str], object]:
    """Compute the whole workbook; return the values by (sheet in capitals, cell)."""
    import formulas  # type: ignore[import-untyped]  # seconds to import, and few workbooks need it

    with (
        tempfile.NamedTemporaryFile(suffix=".xlsx") as file,
        contextlib.redirect_stderr(io.StringIO()),
    ):
        file.write(workbook)
        file.flush()
        solution = formulas.ExcelModel().loads(file.name).finish().calculate()
    values: dict[tuple[str, str], object] = {}
    for key, result in solution.items():
        place = re.fullmatch(r"'\[[^\]]*\](.*)'!([A-Z]+\d+)", str(key))
        if place is None or not hasattr(result, "value"):
            continue
        value = _plain(result.value)
        if value is not None:
            values[place[1].replace("''", "'"), place[2]] = value
    return values


def _plain(cells: Any) -> object | None:
    """Return the value of a range of one cell; None for an error or an empty cell."""
    if getattr(cells, "shape", None) != (1, 1):
        return None
    value = cells[0, 0]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, bool | str):
        return None if value == "" or str(value).startswith("#") else value
    if isinstance(value, int | float) and value == value and abs(value) < 1e300:
        return int(value) if isinstance(value, float) and value.is_integer() else value
    return None
