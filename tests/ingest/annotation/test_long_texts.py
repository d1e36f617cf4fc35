"""Text that repeats itself for long is annotated in time that grows with its length, not with its square."""

import sys
from collections.abc import Callable

import pytest

from ingest.annotation.annotate import annotate
from vault.records import Element, ElementKind, Page


def annotate_rows(rows: list[str]) -> int:
    elements, start = [], 0
    for row in rows:
        elements.append(Element(ElementKind.TABLE_ROW, start, start + len(row)))
        start += len(row) + 1
    page = Page(1, "\n".join(rows), tuple(elements))
    return len(annotate("0" * 64, "rows.csv", "", [page]).sentences)


def calls_of(act: Callable[[], object]) -> int:
    """Count the functions that are called; unlike time, the same on every machine."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("row", ["a | b", "ward", "ward: north", "Name | "])
def test_twice_as_many_like_rows_cost_twice_as_much(row: str) -> None:
    annotate_rows([row] * 10)
    few, many = (calls_of(lambda count=count: annotate_rows([row] * count)) for count in (400, 800))
    assert many < few * 2.5


def test_a_table_with_thousands_of_bare_names_is_annotated() -> None:
    assert annotate_rows(["ward"] * 3_000) == 3_000


@pytest.mark.parametrize("piece", ["1:", "12/", "(a)(", "a-", "R-0"])
def test_a_long_run_of_the_same_marks_is_annotated(piece: str) -> None:
    # A rule that looks ahead over the whole run from each of its places takes longer than a test may.
    text = piece * (300_000 // len(piece))
    page = Page(1, text, (Element(ElementKind.PARAGRAPH, 0, len(text)),))
    assert annotate("0" * 64, "run.txt", "", [page]).sentences
