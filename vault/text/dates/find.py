"""Find the dates of a text: put ranges together, and leave out what only looks like a date."""

from __future__ import annotations

import re
from datetime import time

from vault.text.dates.found import FoundDate, Reading, range_of, reading_of
from vault.text.dates.written import BEGINNING, Atom, Written, atoms_at

_NEAR = 20
"""Characters before a date that are searched for the word that says whether it is one."""
_FURTHER = 40
"""Characters before a range that are searched for a verb."""
_REFERENCE_BEFORE = re.compile(
    r"(?:\b(?:clauses?|cl|sections?|sec|paragraphs?|paras?|articles?|art|rules?|schedules?|schs?|parts?|items?"
    r"|versions?|ver|release|pages?|pp?|nos?|nr|numbers?|tables?|figures?|fig|annex|exhibits?|chapters?|tel"
    r"|telephone|phone|fax|mobile|ext|step|stage|grade|type|room|bed|ward)\b\.?:?|[§#])\s*$",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?:\d\d?\.){2}\d\d")
_AMONG_DIGITS = re.compile(r"(?:[\w$£€#]|\d[.,/:-]|[A-Za-z][-/])$")
_BEFORE_A_MONTH = re.compile(
    r"\b(?:in|during|since|until|till|by|before|after|from|through|throughout|of|last|next|this|early|late|mid|to"
    r"|end of|im|seit|bis|ab|anfang|ende|mitte|en|depuis|fin|début|mois de)[\s-]+$",
    re.IGNORECASE,
)
_BEFORE_A_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|from|during|through|throughout|of|to|years?|for|early|late|mid"
    r"|circa|around|about|spring|summer|autumn|fall|winter|christmas|easter|and|between|than|fy|dated"
    r"|im jahre?|jahre?|seit|bis|ab|vor|nach|en|depuis|année|l['’]an|avant|après|act|rules|regulations|order)"
    r"[\s-]+|[(\[]|\bc\.\s?)$",
    re.IGNORECASE,
)
_BEFORE_A_DAY = re.compile(
    r"\b(?:on|by|until|till|since|before|after|from|of|dated|the|to|between|and)\s+$", re.IGNORECASE
)
_BEFORE_A_GERMAN_DAY = re.compile(r"\b(?:am|vom|bis|zum|ab|seit|dem|den|und)\s+$", re.IGNORECASE)
_TIED = re.compile(
    r"\s*(?:(?P<range>to|until|till|thru|through|up to|bis(?: zum)?|au|à|jusqu['’]au|-|–|—)"
    r"|(?P<list>,?\s*(?:and|or|und|oder|et|ou)|,|&|/))\s*(?:the\s+|le\s+)?"
)
_TIED_TO_A_NUMBER = re.compile(r"\s*(?:to|and|or|-|–|—|bis|à)\s*\d[\d,.]{3,}(?![\w])")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\s+(?:the\s+|le\s+)?$", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:mov|reschedul|postpon|chang|deferr|brought forward|amend|extend|correct|push|put back|shift)"
)
_CLOCK = re.compile(
    r"(?:T|,?\s+(?:at\s+|um\s+|à\s+|@\s*|[-–]\s)?|,\s*)"
    r"(?:(?P<hour>[01]?\d|2[0-3])(?::|h(?=\d))(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"|(?P<whole>1[0-2]|[1-9])(?:[.](?P<past>[0-5]\d))?(?=\s?[ap]\.?m\b))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?|\s?(?:hrs|hours|uhr|Z)\b)?(?![\w:]|[.,]\d)",
    re.IGNORECASE,
)


def find_dates(text: str) -> list[FoundDate]:
    """Return the dates of `text` in order; no two overlap.

    A range ("from 3 to 9 May 2024", "between January and March 2025") is one date with its first and last
    day. A month or year that stands nearby counts for the days before it: "3, 5 and 9 May 2024" are three
    dates. A number that is no date (a clause, a telephone number, a ratio, a blood pressure) is left out.

    Example: `[one.iso for one in find_dates("Seen on 4/5/24, again in Q3 2025.")]` gives
    `["2024-05-04", "2025-07/2025-09"]`; the first has the reading 2024-04-05 too.
    """
    atoms = written_dates(text)
    found: list[FoundDate] = []
    index = 0
    while index < len(atoms):
        atom, following = atoms[index], atoms[index + 1] if index + 1 < len(atoms) else None
        if following is not None and _is_range(text, atom, following):
            ends = _range(atom, following)
            if ends:
                found.append(_with_clock(text, atom.start, following.end, ends))
                index += 2
                continue
        index += 1
        readings = _readings(atom)
        if readings and _stands(text, atom):
            found.append(_with_clock(text, atom.start, atom.end, readings))
    return found


def single_dates(text: str) -> list[Atom]:
    """Return the dates of `text` one by one, as far as they are written: ranges are not put together.

    Each has the places of its parts. A day that does not exist is left out.
    """
    return [atom for atom in written_dates(text) if _readings(atom) and _stands(text, atom)]


_YEAR_OR_CLOCK = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d{2}\b")


def days_and_times(text: str) -> list[tuple[int, int]]:
    """Return the places of everything that may say when: dates, any number like a year, times of day."""
    dates = [(one.start, one.end) for one in find_dates(text)]
    others = [match.span() for match in _YEAR_OR_CLOCK.finditer(text)]
    return sorted(
        dates + [(start, end) for start, end in others if not any(a < end and start < b for a, b in dates)]
    )


