"""Sheets of many layouts: whose they are, their dates, and silence where words stay unexplained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench.staff.render import render
from ingest.annotation.annotate import annotate
from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from rag.question.understanding.understood import AskedDate, Intent, Relation, Understood
from rag.question.wanted import Wanted
from rag.tables.answering import answer_from_tables, best_answer
from rag.tables.cells.days import cell_date
from rag.tables.gathering.titles import named_in_title
from rag.weights.tables import TABLES_FILE, table_sureness
from tests.rag.tables.test_tables_invariants import FIRST, PEOPLE, about, on, written
from tests.rag.tables.written import Written, source_of
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


def test_a_day_without_a_year_lies_in_the_year_of_the_rows() -> None:
    rows = [(PEOPLE[0], FIRST, 4, "Elm"), (PEOPLE[0], FIRST.replace(month=4), 5, "Elm")]
    source = source_of(written(rows, "%Y-%m-%d"))  # type: ignore[arg-type]
    supposed = FIRST.replace(year=FIRST.year + 1, month=3)
    before = AskedDate("before 1 March", Relation.BEFORE, ((supposed, supposed),), (1, 3), None)
    answer = answer_from_tables(about(PEOPLE[0], (before,)), [source])
    assert answer is not None
    assert {row.date for row in answer.rows} == {FIRST}


def test_a_period_that_begins_before_a_day_holds_before_it() -> None:
    table = [
        ["Period", "Monthly rent (£)"],
        ["1 June 2022 to 31 May 2023", "1,200.00"],
        ["1 June 2023 to 31 May 2024", "1,300.00"],
        ["1 June 2024 to 31 May 2025", "1,400.00"],
    ]
    day = date(2024, 3, 1)
    asked = Understood(
        "monthly rent before 1 March 2024", "", topic=("monthly", "rent"),
        dates=(AskedDate("before 1 March 2024", Relation.BEFORE, ((day, day),), (1, 3), 2024),),
    )  # fmt: skip
    answer = answer_from_tables(asked, [source_of(Written("rent.csv", [table]))])
    assert answer is not None
    assert "1,300.00" in answer.text


def test_two_versions_are_set_side_by_side() -> None:
    first = [["Head", "£"], ["Injury to feelings", "18,000.00"], ["Basic award", "700.00"]]
    second = [["Head", "£"], ["Injury to feelings", "14,000.00"], ["Basic award", "700.00"]]
    document = Written("schedule.csv", [first, second], headings=["Sheet v1 OLD", "Sheet v2"])
    asked = Understood(
        "injury to feelings in version 1 and in version 2?",
        "",
        topic=("injury", "feelings", "version", "1", "2"),
    )
    answer = answer_from_tables(asked, [source_of(document)])
    assert answer is not None
    assert answer.text.index("18,000.00") < answer.text.index("14,000.00")
    assert "4,000.00" in answer.text


def test_a_medicine_without_a_start_holds_until_its_stop() -> None:
    table = [
        ["Drug", "Dose", "Start", "Stop"],
        ["Metformin", "1 g", "", "13/08/2025"],
        ["Metformin", "500 mg", "13/08/2025", ""],
        ["Ramipril", "5 mg", "01/06/2025", ""],
    ]
    day = date(2025, 8, 13)
    before = AskedDate("before 13 August 2025", Relation.BEFORE, ((day, day),), (13, 8), 2025)
    asked = Understood("metformin dose", "", wanted=Wanted.DOSE, topic=("metformin", "dose"))
    source = source_of(Written("chart.csv", [table]))
    earlier = answer_from_tables(replace(asked, dates=(before,)), [source])
    assert earlier is not None
    assert earlier.text.endswith("1 g")
    now = best_answer(replace(asked, current=True), [source])
    assert now is not None
    assert "500 mg" in now.answer.text
