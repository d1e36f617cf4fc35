"""What was understood of a question, as it travels."""

from __future__ import annotations

import datetime
from typing import Literal

from ui.interface.schemas.base import Result


class UnderstoodName(Result):
    """A person or party that the question names."""

    written: str
    names: list[str]
    """As the collections spell them; several where the question fits several, none where nobody is known."""
    exact: bool
    """Whether every word of it is written as the collections write it."""


class UnderstoodDate(Result):
    """A date or range that the question names."""

    text: str
    relation: Literal["on", "before", "after", "between", "since", "until"]
    readings: list[tuple[datetime.date, datetime.date]]
    """(first day, last day) of each meaning, the likeliest first."""


class Correction(Result):
    """A word that the collections do not hold, and the word that it is read as."""

    written: str
    read_as: str


class Understood(Result):
    """A question, understood."""

    text: str
    """The question as it is searched: standalone, and with corrected spelling."""
    written: str
    """As typed."""
    language: str
    intent: str
    """What kind of answer is asked for: "fact", "list", "over_time" …"""
    wanted: str
    """What kind of thing is asked for: "date", "dose", "person" …"""
    names: list[UnderstoodName]
    dates: list[UnderstoodDate]
    references: list[str]
    corrections: list[Correction]
    expansions: dict[str, list[str]]
    topic: list[str]
    current: bool
    """Whether it asks for what holds now."""


class Label(Result):
    """One thing that is understood of a question, in a few words."""

    kind: str
    text: str
    key: str
    """Given in `without`, it takes the label away: then this is not understood."""


class QuestionUnderstood(Result):
    """How the question was understood."""

    event: Literal["understood"] = "understood"
    understood: Understood
    labels: list[Label]
    removed: list[Label]
    """Labels that were taken away."""
