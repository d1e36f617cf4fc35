"""The reader is shown whose document it reads, from when, and never rows without their header."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from rag.question.question import Question
from rag.retrieval.passage import Passage
from rag.retrieval.shown import reader_excerpt, reader_passage
from vault.annotations import AnnotatedSentence, Profile, Subject
from vault.records import Document, DocumentState, ElementKind, Slice, Span

DOCUMENT = Document(
    sha256="0" * 64, name="chart.pdf", path="", media_type="application/pdf", title="Weight chart",
    state=DocumentState.READY, reason="", pages=1, chunks=1, ocr_pages=0, warnings=(), added="", size=1,
)  # fmt: skip
PROFILE = Profile("0" * 64, (Subject("Mrs Ida Brandreth", "patient"),), date(2025, 3, 9))
ROWS = (
    "Day | Weight",
    *(f"{day} May | {60 + day}.4 kg in the garden room by the window" for day in range(9)),
)


def passage(*texts: str, heading: str = "Ward 4", profile: Profile | None = PROFILE) -> Passage:
    slices, start = [], 0
    for number, text in enumerate(texts):
        kind = ElementKind.TABLE_ROW if number else ElementKind.TABLE_HEADER
        slices.append(Slice(Span(1, start, start + len(text)), text, kind))
        start += len(text) + 1
    return Passage(
        "ward", DOCUMENT, 1, 0, heading, tuple(slices), 1.0, 0.5, 1.0, 1.0, profile=profile
    )  # fmt: skip


def about(one: Passage, *subjects: str) -> Passage:
    """Return the passage with the subjects of its first sentences."""
    annotated = {
        sentence.span: AnnotatedSentence(
            0, DOCUMENT.sha256, sentence.number, sentence.span, sentence.quote, sentence.kind, "",
            subject=subject,
        )
        for sentence, subject in zip(one.sentences(), subjects, strict=False)
    }  # fmt: skip
    return replace(one, annotated=annotated)


def test_subject_and_date_stand_before_the_title() -> None:
    shown = reader_passage(passage(*ROWS))
    assert shown.title == "Mrs Ida Brandreth · 9 March 2025 · Weight chart"
    assert shown.heading == "Ward 4"
    assert shown.sentences == ROWS


def test_what_the_headings_say_already_is_not_said_twice() -> None:
    shown = reader_passage(passage(*ROWS, heading="Weights of Mrs Ida Brandreth"))
    assert shown.title == "9 March 2025 · Weight chart"


def test_a_document_of_which_nothing_is_known_is_shown_by_its_title() -> None:
    assert reader_passage(passage(*ROWS, profile=None)).title == "Weight chart"
    assert reader_passage(passage(*ROWS, profile=Profile("0" * 64))).title == "Weight chart"


def test_rows_about_another_person_are_shown_under_that_name() -> None:
    assert "Mr Otto Lindqvist" in reader_passage(about(passage(*ROWS), "", "Mr Otto Lindqvist")).title
    assert "Mrs Ida Brandreth" not in reader_passage(about(passage(*ROWS), "", "Mr Otto Lindqvist")).title


def test_rows_about_several_people_are_shown_under_no_name() -> None:
    several = about(passage(*ROWS), "", "Mr Otto Lindqvist", "Mrs Ida Brandreth")
    assert reader_passage(several).title == "9 March 2025 · Weight chart"


def test_an_excerpt_keeps_the_header_of_the_rows_that_it_keeps() -> None:
    question = Question("what on 7 May", np.zeros(1, np.float32), {"7": 1.0})
    shown = reader_excerpt(question, passage(*ROWS))
    assert shown.sentences[0] == ROWS[0]
    assert ROWS[8] in shown.sentences
    assert "" in shown.sentences
