"""Counts and lists with a condition on cells, on tables whose headers are read from odd places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from rag.direct.answer import DirectAnswer
from rag.question.understanding.understand import understand
from rag.tables.answering import answer_from_tables
from rag.tables.grids.headers import names_in
from rag.tables.grids.source import TableSource
from tests.rag.tables.read_files import read_source

TODAY = date(2025, 11, 3)
LENT = [
    ["Tag", "Object", "Holder", "Out", "Back", "Remark"],
    ["K-11", "walking frame", "Oyelowo P", "02/09/25", "", ""],
    ["K-12", "walking frame", "Hartwig S", "05/09/25", "29/09/25", "squeaks"],
    ["K-20", "shower stool", "Hartwig S", "11/09/25", "", "tall one"],
    ["K-31", "nebuliser", "Marsh Lodge", "12/09/25", "01/10/25", ""],
    ["K-32", "nebuliser", "Oyelowo P", "20/09/25", "", ""],
]
SHELVES = [
    ["Line", "Pack", "Minimum", "1 October", "Used", "28 October", "Price"],
    ["swabs", "bag", "10", "14", "5", "9", "2.10"],
    ["saline", "box", "4", "6", "2", "4", "8.90"],
    ["gloves M", "box", "12", "20", "13", "7", "5.60"],
    ["syringes", "bag", "6", "9", "1", "8", "3.25"],
]
READINGS = [
    ["Checked", "Pressure", "Nurse"],
    ["04/08/25", "128", "TL"],
    ["18/08/25", "151", "TL"],
    ["01/09/25", "139", "BW"],
    ["15/09/25", "162", "BW"],
    ["29/09/25", "133", "TL"],
]
CULTURES = [
    ["Lab no", "Taken", "Specimen", "Result"],
    ["P-104", "02/09 08:10", "BC left arm", "Strep. pneumoniae (SPN)"],
    ["P-105", "02/09 08:25", "BC right arm", "No growth"],
    ["P-117", "04/09 11:00", "Urine", "Strep. pneumoniae (SPN)"],
    ["P-130", "07/09 09:40", "BC left arm", "Strep. pneumoniae (SPN)"],
]
ANALYTES = [
    ["Analyte", "Unit", "Ref", "02/09", "04/09", "07/09", "11/09"],
    ["CRP", "mg/L", "<5", "88", "140", "61", "19"],
    ["Creat", "umol/L", "59-104", "98", "133", "121", "104"],
    ["Alb", "g/L", "35-50", "36", "31", "30", "33"],
]
GIVEN = [
    ["Drug", "Date", "Time", "Dose mg", "Sig"],
    ["Oramorph", "02/09", "09:00", "2.5", "TL"],
    ["Oramorph", "02/09", "14:30", "5", "BW"],
    ["Oramorph", "03/09", "21:00", "5", "TL"],
    ["Oramorph", "02/09", "22:10", "2.5", "TL"],
]
LIST = [
    ["Slot", "Name", "Reason", "Outcome"],
    ["09:00", "OYELOWO Prudence", "ear check", "DNA"],
    ["09:20", "HARTWIG Sigrun", "stitches out", "seen"],
    ["09:40", "TIBBS Roland", "flu jab", "DNA"],
]
EXPORT = [
    ["ref", "pt", "when", "for", "state"],
    ["B-1", "OYELOWO Prudence", "2025-10-14 09:00", "ear check", "DNA"],
    ["B-2", "TIBBS Roland", "2025-10-21 10:00", "flu jab", "booked"],
]
DOCUMENTS: list[dict[str, Any]] = [
    {
        "file": "cupboard 2025.xlsx",
        "pages": [
            [{"sheet": "lent out"}, {"table": LENT}],
            [{"sheet": "shelves"}, {"table": SHELVES}],
        ],
    },
    {
        "file": "pressures 2025.xlsx",
        "pages": [
            [{"sheet": "Hartwig S"}, {"lines": ["Sigrun Hartwig - RANGE 120-140"]}, {"table": READINGS}],
        ],
    },
    {
        "file": "laboratory 2025.xlsx",
        "pages": [
            [{"sheet": "chemistry"}, {"table": ANALYTES}],
            [{"sheet": "cultures"}, {"table": CULTURES}],
            [{"sheet": "as required"}, {"table": GIVEN}],
        ],
    },
    {
        "file": "clinic list Tue 14 October 2025.docx",
        "pages": [[{"heading": "Clinic list - Tuesday 14 October 2025"}, {"table": LIST}]],
    },
    {"file": "export_oct.csv", "pages": [[{"table": EXPORT}]]},
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TableSource]:
    """The documents in one collection, read from files."""
    with read_source("counted", DOCUMENTS, tmp_path_factory.mktemp("counted")) as source:
        yield source


def ask(source: TableSource, question: str) -> DirectAnswer | None:
    """The answer of the tables to a question."""
    return answer_from_tables(understand(question, (), [source.sentences], today=TODAY), [source])


@pytest.mark.parametrize(
    ("question", "said", "rows"),
    [
        ("How many things on the lent out sheet have not come back?", ": 3", 3),
        ("Which lines were below their minimum on 28 October?", "swabs", 2),
        ("Which lines were below their minimum on 28 October?", "gloves M", 2),
        ("How many pressures of Sigrun Hartwig were outside her range?", ": 2", 2),
        ("How many of the blood cultures grew SPN?", ": 2", 2),
        ("How many DNAs on the list of 14 October?", ": 2", 2),
        ("Oramorph on 2 September: how much altogether, in mg?", "10 mg", 3),
        ("What was the creatinine on 4 September?", "133", 1),
    ],
)
def test_rows_that_meet_a_condition_are_counted_listed_or_added_up(
    source: TableSource, question: str, said: str, rows: int
) -> None:
    answer = ask(source, question)
    assert answer is not None
    assert said in answer.text
    assert len(answer.citations) == rows


@pytest.mark.parametrize(
    "question",
    [
        "How many DNAs on 14 October?",  # the list and the export may say the same twice
        "How many things on the shelves sheet have not come back?",  # no column says what came back
    ],
)
def test_nothing_is_counted_where_the_table_or_its_column_is_not_sure(
    source: TableSource, question: str
) -> None:
    assert ask(source, question) is None


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Slot Name Seen by Rm What happened", ["Slot", "Name", "Seen by", "Rm", "What happened"]),
        ("Drug / route Dose (mg) From", ["Drug / route", "Dose (mg)", "From"]),
    ],
)
def test_words_in_small_letters_go_on_the_name_before_them(header: str, names: list[str]) -> None:
    assert names_in(header) == names
