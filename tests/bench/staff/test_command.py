"""The command: documents become files and are loaded, questions are asked, and tables are printed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from bench.staff import __main__ as command
from bench.staff.asking import Asked, ask_all
from bench.staff.figures import counts, table_by_kind, table_of_aims, went_wrong
from bench.staff.judge import Judged, Judgement
from bench.staff.sets import StaffCollection
from tests.bench.staff.made import staff_document, staff_question
from vault.embedding.embedder import Embedder
from vault.errors import EvaluationError
from vault.settings import Settings


def asked(judgement: Judgement, gold: bool | None = True, **changes: Any) -> Asked:
    judged = Judged(judgement, gold, "misses '3.4'", "Mr Alfred Orme,\nborn 3 June 1951")
    return Asked("orme", staff_question(**changes), {}, judged)


RUN = [
    asked(Judgement.RIGHT),
    asked(Judgement.WRONG, gold=False, id="second", history=["And before?"], because="row of 13 May"),
    asked(Judgement.REFUSED, kind="computed", gold=None),
    asked(Judgement.REFUSED, answerable=False, kind="unanswerable", gold=None),
    asked(Judgement.WRONG, answerable=False, kind="unanswerable", gold=None, id="landlord"),
]


def test_the_table_counts_by_kind_and_keeps_questions_without_an_answer_apart() -> None:
    assert table_by_kind(RUN)[2:] == [
        "| value by date | 2 | 1 | 0 | 1 | 0 | 1 of 2 |",
        "| computed | 1 | 0 | 0 | 0 | 1 |  |",
        "| **all that have an answer** | 3 | 1 | 0 | 1 | 1 | 1 of 2 |",
        "| unanswerable | 2 | 1 |  | 1 |  |  |",
    ]
    assert counts(RUN)["unanswerable"] == {"right": 0, "partly": 0, "wrong": 1, "refused": 1}


def test_shares_stand_beside_the_aims() -> None:
    table = "\n".join(table_of_aims(RUN))
    assert "| right | 33 % of 3 | ≥ 85 % |" in table
    assert "| answered though the documents do not say it | 50 % of 2 | ≤ 10 % |" in table
    assert "| gold in the evidence | 50 % of 2 | ≥ 97 % |" in table
    assert "| right |  | ≥ 85 % |" in "\n".join(table_of_aims([]))


def test_what_went_wrong_is_listed_with_what_was_said() -> None:
    lines = "\n".join(went_wrong(RUN))
    assert "- **second** (orme, value by date): wrong, misses '3.4'" in lines
    assert "  - before: And before?" in lines
    assert "  - expected: 3.4 (letter.pdf: row of 13 May)" in lines
    assert "  - said: Mr Alfred Orme, born 3 June 1951" in lines
    assert "**landlord**" in lines
    assert lines.count("- **") == 3


def test_the_final_set_is_asked_with_once_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["final"]) == 2
    assert "asked once, at the very end" in capsys.readouterr().err


def test_a_collection_that_the_set_does_not_have_is_named() -> None:
    arguments = argparse.Namespace(set="choose", collections=["nobody"], once=False)
    with pytest.raises(EvaluationError, match="no collection 'nobody'"):
        command.run(arguments)


def test_questions_are_asked_of_the_files_of_their_collection(
    tmp_path: Path, embedder: Embedder, settings: Settings, parsers_lent: None
) -> None:
    text = "The consultant of Mr Orme is Dr Quill. His hospital number is K-220417."
    letter = staff_document("letter.txt", [[{"text": text}]])
    note = staff_document("note.csv", [[{"table": [["Name", "Consultant"], ["Mrs Hart", "Dr Vane"]]}]])
    questions = [
        staff_question(
            question="Who is the consultant?", must=["Quill"], must_not=["Vane"], document="letter.txt"
        ),
        staff_question(
            id="next", question="And his hospital number?", history=["Who is the consultant of Mr Orme?"],
            kind="follow-up", must=["K-220417"], must_not=[], document="letter.txt",
        ),
    ]  # fmt: skip
    collections = [
        StaffCollection("orme", (letter,), tuple(questions)),
        StaffCollection("hart", (note,), (staff_question(id="other", kind="person", document="note.csv"),)),
    ]
    kinds = ("value by date", "follow-up")
    said: list[str] = []
    found = list(ask_all(collections, kinds, tmp_path / "files", embedder, None, settings, said.append))
    assert said == ["orme: 1 documents, 2 questions"]
    assert [one.judged.judgement for one in found] == [Judgement.RIGHT, Judgement.RIGHT]
    assert [one.judged.gold_in_evidence for one in found] == [True, True]
    assert found[1].answer["rewritten"]
    assert (tmp_path / "files" / "orme" / "letter.txt").is_file()
    assert found[0].as_json()["judgement"] == "right"
