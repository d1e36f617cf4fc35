"""Find the day of an event: "the hip operation", "the clinic visit on 21 May", "starting furosemide"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.evidence.fit.relatives import names_a_relative
from rag.prose.arithmetic.days import DatedDocument, says_today, written_days
from rag.prose.arithmetic.wording import (
    coverage_of,
    day_in,
    event_words,
    is_about,
    kin,
    weights_of,
)
from rag.question.understanding.understood import AskedDate, Understood
from vault.annotations import AnnotatedSentence, Profile
from vault.records import Citation
from vault.text.words import stems

_LEAST_COVERAGE = 0.75
"""Share of the words for an event, by rarity, that its sentence must hold."""
_AS_GOOD = 0.05
_CLAUSE_END = re.compile(r"[.;:|\n]\s|,\s|\band\b|\bbut\b")
_OF_A_FIELD = 0.2
_OF_A_CHANGE = 0.3
_LABEL = re.compile(r"(?:^|[|\n.;]\s*)(?P<label>[^\d|\n.;:]{2,30})[\s:|]{1,4}$")
"""The name of a field right before its value."""
_MOVED = re.compile(
    r"\b(?:(?:moved|changed|rebooked|rescheduled|postponed|put back|brought forward)\s+"
    r"(?:to|for|from .{4,14} to)"
    r"|is now)\s+(?:on\s+)?(?:\w+day,?\s+)?$",
    re.IGNORECASE,
)
_CANCELLED = re.compile(r"\b(?:cancelled|canceled|dna|did not attend|void)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Event:
    """The day of an event, and the sentence that says it."""

    day: date
    citation: Citation
    quote: str


def event_of(asked: str, understood: Understood, documents: Sequence[DatedDocument]) -> Event | None:
    """Return the event that the words `asked` mean; None where none is sure, or several days could be meant.

    A day that the words themselves give counts, as soon as some sentence of the documents has it.
    """
    own_day = day_in(asked, understood)
    wanted = event_words(asked, understood)
    found = []
    if own_day is None and not wanted:
        return _called(asked, understood, documents)
    weights = weights_of(wanted, [one.sentences for one in documents])
    for document in documents:
        for sentence in document.sentences:
            head = document.heads.get(sentence.number)
            if _CANCELLED.search(sentence.text):
                continue
            if names_a_relative(sentence.text) and not names_a_relative(understood.written):
                continue
            if not is_about(understood, sentence, document.profile, document.source):
                continue
            said = coverage_of(wanted, weights, sentence)
            if own_day is None and said < _LEAST_COVERAGE:
                continue
            for day, sure in _days_of(sentence, wanted, document.profile, document.year, head):
                if own_day is None or _same_day(own_day, day):
                    found.append((said + sure, _event(day, document, sentence)))
    if not found:
        return None
    best = max(said for said, _ in found)
    top = [event for said, event in found if said >= best - _AS_GOOD]
    return top[0] if len({event.day for event in top}) == 1 else None


def _same_day(asked: AskedDate, day: date) -> bool:
    if asked.year is None and asked.day_and_month is not None:
        return any((first.month, first.day) == (day.month, day.day) for first, _ in asked.readings)
    return any(first == day for first, _ in asked.readings)


def _days_of(
    sentence: AnnotatedSentence,
    wanted: Sequence[str],
    profile: Profile | None,
    year: int | None,
    head: AnnotatedSentence | None,
) -> Iterator[tuple[date, float]]:
    """Yield the day that a sentence gives to the event, with how much more surely than others do.

    Nothing where it gives several. A field ("Discharged: 11 October 2024") and a day to which something was
    moved count before others.
    """
    text = sentence.text
    written = list(written_days(sentence, year))
    moved = {day for start, _, day in written if _MOVED.search(text[:start])}
    if len(moved) == 1:
        yield moved.pop(), _OF_A_CHANGE
        return
    days = {day for _, _, day in written}
    if len(days) > 1:
        days = set(_nearest(text, wanted, written))
    if days:
        field = any(
            day in days
            and (label := _LABEL.search(text[:start])) is not None
            and any(kin(own, part) for part in stems(label["label"]) for own in wanted)
            for start, _, day in written
        )
        yield days.pop(), _OF_A_FIELD if field else 0.0
    elif not written and head is not None:
        found = {day for _, _, day in written_days(head, year)}
        if len(found) == 1:
            yield found.pop(), 0.0
    elif not written and profile is not None and profile.date is not None and says_today(text):
        yield profile.date, 0.0


def _event(day: date, document: DatedDocument, sentence: AnnotatedSentence) -> Event:
    return Event(day, document.source.cite_sentence(document.sha256, sentence), sentence.text)


def _called(asked: str, understood: Understood, documents: Sequence[DatedDocument]) -> Event | None:
    """Return the event that documents call just so, with its day behind it: "Day A 18 March"."""
    called = " ".join(asked.split()).strip(" ?.")
    form = re.compile(rf"(?<!\w){re.escape(called)}\W{{0,3}}(?:(?:on|is|was)\s)?$")
    found = [
        _event(day, document, sentence)
        for document in documents
        if called
        for sentence in document.sentences
        if called in sentence.text and is_about(understood, sentence, document.profile, document.source)
        for start, _, day in written_days(sentence, document.year)
        if form.search(sentence.text[:start])
    ]
    return found[0] if len({one.day for one in found}) == 1 else None


def _nearest(text: str, wanted: Sequence[str], written: Sequence[tuple[int, int, date]]) -> Iterator[date]:
    """Yield the nearest day in the same clause as the words for the event; a day after them goes first."""
    places = [
        match.span()
        for match in re.finditer(r"[^\W_]+(?:['’-][^\W_]+)*", text)
        if any(kin(own, part) for part in stems(match.group()) for own in wanted)
    ]
    after = [
        (start - place[1], day)
        for place in places
        for start, _, day in written
        if start >= place[1] and _in_one_clause(text[place[1] : start])
    ]
    before = [
        (place[0] - end, day)
        for place in places
        for _, end, day in written
        if end <= place[0] and _in_one_clause(text[end : place[0]])
    ]
    for found in (after, before):
        if found:
            yield min(found)[1]
            return


def _in_one_clause(between: str) -> bool:
    """Return whether nothing ends between a word and a date; a mark alone is that of a label."""
    return _CLAUSE_END.search(between) is None or not any(map(str.isalnum, between))
