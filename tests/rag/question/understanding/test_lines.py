"""Lines that a question names, and times that only look like them."""

from __future__ import annotations

import pytest

from rag.question.understanding.references import references_in_question


@pytest.mark.parametrize(
    ("question", "normal"),
    [
        ("What does she say at 14:7?", "page 14 line 7"),
        ("Does 112:7-9 mention the van?", "page 112 line 7 to page 112 line 9"),
        ("Read 14:20–15:3 to me", "page 14 line 20 to page 15 line 3"),
        ("What stands on page 14, lines 7 to 9?", "page 14 line 7 to page 14 line 9"),
        ("See p. 14 l. 7", "page 14 line 7"),
        ("What does Tr. 14:15 say?", "page 14 line 15"),
        ("Who speaks in line 7 of page 14?", "page 14 line 7"),
        ("What was said in the deposition at 14:15?", "page 14 line 15"),
    ],
)
def test_lines_are_found(question: str, normal: str) -> None:
    assert [(one.kind, one.normal) for one in references_in_question(question, [])] == [("line", normal)]


@pytest.mark.parametrize(
    "question",
    [
        "Was he given morphine at 14:15?",
        "Who saw her at 14:05?",
        "What happened between 9:30 and 10:45?",
        "Did the shift end by 14:30 hours?",
        "Was it diluted 1:1000?",
        "Where is 10:15 am noted?",
        "What does page 14 say?",
    ],
)
def test_times_and_ratios_are_no_lines(question: str) -> None:
    assert [one for one in references_in_question(question, []) if one.kind == "line"] == []
