"""Make what was understood of a question again from its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rag.question.understanding.understood import (
    AskedDate,
    AskedName,
    Correction,
    Intent,
    Relation,
    Understood,
)
from rag.question.wanted import Wanted
from vault.text.references import FoundReference, find_references


def recorded_understood(recorded: Mapping[str, Any] | None) -> Understood | None:
    """Return what was understood, as far as the record says it; None for a record that says nothing.

    The names lack their documents and spellings, and dates without a year have one reading more or less.
    """
    if recorded is None:
        return None
    text = recorded["text"]
    return Understood(
        text=text,
        written=recorded["written"],
        language=recorded["language"],
        intent=Intent(recorded["intent"]),
        wanted=Wanted(recorded["wanted"]),
        names=tuple(
            AskedName(one["written"], tuple(one["names"]), exact=one["exact"]) for one in recorded["names"]
        ),
        dates=tuple(
            AskedDate(one["text"], Relation(one["relation"]), tuple(_days(each) for each in one["readings"]))
            for one in recorded["dates"]
        ),
        references=tuple(_reference(text, words) for words in recorded["references"]),
        corrections=tuple(Correction(one["written"], one["read_as"]) for one in recorded["corrections"]),
        expansions={word: tuple(others) for word, others in recorded["expansions"].items()},
        topic=tuple(recorded["topic"]),
        current=recorded["current"],
    )


def _days(recorded: list[str]) -> tuple[date, date]:
    first, last = recorded
    return date.fromisoformat(first), date.fromisoformat(last)


def _reference(text: str, words: str) -> FoundReference:
    for found in find_references(text):
        if text[found.start : found.end] == words:
            return found
    start = text.find(words)
    return FoundReference(start, start + len(words), "number", words)
