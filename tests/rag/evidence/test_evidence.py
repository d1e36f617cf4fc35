"""What the reader's word counts in evidence: an answer counts in the document that is asked about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rag.evidence.abstain import answerability
from rag.evidence.evidence import find_evidence
from rag.question.question import Question
from rag.reader.reader import Reading
from rag.retrieval.passage import Passage
from tests.documents import document
from vault.embedding.embedder import Embedder
from vault.records import Slice, Span

ASKED = "May Ombrel share what it was told with its staff?"
TEXT = "Sennet may share what it was told with its staff."


def read(names_in_document: float) -> Passage:
    """A passage of which the reader is sure that it answers."""
    reading = Reading(3.0, 5.0, (4.0,), np.zeros((1, 3), np.int32), np.zeros((1, 2), np.float32))
    return Passage(
        collection="matter", document=document("nda.txt", "text"), chunk_id=1, ordinal=0, heading="",
        slices=(Slice(Span(1, 0, len(TEXT)), TEXT),), score=1.0, cosine=0.8,
        names_in_document=names_in_document, terms_in_document=1.0,
    ).with_reading(reading)  # fmt: skip


def surely(embedder: Embedder, *passages: Passage) -> float:
    question = Question(ASKED, embedder.embed([ASKED], query=True)[0], {"share": 0.5, "staff": 0.5})
    return answerability(find_evidence(question, passages, embedder, None))


def test_what_another_document_says_does_not_count_as_the_answer(embedder: Embedder) -> None:
    assert surely(embedder, read(0.0)) < 0.35 < surely(embedder, read(1.0))


@pytest.mark.parametrize("names", [0.0, 1.0])
def test_of_several_passages_the_one_that_answers_best_counts(embedder: Embedder, names: float) -> None:
    other = read(names)
    assert other.reading
    said = replace(other.reading, answerable=-8.0, sentences=(-9.0,))
    weaker = replace(other, chunk_id=2).with_reading(said)
    assert surely(embedder, weaker, other) >= surely(embedder, weaker)


def test_what_the_reader_said_of_a_sentence_is_not_taken_for_another_when_the_passage_is_widened(
    embedder: Embedder,
) -> None:
    before = "The parties met in Leeds."
    one = read(1.0)
    wider = replace(one, slices=(Slice(Span(1, 500, 500 + len(before)), before), *one.slices))
    question = Question(ASKED, embedder.embed([ASKED], query=True)[0], {"share": 0.5, "staff": 0.5})
    found = find_evidence(question, [wider], embedder, None)
    assert len(found) == 2
    assert all("reader_sentence" not in sentence.signals for sentence in found)
