"""Passages are put in order by both scores, and only what was read is reordered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question.question import Question
from rag.reader.reader import Reading
from rag.reader.windows import ReaderPassage
from rag.retrieval.passage import Passage
from rag.retrieval.rerank import MOST_PASSAGES, RELEVANCE_WEIGHT, rerank, sort_by_score
from vault.records import Document, DocumentState, Slice, Span

DOCUMENT = Document(
    sha256="0" * 64, name="lease.txt", path="", media_type="text/plain", title="Lease",
    state=DocumentState.READY, reason="", pages=1, chunks=5, ocr_pages=0, warnings=(), added="", size=1,
)  # fmt: skip
ASKING = "when does it end?"
QUESTION = Question(f"Consider the lease; {ASKING}", np.zeros(1, np.float32), {}, asking=ASKING)


def passage(number: int, score: float, text: str = "It ends in May.") -> Passage:
    slices = (Slice(Span(1, 0, len(text)), text),)
    return Passage("matter", DOCUMENT, number, number, "Term", slices, score, 0.5, 1.0, 1.0)


def reading(relevance: float) -> Reading:
    return Reading(relevance, 0.0, (0.0,), np.zeros((1, 3), np.int32), np.zeros((1, 2), np.float32))


class Noting:
    """A reader that finds later passages better, and notes what it was asked."""

    sha256 = "noting"

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[ReaderPassage]]] = []

    def read(self, question: str, passages: list[ReaderPassage]) -> list[Reading | None]:
        self.asked.append((question, passages))
        return [
            replace(
                reading(1000.0 * number),
                sentences=tuple(0.0 if sentence else -np.inf for sentence in one.sentences),
            )
            for number, one in enumerate(passages)
        ]

    def support(self, statement: str, passages: list[ReaderPassage]) -> list[object]:
        raise AssertionError("nothing is stated here")


def test_without_a_reader_everything_stays_as_it_was() -> None:
    found = [passage(1, 1.0), passage(2, 0.5)]
    assert rerank(QUESTION, found, None, 12) == found


def test_the_reader_gets_the_question_without_its_introduction_and_whole_sentences() -> None:
    reader = Noting()
    rerank(QUESTION, [passage(1, 1.0, "It ends in May. The rent is due.")], reader, 12)  # type: ignore[arg-type]
    ((question, (read,)),) = reader.asked
    assert question == "when does it end?"
    assert read == ReaderPassage("Lease", "Term", ("It ends in May.", "The rent is due."))


def test_only_the_first_are_read_and_the_others_follow_as_they_were() -> None:
    found = [passage(number, 1.0 - number / 100) for number in range(MOST_PASSAGES + 2)]
    ordered = rerank(QUESTION, found, Noting(), MOST_PASSAGES)  # type: ignore[arg-type]
    assert [one.chunk_id for one in ordered] == [
        *range(MOST_PASSAGES - 1, -1, -1),
        MOST_PASSAGES,
        MOST_PASSAGES + 1,
    ]
    assert [one.reading is None for one in ordered] == [False] * MOST_PASSAGES + [True, True]


@settings(max_examples=25)
@given(st.integers(1, 70), st.integers(1, 60))
def test_no_passage_is_lost_or_doubled_however_many_are_read_closely(count: int, closely: int) -> None:
    found = [passage(number, 1.0 - number / 100) for number in range(count)]
    ordered = rerank(QUESTION, found, Noting(), closely)  # type: ignore[arg-type]
    assert sorted(one.chunk_id for one in ordered) == list(range(count))
    assert all(one.reading is not None for one in ordered[:closely])


def test_a_reading_holds_for_the_text_that_was_read_and_for_no_other() -> None:
    one = passage(1, 1.0).with_reading(reading(1.0))
    assert replace(one, score=2.0).reading is not None
    wider = replace(one, slices=(Slice(Span(1, 0, 3), "It."), *one.slices))
    assert wider.reading is None
    assert replace(wider, slices=one.slices).reading is not None


def test_what_stands_far_behind_is_read_at_a_glance_and_whole_when_it_moves_up() -> None:
    other = " ".join(f"Clause {number} is about the garden, its trees and its hedges." for number in range(9))
    found = [passage(0, 1.0), passage(1, 0.9), passage(2, 0.8, f"{other} The lease shall end in May.")]
    question = Question(ASKING, np.zeros(1, np.float32), {"end": 1.0})
    reader = Noting()
    ordered = rerank(question, found, reader, 2)  # type: ignore[arg-type]
    glance, whole = reader.asked[0][1][2], reader.asked[1][1]
    assert glance.sentences[-1] == "The lease shall end in May."
    assert 0 < sum(not sentence for sentence in glance.sentences) < 9
    assert ordered[0].chunk_id == 2
    assert [one.sentences for one in whole] == [tuple(s.quote for s in found[2].sentences())]


@pytest.mark.parametrize(("gap", "first"), [(0.5 * RELEVANCE_WEIGHT, 2), (2 * RELEVANCE_WEIGHT, 1)])
def test_the_readers_word_counts_by_its_weight(gap: float, first: int) -> None:
    better, worse = passage(1, 1.0), passage(2, 1.0 - gap)
    read = [better.with_reading(reading(0.0)), worse.with_reading(reading(1.0))]
    assert sort_by_score(read)[0].chunk_id == first
