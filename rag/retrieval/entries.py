"""Entries of notes: a paragraph that begins with a date is all of that date.

"5.2.24 Slept well. Catheter out." says in its second sentence what happened on 5 February.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.retrieval.passage import Passage, Sentence
from vault.records import Span
from vault.text.dates.find import find_dates
from vault.text.dates.found import FoundDate

_LEAD = 40
"""Characters at the beginning of a paragraph in which its date stands."""
_LATEST_START = 2


@dataclass(frozen=True, slots=True)
class EntryDate:
    """The date with which an entry begins, and its place."""

    found: FoundDate
    span: Span
    text: str


def entry_date(passage: Passage, sentence: Sentence) -> EntryDate | None:
    """Return the date with which the paragraph or row of a sentence begins; None if it begins with none."""
    for piece in passage.slices:
        inside = piece.span.page == sentence.span.page and (
            piece.span.start <= sentence.span.start < piece.span.end
        )
        if inside:
            for found in find_dates(piece.text[:_LEAD]):
                if found.start <= _LATEST_START:
                    start = piece.span.start
                    place = Span(piece.span.page, start + found.start, start + found.end)
                    return EntryDate(found, place, piece.text[found.start : found.end])
    return None
