"""Sheets of many layouts: whose they are, their dates, and silence where words stay unexplained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.staff.render import render
from ingest.annotation.annotate import annotate
from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from rag.question.understanding.understood import Intent
from rag.tables.answering import answer_from_tables, best_answer
from rag.tables.cells.days import cell_date
from rag.tables.gathering.titles import named_in_title
from rag.weights.tables import TABLES_FILE, table_sureness
from tests.rag.tables.test_tables_invariants import FIRST, PEOPLE, about, on, written
from tests.rag.tables.written import source_of
from training.world.make import SHEETS, made_collections
from training.world.sides import Side
from vault.annotations import Annotation


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Annotation]:
    """The annotations of sheets in several layouts and formats."""
    folder: Path = tmp_path_factory.mktemp("sheets")
    found = []
    for made in made_collections(31, Side.TRAIN, 8, 4, SHEETS):
        document = made.staff.documents[0]
        if document.file.endswith(".pdf"):
            continue  # a header that the page sets as a heading is no matter of annotating
        path = render(document, folder)
        found.append(annotate(made.staff.name, path.name, document.title, read(path, ParseLimits()).pages))
    return found


def test_no_sheet_is_taken_apart_and_each_names_its_columns(sheets: list[Annotation]) -> None:
    for one in sheets:
        for table in one.tables:
            assert len(table.columns) > 2
            assert not all(name.startswith("column ") for name in table.columns)
            assert table.rows > 2


def test_a_weekday_before_a_day_and_month_makes_a_date() -> None:
    for text in ("Mo 02/09", "Tue 2.9", "Wednesday 02/09", "Fr. 2/9"):
        reading = cell_date(text)[0]
        assert reading.yearless
        assert (reading.first.day, reading.first.month) == (2, 9)
    assert cell_date("Room 02/09") == ()


def test_a_title_tells_whose_a_table_is_but_not_who_signs_it() -> None:
    names = ["Hedda Maurice", "Bruno Falk", "Dr Odile Renner"]
    assert named_in_title("Fluid chart MAURICE Hedda, GH-2207", ["Maurice Hedda"]) == "Maurice Hedda"
    assert named_in_title("Fluid chart Hedda Maurice, checked by Bruno Falk", names) == "Hedda Maurice"
    assert named_in_title("Hedda Maurice and Bruno Falk", names) == ""
    assert named_in_title("", names) == ""


def test_words_that_nothing_accounts_for_make_an_answer_unsure() -> None:
    table = [(PEOPLE[0], FIRST, 40, "Elm")]
    source = source_of(
        written([(name, day, value / 10, ward) for name, day, value, ward in table], "%Y-%m-%d")
    )  # type: ignore[misc]
    plain = about(PEOPLE[0], on(FIRST))
    stated = answer_from_tables(plain, [source])
    assert stated is not None
    unknown = replace(
        plain, text="potassium after haemolysis", topic=("potassium", "haemolysis", "centrifuge")
    )
    found = best_answer(unknown, [source])
    assert answer_from_tables(unknown, [source]) is None
    assert found is None or found.answer.confidence < stated.confidence


def test_a_count_needs_every_condition_understood() -> None:
    rows = [(PEOPLE[0], FIRST, 4, "Elm"), (PEOPLE[1], FIRST, 5, "Elm")]
    source = source_of(written(rows, "%Y-%m-%d"))  # type: ignore[arg-type]
    asked = about(None, intent=Intent.COUNT, topic=("potassium", "results", "repeated"))
    assert answer_from_tables(asked, [source]) is None


def test_the_weights_say_where_they_come_from() -> None:
    sure = table_sureness()
    assert "fit_tables" in sure.origin.command
    assert 0.5 <= sure.threshold < 1
    assert sure.signals["unexplained"] + sure.signals["unexplained_share"] < 0
    assert TABLES_FILE.name == "tables.yaml"
