"""A statement made of a question and its answer says what both say, or is not made."""

from __future__ import annotations

import pytest

from training.declared import declared


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Who wrote the history?", "Bede", "Bede wrote the history."),
        ("Who was the tenant of Unit 7?", "Ombrel Ltd", "The tenant of Unit 7 was Ombrel Ltd."),
        ("What was discovered in 1912?", "the wreck", "The wreck was discovered in 1912."),
        ("When was the lease signed?", "2019", "The lease was signed in 2019."),
        ("When was the lease signed?", "on 3 May", "The lease was signed on 3 May."),
        ("How many people live in Wey now?", "1,200", "1,200 people live in Wey now."),
    ],
)
def test_a_question_whose_form_is_sure_makes_a_statement(question: str, answer: str, statement: str) -> None:
    assert declared(question, answer) == statement


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who did the tenant pay?", "Ombrel Ltd"),
        ("When was the lease signed?", "the landlord"),
        ("What is the river known as?", "the Wey"),
        ("How many rooms does the house have?", "nine"),
        ("Why is rent due?", "the lease says so"),
        ("Who wrote it?", ""),
        ("Who wrote it?", "one of the many people who were then at the court of the king"),
    ],
)
def test_a_question_whose_form_is_not_makes_none(question: str, answer: str) -> None:
    assert declared(question, answer) is None
