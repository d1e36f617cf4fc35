"""An entry of notes is of the date with which its paragraph begins."""

from __future__ import annotations

from datetime import date

import pytest

from rag.retrieval.entries import entry_date
from tests.rag.evidence.annotated import passage

NOTES = (
    "5.2.2024 Slept well. Catheter out.\n\nReviewed on 6 February 2024 by Dr Quill.\n\n"
    "7 February 2024: no pain.\n\nAte a little."
)


@pytest.mark.parametrize(
    ("part", "day"),
    [
        ("Slept well", date(2024, 2, 5)),
        ("Catheter out", date(2024, 2, 5)),
        ("Reviewed", None),
        ("no pain", date(2024, 2, 7)),
        ("Ate a little", None),
    ],
)
def test_the_date_at_the_beginning_is_that_of_each_sentence(part: str, day: date | None) -> None:
    notes = passage(NOTES)
    sentence = next(one for one in notes.sentences() if part in one.quote)
    entry = entry_date(notes, sentence)
    if day is None:
        assert entry is None
    else:
        assert entry is not None
        assert entry.found.first == day
        assert NOTES[entry.span.start : entry.span.end] == entry.text
