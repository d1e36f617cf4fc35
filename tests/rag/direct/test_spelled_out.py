"""A count or sum says in its line what it is made of, where that is short."""

from __future__ import annotations

import pytest

from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.direct.spelled_out import spelled_out
from rag.verification.verify import Verdict
from vault.records import Citation

PLACE = Citation("rota.csv", "0" * 64, 1, 0, 1, "x", "matter")


def answer(form: AnswerForm, text: str, *rows: tuple[str, str]) -> DirectAnswer:
    made = tuple(AnswerRow(label, said, PLACE) for label, said in rows)
    return DirectAnswer(text, Verdict.COMPUTED, (PLACE,), form, confidence=1.0, rows=made)


def test_a_sum_names_what_is_added() -> None:
    summed = answer(AnswerForm.SUM, "Sum, Beds: 84", ("Maple", "48"), ("Rowan", "36"))
    assert spelled_out(summed).text == "Sum, Beds: 84: 48 + 36"
    assert spelled_out(summed).rows == summed.rows


def test_a_count_names_what_is_counted_once() -> None:
    counted = answer(
        AnswerForm.COUNT, "3", ("Mrs Orme", "apixaban"), ("Mr Tarn", "Mr Tarn, bed 4"), ("Bo", "")
    )
    assert spelled_out(counted).text == "3: Mrs Orme: apixaban, Mr Tarn, Bo"


@pytest.mark.parametrize(
    "said",
    [
        answer(AnswerForm.VALUE, "48", ("Maple", "48"), ("Rowan", "36")),
        answer(AnswerForm.COUNT, "1", ("Maple", "48")),
        answer(AnswerForm.COUNT, "9", *[(f"Ward {number}", "") for number in range(9)]),
        answer(AnswerForm.COUNT, "2", ("Maple", "x" * 61), ("Rowan", "36")),
        answer(AnswerForm.COUNT, "2: apixaban and ramipril", ("", "apixaban"), ("", "ramipril")),
    ],
    ids=["no count", "one row", "many rows", "a long row", "said already"],
)
def test_other_lines_stay_as_they_are(said: DirectAnswer) -> None:
    assert spelled_out(said) is said
