"""The labels of a question: what is understood of it, each as a few words that a person can take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.question.understanding.understood import AskedDate, AskedName, Correction, Relation, Understood
from vault.text.dates.spoken import day_words
from vault.text.references import FoundReference


class LabelKind(StrEnum):
    """What a label is about."""

    NAME = "name"
    DATE = "date"
    REFERENCE = "reference"
    CORRECTION = "correction"
    CURRENT = "current"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Label:
    """One thing that is understood of a question."""

    kind: LabelKind
    text: str
    key: str
    """Given to `understand` in `without`, it takes the label away, and its constraint with it."""

    def as_json(self) -> dict[str, str]:
        """Return the JSON value that programs may rely on."""
        return {"kind": self.kind.value, "text": self.text, "key": self.key}


def labels(understood: Understood) -> list[Label]:
    """Return the labels of a question: who, when, which reference, how it was read, what about."""
    return [
        *(Label(LabelKind.NAME, _name_text(one), name_key(one)) for one in understood.names),
        *(Label(LabelKind.DATE, _date_text(one), date_key(one)) for one in understood.dates),
        *(
            Label(LabelKind.REFERENCE, understood.text[one.start : one.end], reference_key(one))
            for one in understood.references
        ),
        *(
            Label(LabelKind.CORRECTION, f"{one.written} read as {one.read_as}", correction_key(one))
            for one in understood.corrections
        ),
        *([Label(LabelKind.CURRENT, "now", CURRENT_KEY)] if understood.current else []),
        *(Label(LabelKind.TOPIC, word, topic_key(word)) for word in understood.topic),
    ]


CURRENT_KEY = "current"


def name_key(name: AskedName) -> str:
    """Return the key of the label of a name."""
    return _key(LabelKind.NAME, name.written)


def date_key(asked: AskedDate) -> str:
    """Return the key of the label of a date."""
    return _key(LabelKind.DATE, asked.text)


def reference_key(reference: FoundReference) -> str:
    """Return the key of the label of a reference."""
    return _key(LabelKind.REFERENCE, reference.normal)


def correction_key(correction: Correction) -> str:
    """Return the key of the label of a corrected word."""
    return _key(LabelKind.CORRECTION, correction.written)


def topic_key(word: str) -> str:
    """Return the key of the label of a word of the topic."""
    return _key(LabelKind.TOPIC, word)


def _key(kind: LabelKind, text: str) -> str:
    return f"{kind.value}:{' '.join(text.lower().split())}"


def _name_text(name: AskedName) -> str:
    return " or ".join(name.names) if name.names else f"{name.written} (not in the documents)"


_RELATION_WORDS = {
    Relation.BEFORE: "before ",
    Relation.AFTER: "after ",
    Relation.SINCE: "since ",
    Relation.UNTIL: "until ",
}


def _date_text(asked: AskedDate) -> str:
    if asked.day_and_month is not None:
        return asked.text
    return _RELATION_WORDS.get(asked.relation, "") + " or ".join(_range_text(one) for one in asked.readings)


def _range_text(days: Sequence[date]) -> str:
    first, last = days
    if first == last:
        return day_words(first)
    following = date.fromordinal(last.toordinal() + 1)
    if first.day == 1 and following.day == 1:
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return str(first.year)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
    return f"{day_words(first)} to {day_words(last)}"
