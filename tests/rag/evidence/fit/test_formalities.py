"""Greetings, heads of mails and lines that only say who somebody is answer nothing."""

from __future__ import annotations

import pytest

from rag.evidence.fit.formalities import says_nothing
from vault.text.words import stems

POTASSIUM = frozenset(stems("potassium"))


@pytest.mark.parametrize(
    "text",
    [
        "Dear Dr Quill,", "Yours sincerely", "Sehr geehrte Frau Brandt,", "From: Ada Orme <ada@example.org>",
        "On 3 May 2024 at 10:12, Bo Tarn wrote:", "Mrs Ada Orme, born 3 May 1950, NHS number 123 456 7890",
        "3 May 2024", "Mrs A B", "Page 2 of 7",
    ],
)  # fmt: skip
def test_such_a_line_says_nothing(text: str) -> None:
    assert says_nothing(text, POTASSIUM)


@pytest.mark.parametrize(
    "text",
    [
        "Her potassium was 4.1.", "Potassium 4.1", "£900", "12 mg", "She slept well.",
        "Dear old furniture, whether sold or lent, belongs to the tenant.",
    ],
)  # fmt: skip
def test_a_line_that_states_something_is_kept(text: str) -> None:
    assert not says_nothing(text, POTASSIUM)


def test_a_line_of_names_answers_what_asks_for_it() -> None:
    assert says_nothing("Nurse: Ada Bell", POTASSIUM)
    assert not says_nothing("Nurse: Ada Bell", frozenset(stems("nurse")))
    assert not says_nothing("Consultant: Dr Ada Bell", frozenset(stems("consultant")))
    assert not says_nothing("From: Ada Orme", frozenset(stems("sender")))
    assert not says_nothing("Signed: Ada Orme, 5 April 2022", frozenset(stems("signed witness statement")))
    assert says_nothing("Signed: Ada Orme, 5 April 2022", POTASSIUM)
    assert says_nothing("Patient: Ada Orme", frozenset(stems("patient allergy rash")))


@pytest.mark.parametrize(
    "text", ["每日护理费为二百元。", "دفع المستأجر الإيجار كاملا", "הדייר שילם את מלוא הסכום"]
)
def test_a_sentence_in_a_script_without_capitals_says_something(text: str) -> None:
    assert not says_nothing(text, POTASSIUM)
