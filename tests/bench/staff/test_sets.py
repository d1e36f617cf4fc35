"""A set is loaded whole, or the message says which file and field to correct, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.staff.sets import load_set
from tests.bench.staff.made import MAIL, write_yaml
from vault.errors import EvaluationError

DOCUMENT: dict[str, Any] = {"file": "letter.pdf", "pages": [[{"text": "Potassium was 3.4 on 13 May."}]]}
QUESTION: dict[str, Any] = {
    "id": "potassium",
    "question": "Potassium on 13 May?",
    "kind": "value by date",
    "answerable": True,
    "must": ["3.4"],
    "document": "letter.pdf",
    "page": 1,
}


def write(folder: Path, document: object = DOCUMENT, questions: object = (QUESTION,)) -> Path:
    write_yaml(folder / "documents" / "orme" / "letter.yaml", document)
    write_yaml(
        folder / "questions" / "orme.yaml", list(questions) if isinstance(questions, tuple) else questions
    )
    return folder


def complaint(folder: Path) -> str:
    with pytest.raises(EvaluationError) as caught:
        load_set(folder)
    return str(caught.value)


def test_a_set_is_loaded(tmp_path: Path) -> None:
    (collection,) = load_set(write(tmp_path))
    assert collection.name == "orme"
    (question,) = collection.questions
    assert question.documents == ["letter.pdf"]
    assert collection.documents_of(question) == [collection.documents[0]]


def test_a_sheet_is_named_in_a_part_of_its_own_or_for_the_whole_page(tmp_path: Path) -> None:
    table = [["a", "b"], ["1", "2"]]
    pages = [[{"sheet": "One"}, {"table": table}], [{"sheet": "Two", "table": table}],
             {"sheet": "Three", "table": table}]  # fmt: skip
    question = {**QUESTION, "document": "b.xlsx"}
    (collection,) = load_set(write(tmp_path, {"file": "b.xlsx", "pages": pages}, (question,)))
    names = [[part.sheet for part in page if part.sheet] for page in collection.documents[0].pages]
    assert names == [["One"], ["Two"], ["Three"]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"must": [3.4]}, "must.0: it must be text, but it is 3.4: put it in quotes"),
        ({"must": [True]}, "put it in quotes"),
        ({"must": ["3.4|"]}, "write it out"),
        ({"must": []}, "must: an answerable question needs it"),
        ({"kind": "value by day"}, "kind: it must be one of 'plain fact', "),
        ({"muss": ["3.4"]}, "muss: no such field is known: remove it or correct its name"),
        ({"document": "other.pdf"}, "Name one of 'letter.pdf'"),
        ({"page": 2}, "has no page 2. Give one from 1 to 1"),
        ({"answerable": False}, "remove them"),
        ({"kind": "follow-up"}, "history: a follow-up needs the questions before it"),
        ({"kind": "unanswerable"}, "correct one of the two"),
    ],
)
def test_a_mistake_in_a_question_is_named(changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    said = complaint(write(tmp_path, questions=({**QUESTION, **changes},)))
    assert "orme.yaml, question 'potassium'" in said
    assert words in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file": "letter.odt"}, "file: 'letter.odt' must be a file name"),
        ({"file": "../letter.pdf"}, "without a folder"),
        ({"pages": [[{"table": [["a", "b"], ["1"]]}]]}, "row 2 has 1 cells and the first row 2"),
        ({"pages": [[{"table": [["a"], [3.4]]}]]}, "pages.0.0.table.1.0: it must be text"),
        ({"pages": [[{"heading": "a", "text": "b"}]]}, "exactly one of heading"),
        ({"pages": [[{"checks": {"Signed": "x"}}]]}, "pages.0.0.checks.Signed: it must be true or false"),
        ({"pages": []}, "pages: it must not be empty"),
        ({"file": "a.txt", "pages": [[{"text": "a"}], [{"text": "b"}]]}, ".txt has one page"),
        ({"file": "a.csv"}, "a csv has exactly one table"),
        ({"file": "a.eml"}, "mail: a message (.eml) has it"),
        ({"file": "a.eml", "mail": {**MAIL, "date": "17 May"}}, "mail.date: '17 May' is no date"),
    ],
)
def test_a_mistake_in_a_document_is_named(changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    said = complaint(write(tmp_path, {**DOCUMENT, **changes}))
    assert "letter.yaml" in said
    assert words in said


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    said = complaint(write(tmp_path, questions=({"id": "x"},)))
    for field in ("question", "kind", "answerable"):
        assert f"{field}: it is missing: add it" in said


def test_an_id_is_used_once_in_a_set(tmp_path: Path) -> None:
    assert "'potassium' is the id of 2 questions" in complaint(
        write(tmp_path, questions=(QUESTION, QUESTION))
    )


def test_what_is_missing_of_a_set_is_named(tmp_path: Path) -> None:
    assert "is not a set of staff questions" in complaint(tmp_path)
    write_yaml(tmp_path / "questions" / "orme.yaml", [QUESTION])
    assert "has no documents" in complaint(tmp_path)
    write(tmp_path)
    write_yaml(tmp_path / "documents" / "other" / "letter.yaml", DOCUMENT)
    assert "other has no questions" in complaint(tmp_path)


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "questions" / "orme.yaml").write_text("- id: [")
    assert "orme.yaml cannot be read as YAML" in complaint(tmp_path)
    (tmp_path / "questions" / "orme.yaml").write_text("id: potassium")
    assert "must be a list of questions" in complaint(tmp_path)
