"""Direct answers, and whose and which document a place is in, as they travel."""

from __future__ import annotations

import datetime
from typing import Literal

from ui.interface.schemas.base import Result
from vault.records import Citation

VerdictName = Literal["quoted", "supported", "computed", "unsupported"]
FormName = Literal["value", "list", "count", "series", "sum", "comparison", "yes_no", "words", "sentence"]


class About(Result):
    """Whose and which document a place is in."""

    subject: str
    """The patient, matter or party; or empty."""
    kind: str
    """Of the document: "discharge summary", "lease" …; or empty."""
    date: datetime.date | None
    """Of the document."""
    clause: str
    """The numbered clause that the place belongs to, or empty."""


class AnswerRow(Result):
    """One row of a list, a series or a computation."""

    label: str
    text: str
    """What the cell says, with the unit of its column."""
    date: datetime.date | None
    number: float | None
    unit: str
    citation: Citation
    """The place of the cell."""
    about: About | None


class DirectAnswer(Result):
    """One line that answers the question, and what it rests on."""

    text: str
    verdict: VerdictName
    form: FormName
    confidence: float
    """From 0 to 1."""
    citations: list[Citation]
    about: list[About | None]
    """Whose and which document each citation is in."""
    rows: list[AnswerRow]
    """All rows of a list, series, count or computation."""
    complete: bool
    """Whether nothing that was searched is left out."""
    note: str


class DirectFound(Result):
    """The answer in one line; it comes before the statements.

    It comes once more, after them, if a sentence of the language model takes its place.
    """

    event: Literal["direct"] = "direct"
    direct: DirectAnswer
