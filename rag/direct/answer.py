"""The record of a direct answer, the same for every form of answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.about import About
from rag.verification.verify import Verdict
from vault.records import Citation


class AnswerForm(StrEnum):
    """The form of a direct answer."""

    VALUE = "value"
    LIST = "list"
    COUNT = "count"
    SERIES = "series"
    SUM = "sum"
    COMPARISON = "comparison"
    YES_NO = "yes_no"
    WORDS = "words"
    SENTENCE = "sentence"
    """A checked sentence of a language model."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of a list, a series or a computation: what stands in one cell, and whose it is."""

    label: str
    """Whose or what it is: the person, the key of the row, the date."""
    text: str
    """What the cell says, with the unit of its column."""
    citation: Citation
    """The place of the cell; its quote is the text of the page there."""
    date: date | None = None
    """The day that the row belongs to, as far as it is known; the first day of a month or year."""
    number: float | None = None
    unit: str = ""
    about: About | None = None
    """Whose and which document the cell is in."""

    def as_json(self) -> Mapping[str, object]:
        """Return the row as JSON, in a form that stays stable for programs."""
        return {
            "label": self.label,
            "text": self.text,
            "date": self.date.isoformat() if self.date else None,
            "number": self.number,
            "unit": self.unit,
            "citation": self.citation.as_json(),
            "about": self.about and self.about.as_json(),
        }


@dataclass(frozen=True, slots=True)
class DirectAnswer:
    """One line that answers the question, and what it rests on."""

    text: str
    verdict: Verdict
    """Quoted for words and cells as they stand; computed for what code made of cited cells; supported for a
    sentence of a language model."""
    citations: tuple[Citation, ...]
    """The rows or sentences that it rests on, the most important one first."""
    form: AnswerForm
    confidence: float
    """From 0 to 1: how surely this answers the question."""
    rows: tuple[AnswerRow, ...] = ()
    """All rows of a list, series, count or computation, in the order in which they are shown."""
    complete: bool = True
    """Whether nothing that was searched is left out."""
    note: str = ""
    """What a person should know besides: earlier values, what is not counted."""
    about: tuple[About | None, ...] = ()
    """Whose and which document each of `citations` is in."""

    def as_json(self) -> Mapping[str, object]:
        """Return the answer as JSON, in a form that stays stable for programs."""
        return {
            "text": self.text,
            "verdict": self.verdict.value,
            "form": self.form.value,
            "confidence": round(self.confidence, 3),
            "citations": [citation.as_json() for citation in self.citations],
            "about": [one and one.as_json() for one in self.about],
            "rows": [row.as_json() for row in self.rows],
            "complete": self.complete,
            "note": self.note,
        }
