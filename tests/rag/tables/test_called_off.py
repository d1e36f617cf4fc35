"""Rows of appointments that were called off, and rows that hold from one day to another."""

from __future__ import annotations

import pytest

from rag.tables.asking.asked import asked_of
from rag.tables.grids.columns import column_of
from rag.tables.grids.grid import GridCell, GridRow
from rag.tables.planning.cancelled import without_called_off
from tests.rag.evidence.annotated import sentence
from tests.rag.tables.questions import question

TEXT = "Diary\n\nRow of a table."


def row(number: int, *cells: str) -> GridRow:
    whole = sentence(TEXT, "Row")
    return GridRow(number, tuple(GridCell(text, whole) for text in cells), whole)


ROWS = [row(0, "3 July 2026", "scan", "cancelled by ward"), row(1, "9 July 2026", "scan", "booked")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("When is the next scan booked?", [1]),
        ("When was the scan that was cancelled?", [0, 1]),
        ("Who does the scan?", [0, 1]),
    ],
)
def test_what_was_called_off_is_no_appointment_unless_it_is_asked_for(text: str, left: list[int]) -> None:
    assert [one.number for one in without_called_off(asked_of(question(text)), ROWS)] == left


def test_columns_say_from_when_and_until_when_a_row_holds() -> None:
    assert all(column_of(0, name).begins for name in ("From", "Started", "Commenced"))
    assert all(column_of(0, name).ends for name in ("Until", "Ceased", "Stopped", "Discontinued"))
    assert not any(column_of(0, name).ends for name in ("Dose", "Result"))
