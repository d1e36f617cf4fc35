"""What is said of a relative is not said of the patient."""

from __future__ import annotations

import pytest

from rag.evidence.fit.relatives import is_about_a_relative, names_a_relative
from vault.text.lists.relatives import RELATIVES
from vault.text.words import stems

GOUT = frozenset(stems("gout"))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Her late husband had gout.", True),
        ("His step-sister's grandmother had gout.", True),
        ("Gout in both feet, lives with her husband.", False),
        ("Her daughter reports that she has gout.", False),
        ("She has gout.", False),
        ("Her husband had asthma.", False),
    ],
)
def test_a_relative_counts_where_what_is_asked_stands_after_him_or_her(text: str, about: bool) -> None:
    assert is_about_a_relative(text, GOUT) is about


@pytest.mark.parametrize(
    "word", [*sorted(RELATIVES), "children", "wives", "in-laws", "family", "next of kin"]
)
def test_a_question_may_name_any_relative(word: str) -> None:
    assert names_a_relative(f"Does her {word} have gout?")


@pytest.mark.parametrize(
    "question", ["Does she have gout?", "What is the sunset clause?", "Who is the kinsman?"]
)
def test_other_words_name_no_relative(question: str) -> None:
    assert not names_a_relative(question)
