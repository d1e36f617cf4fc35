"""Questions of tests, understood by the grammars alone: names are given, the topic is the other words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.question.understanding.intent import intent_of
from rag.question.understanding.understood import AskedDate, AskedName, Intent, Relation, Understood
from rag.question.wanted import Wanted
from vault.text.dates.find import find_dates
from vault.text.dates.found import NO_YEAR
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.references import find_references
from vault.text.words import words

_RELATIONS = (
    (Relation.BEFORE, r"\b(?:before|prior to)(?: the)?(?: (?:end|beginning|start) of)?\s*$"),
    (Relation.AFTER, r"\bafter\s*$"),
    (Relation.SINCE, r"\bsince\s*$"),
    (Relation.UNTIL, r"\b(?:until|up to)\s*$"),
)


def question(
    text: str,
    names: Mapping[str, Sequence[str]] | None = None,
    expansions: Mapping[str, Sequence[str]] | None = None,
    intent: Intent | None = None,
    wanted: Wanted | None = None,
) -> Understood:
    """A question that is understood; `names` are those it holds, with the names of the collection."""
    spent = [False] * len(text)
    asked_dates = []
    for found in find_dates(text):
        before = text[: found.start]
        relation = next((one for one, form in _RELATIONS if re.search(form, before, re.I)), Relation.ON)
        readings = []
        for reading in found.readings:
            year = reading.in_year(2024) if reading.yearless else reading
            readings.append((year.first, year.last))
        if (
            relation is Relation.ON
            and readings[0][0] != readings[0][1]
            and " to " in text[found.start : found.end]
        ):
            relation = Relation.BETWEEN
        day_and_month = None
        if found.yearless and found.first == found.last:
            day_and_month = (found.first.day, found.first.month)
        year_written = None if found.first.year == NO_YEAR else found.first.year
        asked_dates.append(
            AskedDate(text[found.start : found.end], relation, tuple(readings), day_and_month, year_written)
        )
        spent[found.start : found.end] = [True] * (found.end - found.start)
    references = tuple(find_references(text))
    for one in references:
        start = max(text.find(one.normal.rpartition(" ")[2], one.start), one.start)
        spent[start : one.end] = [True] * (one.end - start)
    asked_names = []
    for written, known in (names or {}).items():
        start = text.index(written)
        spent[start : start + len(written)] = [True] * len(written)
        asked_names.append(AskedName(written, tuple(known)))
    rest = "".join(" " if used else character for used, character in zip(spent, text, strict=True))
    topic = tuple(dict.fromkeys(word for word in words(rest) if word not in STOP_WORDS and word != "s"))
    if wanted is None:
        wanted = (
            Wanted.DATE if re.search(r"\bwhen\b|\bwhich (?:dates?|days?)\b", text, re.I) else Wanted.ANYTHING
        )
        wanted = Wanted.PERSON if re.search(r"\bwho\b", text, re.I) else wanted
    current = re.search(r"\b(?:now|current|currently|at the moment|these days)\b", text, re.I) is not None
    others = {key: tuple(found) for key, found in (expansions or {}).items()}
    return Understood(
        text, text, intent=intent or intent_of(text), wanted=wanted, names=tuple(asked_names),
        dates=tuple(asked_dates), references=references, expansions=others, topic=topic,
        current=current,
    )  # fmt: skip
