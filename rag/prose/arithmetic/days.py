"""The days that sentences give: written in them, or at the head of the entry or mail that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.prose.arithmetic.wording import Documents
from rag.tables.cells.days import cell_date
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence, Profile
from vault.text.dates.find import find_dates
from vault.text.dates.found import NO_YEAR, FoundDate
from vault.text.dates.months import WEEKDAY_START

_BORN = re.compile(r"\b(?:born|d\.?o\.?b\.?|birth|geb\.?)\W*(?:\w+\W+)?$", re.IGNORECASE)
_BORN_COLUMN = re.compile(r"\b(?:born|d\.?o\.?b|birth|geb)", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening|am|pm))\b", re.IGNORECASE)
_ENTRY = re.compile(
    rf"\W*(?:{WEEKDAY_START}\w*[ ,.]+)?(?P<day>\d{{1,2}})[./-](?P<month>\d{{1,2}})\b(?![./-]\d)",
    re.IGNORECASE,
)
_LONGEST_ENTRY_HEAD = 60
_SENT = re.compile(r"(?:^|\n|\s)sent\s*:|\bwrote\s*:", re.IGNORECASE)
_LEAST_ENTRIES = 3
_WEEKDAY = re.compile(rf"\W*(?:{WEEKDAY_START}\w*[ ,.]*)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def written_days(sentence: AnnotatedSentence, year: int | None) -> Iterator[tuple[int, int, date]]:
    """Yield the days in a sentence with their places; without a year in it, those of the document's year."""
    text = sentence.text
    places = [(one.start, one.end, one.readings[0]) for one in _dates_in(sentence)]
    for cell in sentence.cells:
        if _BORN_COLUMN.search(cell.column):
            continue
        start = cell.start - sentence.span.start
        readings = cell_date(cell.text, named=re.match(r"\d\d?/\d\d?\b", cell.text) is not None)
        if readings and not any(a < start + len(cell.text) and b > start for a, b, _ in places):
            places.append((start, start + len(cell.text), readings[0]))
    entry = None if sentence.cells else _ENTRY.match(text)
    free = entry is not None and not any(start < entry.end() for start, _, _ in places)
    if entry is not None and free and (readings := cell_date(f"{entry['day']}/{entry['month']}", named=True)):
        places.append((*entry.span(), readings[0]))
    for start, end, reading in sorted(places):
        if reading.first != reading.last or _BORN.search(text[:start]):
            continue
        day = reading.first
        if reading.yearless:
            if year is None:
                continue
            day = reading.in_year(year).first
        yield start, end, day


def _dates_in(sentence: AnnotatedSentence) -> list[FoundDate]:
    """Return the dates in a sentence but not those of columns of births."""
    births = [
        (cell.start - sentence.span.start, cell.end - sentence.span.start)
        for cell in sentence.cells
        if _BORN_COLUMN.search(cell.column)
    ]
    return [one for one in find_dates(sentence.text) if not any(a <= one.start < b for a, b in births)]


def _entry_heads(sentences: Sequence[AnnotatedSentence]) -> dict[int, AnnotatedSentence]:
    """Return, by the number of a sentence, the line with a date above it: "TUE 10/6", "Sent: 3 May".

    A single line is no head of an entry, but the date of the whole.
    """
    heads = [one for one in sentences if _heads_entry(one) or _SENT.search(one.text)]
    if len(heads) < _LEAST_ENTRIES and not any(_SENT.search(one.text) for one in heads):
        return {}
    found: dict[int, AnnotatedSentence] = {}
    head: AnnotatedSentence | None = None
    for sentence in sentences:
        if heads and sentence is heads[0]:
            head = heads.pop(0)
        elif (
            head is not None and sentence.table is None and (_of_notes(head) or _TODAY.search(sentence.text))
        ):
            found[sentence.number] = head
    return found


def _heads_entry(sentence: AnnotatedSentence) -> bool:
    line = sentence.text.partition("\n")[0]
    if sentence.cells or len(line) > _LONGEST_ENTRY_HEAD:
        return False
    found = find_dates(line)
    begins = bool(found) and _WEEKDAY.fullmatch(line[: found[0].start]) is not None
    return begins or _ENTRY.match(line) is not None


def _of_notes(head: AnnotatedSentence) -> bool:
    """Return whether what stands under a line is of its day; in a mail only what says "today"."""
    return _SENT.search(head.text) is None


@dataclass(frozen=True, slots=True)
class DatedDocument:
    """A document with what dates its sentences."""

    source: TableSource
    sha256: str
    sentences: Sequence[AnnotatedSentence]
    profile: Profile | None
    year: int | None
    """The year of the days that it writes without one; else that of all others."""
    heads: dict[int, AnnotatedSentence]
    """By the number of a sentence, the line with a date above it."""


def dated(documents: Documents) -> list[DatedDocument]:
    """Return the documents with what dates their sentences."""
    found = []
    for source, sha256, sentences in documents:
        profile = source.sentences.profiles([sha256]).get(sha256)
        year = _year_of(source.documents[sha256].name, profile, sentences)
        found.append(DatedDocument(source, sha256, sentences, profile, year, _entry_heads(sentences)))
    known = {one.year for one in found if one.year is not None}
    only = known.pop() if len(known) == 1 else None
    return [replace(one, year=one.year or only) for one in found]


def _year_of(name: str, profile: Profile | None, sentences: Sequence[AnnotatedSentence]) -> int | None:
    """Return the year of the days that a document writes without one."""
    if profile is not None and profile.date is not None:
        return profile.date.year
    counts: dict[int, int] = {}
    for sentence in sentences:
        for one in _dates_in(sentence):
            first = one.readings[0].first
            if first.year != NO_YEAR and not _BORN.search(sentence.text[: one.start]):
                counts[first.year] = counts.get(first.year, 0) + 1
    named = {int(year) for year in _YEAR.findall(name)}
    if len(named) == 1:
        return named.pop()
    common = max(counts, key=lambda one: (counts[one], one), default=None)
    # Births of several people are dates of many years: none is that of the document.
    return common if common is not None and 2 * counts[common] >= sum(counts.values()) else None


def says_today(text: str) -> bool:
    """Return whether a sentence tells of the day on which it was written."""
    return _TODAY.search(text) is not None
