"""Days between two events, and days that an interval gives, from letters and notes read from files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.prose.arithmetic.between import days_between
from rag.prose.arithmetic.due import due_day, later
from rag.prose.arithmetic.wording import Documents
from rag.question.understanding.understand import understand
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from tests.rag.tables.read_files import read_source

TODAY = date(2025, 11, 3)
DOCUMENTS: list[dict[str, Any]] = [
    {
        "file": "discharge letter Bramhall.docx",
        "pages": [
            [
                {"heading": "Discharge letter"},
                {
                    "fields": {
                        "Patient": "Mrs Ottilie Bramhall",
                        "Born": "4 May 1948",
                        "Admitted": "3 March 2025",
                        "Discharged": "21 March 2025",
                    }
                },
                {"text": "Her gallbladder was taken out by laparoscopy on 6 March 2025 without trouble."},
                {"text": "The cast stays on her wrist for six weeks from 10 March 2025."},
                {"text": "The follow-up ultrasound was 2 April 2025, moved to 9 April 2025."},
                {"text": "Her brother had a hernia repair on 1 February 2025."},
            ]
        ],
    },
    {
        "file": "district notes 2025.txt",
        "pages": [
            [
                {
                    "lines": [
                        "MON 7/4",
                        "Bramhall: hepatitis vaccine dose 1 given. Second dose 1 to 2 months later.",
                        "WED 9/4",
                        "Suprapubic catheter changed, next every 10 weeks.",
                        "FRI 11/4",
                        "Slept well.",
                    ]
                }
            ]
        ],
    },
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TableSource]:
    """The documents in one collection, read from files."""
    with read_source("arithmetic", DOCUMENTS, tmp_path_factory.mktemp("arithmetic")) as source:
        yield source


def documents_of(source: TableSource) -> Documents:
    """All documents with their sentences."""
    return [(source, sha256, source.sentences.of(sha256)) for sha256 in source.documents]


@pytest.mark.parametrize(
    ("question", "said", "places"),
    [
        ("How many nights was Mrs Bramhall in hospital?", "18 nights", 2),
        ("How many days from the laparoscopy to discharge for Mrs Bramhall?", "15 days", 2),
        ("How many days between admission and the laparoscopy of 6 March?", "3 days", 2),
        ("How many days from discharge to the repeat ultrasound as it is booked now?", "19 days", 2),
    ],
)
def test_the_days_between_two_events_are_counted_with_both_places(
    source: TableSource, question: str, said: str, places: int
) -> None:
    understood = understand(question, (), [source.sentences], today=TODAY)
    answer = days_between(understood, documents_of(source))
    assert answer is not None
    assert answer.text.startswith(said)
    assert answer.verdict is Verdict.COMPUTED
    assert len(answer.citations) == places


@pytest.mark.parametrize(
    "question",
    [
        "How many days between the hernia repair and discharge of Mrs Bramhall?",  # her brother's
        "How many days from the endoscopy to discharge?",  # nobody had one
        "How many days from discharge to discharge?",
    ],
)
def test_no_days_are_counted_from_an_event_that_is_not_sure(source: TableSource, question: str) -> None:
    understood = understand(question, (), [source.sentences], today=TODAY)
    assert days_between(understood, documents_of(source)) is None


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("What is the earliest date for the second hepatitis vaccine?", "7 May 2025"),
        ("What is the latest date for the second hepatitis vaccine?", "7 June 2025"),
        ("If the suprapubic catheter is changed on 9 April, when is the next one due?", "18 June 2025"),
    ],
)
def test_an_interval_gives_the_day_that_is_asked_for(source: TableSource, question: str, day: str) -> None:
    understood = understand(question, (), [source.sentences], today=TODAY)
    answer = due_day(understood, documents_of(source))
    assert answer is not None
    assert answer.text.startswith(day)
    assert answer.citations


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(1, 60))
def test_months_later_it_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    found = later(day, months, "month")
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and later(found, 1, "day").day == 1)
