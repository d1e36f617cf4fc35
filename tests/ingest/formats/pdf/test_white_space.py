"""Tables without rules, cells and fields of PDF pages, on pages of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.pdf_tables.__main__ import measure
from bench.pdf_tables.drawing import Drawing
from bench.pdf_tables.prose import PROSE
from bench.pdf_tables.tables import TABLES


@pytest.mark.parametrize("draw", TABLES, ids=lambda draw: draw.__name__)
def test_each_row_and_each_cell_of_a_table_is_read(tmp_path: Path, draw: Callable[[Drawing], None]) -> None:
    measured = measure(draw, 1, tmp_path)
    assert measured.missed == []
    assert measured.rows_right == measured.rows > 0
    assert measured.cells_right == measured.cells
    assert measured.fields_right == measured.fields


@pytest.mark.parametrize("draw", PROSE, ids=lambda draw: draw.__name__)
def test_what_is_no_table_has_no_rows(tmp_path: Path, draw: Callable[[Drawing], None]) -> None:
    measured = measure(draw, 1, tmp_path)
    assert measured.false_rows == 0
    assert measured.fields_right == measured.fields