def written_dates(text: str) -> list[Atom]:
    """Return the dates of `text` one by one, as far as they are written, with the year that they are tied to.

    Ranges are not put together, and a month or a year alone (`Atom.needs`) may turn out to be no date.
    """
    atoms: list[Atom] = []
    place = 0
    # The dotted I is the one letter that grows in lower case.
    lower = text.replace("\u0130", "i").lower()
    while (beginning := BEGINNING.search(lower, place)) is not None:
        start = beginning.start()
        after_date = atoms and start == place + 1
        among = not after_date and _AMONG_DIGITS.search(text, max(0, start - 2), start)
        found = [] if among else atoms_at(lower, start)
        if not found or not _allowed(text, found[0]):
            place = _after_word(text, start)
            continue
        atoms += found
        place = found[-1].end
    for index in range(len(atoms) - 2, -1, -1):
        atoms[index] = _with_year_of(text, atoms[index], atoms[index + 1])
    return atoms


_WORD = re.compile(r"[^\W_]+(?:[./:-]\d+)*")


def _after_word(text: str, start: int) -> int:
    match = _WORD.match(text, start)
    return match.end() if match else start + 1


def _allowed(text: str, atom: Atom) -> bool:
    """Return whether what stands before a date lets it be one."""
    written = text[atom.start : atom.end]
    if _DOTTED.fullmatch(written) and _opens_line(text, atom.start):
        # "1.2.15 The Supplier" is a clause, "04.05.24 Seen in clinic" a date.
        parts = written.split(".")
        if not any(part.startswith("0") for part in parts) and int(parts[2]) < 20:
            return False
    if len(written) > 8 and written[-4:].isdigit():
        return True
    return _REFERENCE_BEFORE.search(text, max(0, atom.start - _NEAR), atom.start) is None


def _opens_line(text: str, place: int) -> bool:
    return text[:place].rpartition("\n")[2].strip() == ""


def _stands(text: str, atom: Atom) -> bool:
    """Return whether a month or a year alone, or a day that may be a word, is meant as a date."""
    left = max(0, atom.start - _NEAR)
    if atom.needs == "month":
        # "in May", but not "the company may" nor "the march of time".
        return _BEFORE_A_MONTH.search(text, left, atom.start) is not None and (
            text[atom.start].isupper() or text[atom.start : atom.end] not in ("march", "mar", "may")
        )
    if atom.needs == "year":
        return (
            _BEFORE_A_YEAR.search(text, left, atom.start) is not None
            and _TIED_TO_A_NUMBER.match(text, atom.end) is None
        )
    if atom.needs == "day":
        # "3 May", but "section 3 may".
        capital = any(letter.isupper() for letter in text[atom.start : atom.end])
        return capital or _BEFORE_A_DAY.search(text, left, atom.start) is not None
    if atom.needs == "german day":
        return _BEFORE_A_GERMAN_DAY.search(text, left, atom.start) is not None
    return True


def _with_year_of(text: str, atom: Atom, following: Atom) -> Atom:
    """Return the date with the year of the next one, if they are tied and it has none itself."""
    year = following.meanings[0].year
    if year is None or any(meaning.year for meaning in atom.meanings):
        return atom
    if _TIED.fullmatch(text, atom.end, following.start) is None:
        return atom
    later = following.meanings[0]

    def dated(meaning: Written) -> Written:
        over = (meaning.month or 0, meaning.day or 0) > (later.month or 12, later.day or 31)
        return meaning._replace(year=year - 1 if over else year)

    return atom._replace(meanings=tuple(map(dated, atom.meanings)), needs="")


def _is_range(text: str, atom: Atom, following: Atom) -> bool:
    tie = _TIED.fullmatch(text, atom.end, following.start)
    if tie is None:
        return False
    before = text[max(0, atom.start - _FURTHER) : atom.start]
    if tie["range"] is None:
        return _BETWEEN.search(before) is not None
    return _MOVED.search(before) is None


def _range(atom: Atom, following: Atom) -> tuple[Reading, ...]:
    """Return what a range may mean; day and month are in the same order at both ends."""
    firsts, lasts = atom.meanings, following.meanings
    pairs = zip(firsts, lasts, strict=True) if len(firsts) == len(lasts) else (
        (one, other) for one in firsts for other in lasts
    )  # fmt: skip
    found = [
        whole
        for one, other in pairs
        if (first := reading_of(*one)) and (last := reading_of(*other)) and (whole := range_of(first, last))
    ]
    return tuple(dict.fromkeys(found))


def _readings(atom: Atom) -> tuple[Reading, ...]:
    found = (reading_of(*meaning) for meaning in atom.meanings)
    return tuple(dict.fromkeys(reading for reading in found if reading))


def _with_clock(text: str, start: int, end: int, readings: tuple[Reading, ...]) -> FoundDate:
    match = _CLOCK.match(text, end) if readings[0].first == readings[0].last else None
    if match is None:
        return FoundDate(start, end, readings)
    hour, minute = int(match["hour"] or match["whole"]), int(match["minute"] or match["past"] or 0)
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return FoundDate(start, match.end(), readings, time(hour, minute))
