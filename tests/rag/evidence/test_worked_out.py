"""A row, or one of two values, is not stated as the answer to a count, a sum or a difference."""

from __future__ import annotations

import pytest

from rag.evidence.evidence import EvidenceSentence
from rag.evidence.worked_out import is_left_to_work_out
from rag.question.understanding.understood import Intent
from tests.passages import passage_of
from vault.records import ElementKind


@pytest.mark.parametrize(
    ("question", "intent", "text", "kind", "left"),
    [
        ("How many frames are lent out?", Intent.COUNT, "K-11 walking frame 2", ElementKind.TABLE_ROW, True),
        ("How many falls has he had?", Intent.COUNT, "He has had three falls.", ElementKind.PARAGRAPH, False),
        ("How many falls has he had?", Intent.COUNT, "He fell at home.", ElementKind.PARAGRAPH, True),
        ("How much did she lose?", Intent.DIFFERENCE, "She weighed 71.2 kg.", ElementKind.PARAGRAPH, True),
        ("How much did she lose?", Intent.DIFFERENCE, "She lost 7.4 kg.", ElementKind.PARAGRAPH, False),
        ("What is the total cost of swabs?", Intent.FACT, "swabs 10 2.10", ElementKind.TABLE_ROW, True),
        ("What do swabs cost?", Intent.FACT, "swabs 10 2.10", ElementKind.TABLE_ROW, False),
    ],
)
def test_what_must_be_worked_out_is_told_from_what_is_said(
    question: str, intent: Intent, text: str, kind: ElementKind, left: bool
) -> None:
    made = passage_of(text, kind=kind)
    (sentence,) = made.sentences()
    evidence = [EvidenceSentence(made.cite(sentence.span, sentence.quote), 0, 0, {}, 1.0)]
    assert is_left_to_work_out(question, intent, evidence, [made]) is left


def test_nothing_is_left_to_work_out_without_evidence() -> None:
    assert not is_left_to_work_out("How many falls?", Intent.COUNT, [], [])
