"""Answer from lines that hold for a period: "Oxycodone 15 mg BD 10/03 pm 14/03 am".

Charts that are printed without lines between their cells are read as such lines. The value of a day is that
of the period which holds it; before a change it is that of the period which ended there; now it is that of
the one without an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.evidence.fit.people import fit_of_people
from rag.question.question import Question
from rag.question.understanding.times import asks_current
from rag.question.understanding.understood import AskedDate, Intent, Relation, Understood
from rag.question.wanted import Wanted
from rag.tables.grids.columns import UNNAMED
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from vault.annotations import AnnotatedSentence
from vault.records import ElementKind
from vault.text.dates.find import find_dates
from vault.text.dates.found import NO_YEAR, reading_of
from vault.text.quantities.find import find_quantities
from vault.text.quantities.units import Dimension
from vault.text.readable import readable
from vault.text.words import stem, stems

_DOSES = (
    Dimension.MASS,
    Dimension.VOLUME,
    Dimension.ACTIVITY,
    Dimension.DOSE,
    Dimension.FLOW,
    Dimension.MONEY,
)
_DAY = re.compile(
    r"(?<![\w./-])(?P<day>0?[1-9]|[12]\d|3[01])[/.](?P<month>0?[1-9]|1[0-2])(?:[/.](?P<year>(?:20)?\d\d))?"
    r"(?![\w/%]|[.,]\d)(?:\s+(?:\d\d:\d\d|[ap]m|noon|mane|nocte))?",
    re.I,
)
_OPEN = re.compile(
    r"^\s*(?:\|\s*)?(?:[-–—]+(?=\s|$)|ongoing|continu\w+|cont\b|current|to date|present)", re.I
)
_TIE = re.compile(r"^\s*(?:\|\s*)?(?:to|until|till|[-–—])?\s*(?:\|\s*)?$", re.I)
_ONCE = re.compile(r"\b(?:stat|once only|loading|load|single dose)\b", re.I)
_ONLY_ASKS = frozenset(
    stem(word)
    for word in """
    dose dosage strength rate amount much many run running get getting take taking taken given give
    receive receiving prescribed supposed regular medicine drug mg ml mcg units route
    """.split()
)
_OFTEN = frozenset(map(stem, ("bd", "od", "tds", "qds", "prn", "stat", "mane", "nocte")))
_LEAST_COVERAGE = 0.3
"""Share of what is asked about, by rarity, that the name at the beginning of the line must say."""


@dataclass(frozen=True, slots=True)
class _Period:
    source: TableSource
    sha256: str
    sentence: AnnotatedSentence
    start: int
    end: int
    """Where the line stands in its sentence."""
    text: str
    name: str
    """What stands before its dose."""
    first: date
    last: date | None
    open: bool


def period_value(
    question: Question,
    understood: Understood,
    documents: Sequence[tuple[TableSource, str, Sequence[AnnotatedSentence]]],
) -> DirectAnswer | None:
    """Return the line of the period that is asked for; None where no line or several could be meant.

    `documents` are (source, sha256, sentences).
    """
    if understood.wanted not in (Wanted.DOSE, Wanted.AMOUNT) or understood.intent not in (
        Intent.FACT,
        Intent.LATEST,
    ):
        return None
    asked = understood.dates[0] if len(understood.dates) == 1 else None
    if understood.dates and asked is None:
        return None
    if asked is None and not asks_current(understood):
        return None
    topic = question.topic - _ONLY_ASKS
    named = [
        (question.coverage(topic, stems(period.name)), period)
        for source, sha256, sentences in documents
        for period in _periods(source, sha256, sentences, understood, asked)
        if topic & stems(period.name)
    ]
    best = max((share for share, _ in named), default=0.0)
    if best < _LEAST_COVERAGE:
        return None
    often = _OFTEN & stems(understood.text)
    found = [period for share, period in named if share == best]
    found = [period for period in found if often <= stems(period.text)] or found
    if len(found) < 2:
        return None
    chosen = _chosen(found, asked)
    if chosen is None:
        return None
    place = chosen.sentence
    cited = chosen.source.cite(
        chosen.sha256,
        place.span.page,
        place.span.start + chosen.start,
        place.span.start + chosen.end,
        place.text[chosen.start : chosen.end],
    )
    return DirectAnswer(
        readable(cited.quote), Verdict.QUOTED, (cited,), AnswerForm.VALUE, confidence=round(best, 3)
    )


def _chosen(found: Sequence[_Period], asked: AskedDate | None) -> _Period | None:
    regular = [one for one in found if not _ONCE.search(one.text)] or list(found)
    ordered = sorted(regular, key=lambda one: one.first)
    if asked is None:
        running = [one for one in ordered if one.open]
        return running[-1] if running else None
    first, last = asked.readings[0]
    if asked.relation is Relation.BEFORE:
        kept = [one for one in ordered if one.first < first]
        return kept[-1] if kept else None
    if asked.relation in (Relation.ON, Relation.UNTIL):
        kept = [one for one in ordered if one.first <= last and (one.last is None or one.last >= first)]
        return kept[0] if len(kept) == 1 else None
    return None


def _periods(
    source: TableSource,
    sha256: str,
    sentences: Sequence[AnnotatedSentence],
    understood: Understood,
    asked: AskedDate | None,
) -> Iterator[_Period]:
    profile = source.sentences.profiles([sha256]).get(sha256)
    year = asked.readings[0][0].year if asked is not None else None
    if year is None:
        year = profile.date.year if profile is not None and profile.date is not None else NO_YEAR
    for sentence in sentences:
        if sentence.kind in (ElementKind.HEADING, ElementKind.TABLE_HEADER) or _has_named_columns(sentence):
            continue
        if fit_of_people(understood.names, sentence, profile) < 0:
            continue
        place = 0
        for line in sentence.text.splitlines(keepends=True):
            text = line.rstrip()
            held = _held(text, year)
            if held is not None:
                yield _Period(source, sha256, sentence, place, place + len(text), text, *held)
            place += len(line)


def _has_named_columns(sentence: AnnotatedSentence) -> bool:
    """Return whether it is the row of a table whose columns say what its dates are."""
    named = [cell for cell in sentence.cells if cell.column and not UNNAMED.fullmatch(cell.column)]
    return len(named) > 1


def _held(text: str, year: int | None) -> tuple[str, date, date | None, bool] | None:
    """Return (name, first day, last day, whether it goes on) of a line with a dose and then its dates."""
    found = list(_DAY.finditer(text))
    if not found or len(found) > 2:
        return None
    when = sorted((one.start, one.end) for one in find_dates(text))
    doses = [
        one for one in find_quantities(text[: found[0].start()], when) if one.dimension in _DOSES and one.unit
    ]
    if not doses:
        return None
    days = [_day(one, year) for one in found]
    if any(day is None for day in days):
        return None
    first = days[0]
    after = text[found[0].end() :]
    opened = len(found) == 1 and _OPEN.match(after) is not None
    if len(found) == 2 and not _TIE.match(text[found[0].end() : found[1].start()]):
        return None
    if len(found) == 1 and not opened:
        return None
    if first is None:
        return None
    return text[: doses[0].start], first, days[1] if len(days) == 2 else None, opened


def _day(match: re.Match[str], year: int | None) -> date | None:
    written = match["year"]
    own = (int(written) if len(written) == 4 else 2000 + int(written)) if written else year
    if own is None:
        return None
    reading = reading_of(own, int(match["month"]), int(match["day"]))
    return reading.first if reading is not None else None
