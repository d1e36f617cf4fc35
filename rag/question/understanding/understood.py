"""What is understood of a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rag.question.wanted import Wanted
from vault.text.references import FoundReference


class Intent(StrEnum):
    """What kind of answer the question asks for."""

    FACT = "fact"
    YES_NO = "yes_no"
    LIST = "list"
    COUNT = "count"
    LATEST = "latest"
    EARLIEST = "earliest"
    OVER_TIME = "over_time"
    SUM = "sum"
    DIFFERENCE = "difference"
    HIGHEST = "highest"
    LOWEST = "lowest"
    AVERAGE = "average"
    DURATION = "duration"
    COMPARISON = "comparison"
    DEFINITION = "definition"
    SUMMARY = "summary"


class Relation(StrEnum):
    """How what is asked for lies to a date of the question."""

    ON = "on"
    """On that day, or in that month or year."""
    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"
    SINCE = "since"
    """On that day or after it."""
    UNTIL = "until"
    """On that day or before it."""


@dataclass(frozen=True, slots=True)
class AskedDate:
    """A date or range that the question names."""

    text: str
    """As written, with its relation word: "before October 2024"."""
    relation: Relation
    readings: tuple[tuple[date, date], ...]
    """(first day, last day) of each meaning, the likeliest first. Without a year in the question, the year is
    the one that lies last before today or on it."""
    day_and_month: tuple[int, int] | None = None
    """(day, month) where a day is written without a year: it may be of any year. (0, month) for a month."""
    year: int | None = None
    """The year that stands in the question; None where it was filled in, or the readings differ in it."""


@dataclass(frozen=True, slots=True)
class AskedName:
    """A person or party that the question names."""

    written: str
    names: tuple[str, ...]
    """As the collections spell them; several where the question fits several people equally, none where
    nobody of that name is known."""
    documents: frozenset[str] = frozenset()
    """sha256 of the documents that name any of them."""
    exact: bool = True
    """Whether every word of it is written as the collections write it."""
    spellings: tuple[tuple[str, ...], ...] = ()
    """For each of `names`, all the forms in which the collections write it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that the collections do not hold, and the word that it is read as."""

    written: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A question, understood."""

    text: str
    """The question as it is searched: standalone and with corrected spelling."""
    written: str
    """As typed."""
    language: str = "en"
    """"en", "de" or "fr"."""
    intent: Intent = Intent.FACT
    wanted: Wanted = Wanted.ANYTHING
    names: tuple[AskedName, ...] = ()
    dates: tuple[AskedDate, ...] = ()
    references: tuple[FoundReference, ...] = ()
    """With their places in `text`."""
    corrections: tuple[Correction, ...] = ()
    expansions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other words for a stem or phrase of the question: {"k": ("potassium",)}."""
    topic: tuple[str, ...] = ()
    """The content words that are left when names, dates, references and question words are taken out."""
    current: bool = False
    """Whether it asks for what holds now."""
    certain: bool = True
    """False for a follow-up that the rules could not make standalone: a language model may do better."""

    def as_json(self) -> dict[str, object]:
        """Return the JSON value that programs may rely on."""
        return {
            "text": self.text,
            "written": self.written,
            "language": self.language,
            "intent": self.intent.value,
            "wanted": self.wanted.value,
            "names": [
                {"written": one.written, "names": list(one.names), "exact": one.exact} for one in self.names
            ],
            "dates": [
                {
                    "text": one.text,
                    "relation": one.relation.value,
                    "readings": [[first.isoformat(), last.isoformat()] for first, last in one.readings],
                }
                for one in self.dates
            ],
            "references": [self.text[one.start : one.end] for one in self.references],
            "corrections": [{"written": one.written, "read_as": one.read_as} for one in self.corrections],
            "expansions": {word: list(others) for word, others in self.expansions.items()},
            "topic": list(self.topic),
            "current": self.current,
        }
