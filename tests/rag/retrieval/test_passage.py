"""A passage splits its text into sentences once, for all its copies, and again when the text changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rag.reader.reader import Reading
from rag.retrieval.passage import Passage
from tests.documents import document
from vault.records import Slice, Span

TEXT = "The rent is due in March. The tenant repairs the roof."


def passage(*texts: str) -> Passage:
    slices = tuple(Slice(Span(1, 0, len(text)), text) for text in texts)
    return Passage("matter", document("lease.txt", TEXT), 1, 0, "Rent", slices, 1.0, 1.0, 1.0, 1.0)


def test_copies_of_a_passage_share_its_sentences() -> None:
    first = passage(TEXT)
    assert [sentence.quote for sentence in first.sentences()] == [
        "The rent is due in March.",
        "The tenant repairs the roof.",
    ]
    assert first.sentences() is first.sentences()
    assert replace(first, score=2.0).sentences() is first.sentences()
    assert first.with_reading(None).sentences() is first.sentences()


def test_a_copy_with_other_text_has_sentences_of_its_own() -> None:
    first = passage(TEXT)
    kept = first.sentences()
    other = replace(first, slices=(Slice(Span(2, 0, 4), "Yes."),))
    assert [(sentence.quote, sentence.span.page) for sentence in other.sentences()] == [("Yes.", 2)]
    assert first.sentences() is kept
    assert [sentence.context for sentence in replace(first, heading="Repairs").sentences()] == ["Repairs"] * 2


def test_passages_that_differ_only_in_what_was_split_are_equal() -> None:
    one, other = passage(TEXT), passage(TEXT)
    one.sentences()
    assert one == other


def test_a_reading_of_other_text_is_not_used() -> None:
    empty = np.zeros((0, 2), dtype=np.int32)
    reading = Reading(1.0, 1.0, (1.0,), empty, np.zeros((0, 2), dtype=np.float32))
    read = passage(TEXT).with_reading(reading)
    assert read.reading is reading
    assert replace(read, slices=(Slice(Span(2, 0, 4), "Yes."),)).reading is None
