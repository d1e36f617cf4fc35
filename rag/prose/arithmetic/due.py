"""Answer when something is due by an interval: "every 12 weeks", "2 to 6 months later"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.prose.arithmetic.days import dated, written_days
from rag.prose.arithmetic.wording import (
    Documents,
    coverage_of,
    day_in,
    event_words,
    is_about,
    weights_of,
)
from rag.question.understanding.understood import Understood
from rag.tables.cells.days import day_in_words
from rag.verification.verify import Verdict
from vault.records import Citation
from vault.text.readable import readable

_SURE = 0.75
_LEAST_COVERAGE = 0.6
"""Share of what is asked about, by rarity, that the sentence with the interval or the one before it holds."""
_AS_GOOD = 0.05
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>days?|weeks?|wks?|months?|mths?|years?|yrs?)"
_INTERVALS = (
    re.compile(rf"\bevery\s+(?P<least>{_NUMBER})\s*{_UNIT}\b", re.IGNORECASE),
    re.compile(r"\b(?P<least>\d{1,3})[\s-]?(?P<unit>week|month|year)ly\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<least>{_NUMBER})(?:\s*(?:to|-|–)\s*(?P<most>{_NUMBER}))?\s*{_UNIT}\s+"
        r"(?:later|after|from (?:then|now))\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\bfor\s+(?P<least>{_NUMBER})\s*{_UNIT}\b", re.IGNORECASE),
)
_REPEATS = frozenset({0, 1})
_LASTS = 3
_ASKS_NEXT = re.compile(
    r"\b(?:when|what (?:date|day)|which (?:date|day)|date)\b.*"
    r"\b(?:next|after that|after this|following|again)\b"
    r"|\bnext\b.*\bdue\b|\bdue next\b",
    re.IGNORECASE,
)
_ASKS_LATER = re.compile(
    r"\b(?:when|what date|which date|earliest|latest|date)\b.*\b(?:second|third|2nd|3rd|booster|repeat)\b",
    re.IGNORECASE,
)
_ASKS_END = re.compile(
    r"\b(?:when|what (?:date|day)|which (?:date|day)|until when)\b.*"
    r"\b(?:over|end|ends|finish(?:es)?|up|run out|come off|stop)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(r"\b(?:latest|at the latest|last (?:date|day)|deadline)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """An interval in a sentence, and the day from which it counts."""

    said: float
    base: date
    least: int
    most: int
    unit: str
    citations: tuple[Citation, ...]
    quotes: tuple[str, ...]


def due_day(understood: Understood, documents: Documents) -> DirectAnswer | None:
    """Return the day that lies one interval after another day; None where either is not sure."""
    forms = _forms_asked(understood.text)
    if not forms:
        return None
    found = list(_intervals(understood, documents, forms))
    best = max((one.said for one in found), default=0.0)
    top = [one for one in found if one.said >= best - _AS_GOOD]
    if len({(one.base, one.least, one.most, one.unit) for one in top}) != 1:
        return None
    chosen = top[0]
    first = later(chosen.base, chosen.least, chosen.unit)
    last = later(chosen.base, chosen.most, chosen.unit)
    day = last if _LATEST.search(understood.text) else first
    span = str(chosen.least) if chosen.least == chosen.most else f"{chosen.least} to {chosen.most}"
    plural = "" if span == "1" else "s"
    text = f"{day_in_words(day)}: {span} {chosen.unit}{plural} after {day_in_words(chosen.base)}"
    return DirectAnswer(
        text,
        Verdict.COMPUTED,
        chosen.citations,
        AnswerForm.SUM,
        _SURE,
        rows=tuple(
            AnswerRow("", readable(quote), citation)
            for quote, citation in zip(chosen.quotes, chosen.citations, strict=True)
        ),
    )


def later(day: date, number: int, unit: str) -> date:
    """Return the day a number of units later; the last of its month where that is shorter."""
    if unit == "day":
        return day + timedelta(days=number)
    if unit == "week":
        return day + timedelta(weeks=number)
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _forms_asked(text: str) -> frozenset[int]:
    """Return which forms of intervals the question may mean, by their place in `_INTERVALS`."""
    if _ASKS_NEXT.search(text):
        return _REPEATS
    if _ASKS_LATER.search(text):
        return frozenset({0, 1, 2})
    return frozenset({_LASTS}) if _ASKS_END.search(text) else frozenset()


def _intervals(understood: Understood, documents: Documents, forms: frozenset[int]) -> Iterator[_Found]:
    """Yield the intervals of sentences about what is asked, each with the day that it counts from."""
    wanted = event_words(" ".join(understood.topic), understood)
    if not wanted:
        return
    weights = weights_of(wanted, [sentences for _, _, sentences in documents])
    asked = day_in(understood.text, understood)
    for document in dated(documents):
        source, profile = document.source, document.profile
        for before, sentence in zip([None, *document.sentences], document.sentences, strict=False):
            match = next(
                (one for form in sorted(forms) if (one := _INTERVALS[form].search(sentence.text))), None
            )
            if match is None:
                continue
            near = before if before is not None and before.span.page == sentence.span.page else None
            own = coverage_of(wanted, weights, sentence)
            said = max(own, coverage_of(wanted, weights, sentence, near) - _AS_GOOD)
            if said < _LEAST_COVERAGE:
                continue
            about = [one for one in (sentence, near) if one is not None and (one is sentence or said > own)]
            if not any(is_about(understood, one, profile, source) for one in about):
                continue
            places = [sentence, *([near] if near is not None and said > own else [])]
            head = document.heads.get(sentence.number)
            bases = [
                (day, one)
                for one in (*places, *([head] if head is not None and head not in places else []))
                for _, _, day in written_days(one, document.year)
            ]
            if asked is not None:
                bases = [
                    (one, place) for one, place in bases if (one.month, one.day) in _days(asked.readings)
                ]
            if not bases:
                continue
            base, where = bases[0]
            if sum(place is where for _, place in bases) > 1:
                continue
            cited = list(dict.fromkeys([sentence.number, where.number, *(one.number for one in places)]))
            by_number = {one.number: one for one in (sentence, where, *places)}
            yield _Found(
                said,
                base,
                _number(match["least"]),
                _number(match.groupdict().get("most") or match["least"]),
                _unit(match["unit"]),
                tuple(source.cite_sentence(document.sha256, by_number[number]) for number in cited),
                tuple(by_number[number].text for number in cited),
            )


def _days(readings: tuple[tuple[date, date], ...]) -> set[tuple[int, int]]:
    return {(first.month, first.day) for first, _ in readings}


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS.index(written.lower()) + 1


def _unit(written: str) -> str:
    lower = written.lower()
    return "week" if lower[0] == "w" else "day" if lower[0] == "d" else "month" if lower[0] == "m" else "year"
