"""The words that the reader marks are a line of their own where they are of the kind that is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.evidence.evidence import EvidenceSentence
from rag.evidence.fit.misfit import NO_FIT, Fit, Misfit
from rag.prose.words import marked_words
from rag.question.wanted import Wanted
from tests.rag.evidence.annotated import asked
from vault.records import Citation, Span

QUOTE = "The rent is 900 pounds a month."
START = 100


def marked(words: str, *, logit: float = 3.0, fit: Fit = NO_FIT) -> EvidenceSentence:
    place = START + QUOTE.index(words)
    return EvidenceSentence(
        citation=Citation("lease.txt", "0" * 64, 1, START, START + len(QUOTE), QUOTE, "matter"),
        passage=0, number=0, signals={"reader_sentence": logit}, score=1.0,
        words=Span(1, place, place + len(words)), fit=fit,
    )  # fmt: skip


def test_marked_words_are_the_answer() -> None:
    answer = marked_words(asked("What is the rent?"), [marked("900 pounds a month")])
    assert answer is not None
    assert answer.text == "900 pounds a month"
    assert answer.citations[0].quote == QUOTE


@pytest.mark.parametrize(
    "sentence",
    [
        marked("The rent"),
        marked("900 pounds a month", logit=0.9),
        marked("900 pounds a month", fit=Fit(frozenset({Misfit.OTHER_DATE}))),
        replace(marked("900 pounds a month"), words=None),
    ],
    ids=["of another kind", "doubted", "of another date", "not marked"],
)
def test_words_that_may_be_wrong_are_not_shown(sentence: EvidenceSentence) -> None:
    assert marked_words(asked("What is the rent?"), [sentence]) is None


def test_a_question_for_anything_has_no_marked_words() -> None:
    understood = asked("What does the lease say of the roof?")
    assert understood.wanted is Wanted.ANYTHING
    assert marked_words(understood, [marked("900 pounds a month")]) is None
    assert marked_words(understood, []) is None
