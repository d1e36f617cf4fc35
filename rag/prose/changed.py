"""Answer what was before a change, or what holds since, from a sentence that tells of the change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.evidence.evidence import EvidenceSentence, annotated_of
from rag.evidence.fit.misfit import Misfit
from rag.prose.change import Change, change_in
from rag.question.question import Question
from rag.question.understanding.times import asks_current, asks_earlier
from rag.question.understanding.understood import Understood
from rag.question.wanted import Wanted
from rag.retrieval.entries import dated_heading, entry_date
from rag.retrieval.passage import Passage
from rag.verification.verify import Verdict
from vault.text.dates.find import find_dates
from vault.text.dates.found import FoundDate
from vault.text.readable import readable
from vault.text.words import stem, stems

_QUANTITIES = (Wanted.DOSE, Wanted.AMOUNT, Wanted.MONEY, Wanted.DURATION, Wanted.ANYTHING)
_LEAST_COVERAGE = 0.55
"""Share of what is asked about, by rarity, that the line must name."""
_ONLY_ASKS = frozenset(
    stem(word)
    for word in """
    dose dosage strength rate amount value level number mg ml mcg unit units much many run running get
    getting take taking given give set set pay paying pays date dated day time booked booking book
    planned plan arranged fixed due old new previous previously original originally former formerly
    earlier now current change changed put up down increase increased reduce reduced raise raised cut
    switch switched moved latest mr mrs morning evening
    """.split()
)
"""Stems of words that ask for a value, or tell that it changed, and do not say of what."""
_NOT_ABOUT_IT = {Misfit.OTHER_PERSON, Misfit.OTHER_REFERENCE, Misfit.OTHER_VERSION}
_EFFECT = re.compile(r"\b(?:from|since|on|as of|effective|with effect from)\s+(?:the\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class _Told:
    sentence: EvidenceSentence
    line: tuple[int, int]
    """Where the line stands in the quote."""
    change: Change
    when: date | None
    coverage: float


def changed_value(
    question: Question,
    understood: Understood,
    evidence: Sequence[EvidenceSentence],
    passages: Sequence[Passage],
) -> DirectAnswer | None:
    """Return the value before or after a change that a line says of what is asked; None if none does.

    `evidence` are all sentences that were found, best first.
    """
    earlier = asks_earlier(understood)
    wants_date = understood.wanted is Wanted.DATE
    if not (earlier or asks_current(understood)) or not (wants_date or understood.wanted in _QUANTITIES):
        return None
    # A day of the documents that is written without a year is one of the year that is asked about.
    years = [first.year for asked in understood.dates for first, _ in asked.readings[:1]]
    told = _told(question, evidence, passages, years[0] if years else None, dates=wants_date)
    if not told:
        return None
    return _earlier(understood, told) if earlier else _current(told)


def _earlier(understood: Understood, told: Sequence[_Told]) -> DirectAnswer | None:
    days = [first for asked in understood.dates for first, _ in asked.readings[:1]]
    if not days:
        olds = [one for one in told if one.change.old]
        return _line("Before the change", olds[0].change.old, olds[0]) if olds else None
    day = days[0]
    since = [one for one in told if one.change.old and (one.when is None or one.when >= day)]
    if since:
        first = min(since, key=lambda one: (one.when is None, one.when or day))
        return _line("Before the change", first.change.old, first)
    begun = [one for one in told if one.change.new and one.when is not None and one.when < day]
    if begun:
        last = max(begun, key=lambda one: one.when or date.min)
        return _line("Until then", last.change.new, last)
    return None


def _current(told: Sequence[_Told]) -> DirectAnswer | None:
    news = [one for one in told if one.change.new]
    if not news:
        return None
    last = max(news, key=lambda one: (one.when or date.min, one.coverage))
    return _line("Now", last.change.new, last)


def _line(label: str, value: str, told: _Told) -> DirectAnswer:
    place = told.sentence.citation
    start, end = told.line
    quote = place.quote[start:end]
    cited = replace(place, start=place.start + start, end=place.start + end, quote=quote)
    return DirectAnswer(
        f"{label}: {readable(value)}", Verdict.QUOTED, (cited,), AnswerForm.VALUE, confidence=told.coverage
    )


def _told(
    question: Question,
    evidence: Sequence[EvidenceSentence],
    passages: Sequence[Passage],
    year: int | None,
    *,
    dates: bool,
) -> list[_Told]:
    """Return the lines that tell of a change of what is asked about, those that name most of it first."""
    topic = question.topic - _ONLY_ASKS
    if not topic:
        return []
    found = []
    for one in evidence:
        if one.fit.misfits & _NOT_ABOUT_IT:
            continue
        place = 0
        for line in one.citation.quote.splitlines(keepends=True):
            text = line.rstrip()
            covered = question.coverage(topic, stems(text))
            if covered >= _LEAST_COVERAGE and (change := change_in(text, dates=dates)):
                when = _when(text, one, passages, year, dates=dates)
                found.append(_Told(one, (place, place + len(text)), change, when, covered))
            place += len(line)
    return sorted(found, key=lambda told: -told.coverage)


def _when(
    text: str, one: EvidenceSentence, passages: Sequence[Passage], year: int | None, *, dates: bool
) -> date | None:
    """Return from when the change holds: the date after "from" in the line, else of its entry or document."""
    passage = passages[one.passage]
    year = passage.profile.date.year if passage.profile is not None and passage.profile.date else year
    if not dates:
        for found in find_dates(text):
            if _EFFECT.search(text[: found.start]):
                return _day(found, year)
    sentence = passage.sentences()[one.number]
    entry = entry_date(passage, sentence)
    if entry is not None:
        return _day(entry.found, year)
    annotated = annotated_of(one, passages)
    headed = dated_heading(annotated.heading) if annotated is not None else None
    if headed is not None:
        return _day(headed, year)
    return passage.profile.date if passage.profile is not None else None


def _day(found: FoundDate, year: int | None) -> date | None:
    reading = found.readings[0]
    if reading.yearless:
        return (reading.in_year(year) if year is not None else reading).first
    return reading.first
