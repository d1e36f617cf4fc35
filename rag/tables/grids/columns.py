"""The columns of a table: the words of the name, the unit, and what kind of thing stands in the cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.question.wanted import Wanted
from rag.tables.asking.terms import Term, phrase
from rag.tables.cells.numbers import UNIT

_IN_BRACKETS = re.compile(r"[(\[]\s*(?:in\s+)?([^()\[\]]{1,24})\s*[)\]]\s*$")
_ENDINGS = re.compile(r"(?<=\w|\))[\s,]+(?=(?P<unit>\S{1,12}(?:\s\S{1,8})?)$)")
UNNAMED = re.compile(r"column \d+")
"""What annotating calls a column that the document does not name."""
_LEAST_SHORTENED = 4
"""Letters that a shortened name has at least."""
_BARE_UNITS = frozenset("kg mg g ml l % £ € $ mcg µg μg cm mm mmhg bpm fl pg °c °f chf eur gbp usd".split())
"""What is a unit at the end of a name even without brackets."""
_PERSON = frozenset(
    """patient resident client tenant customer surname forename firstname name names lastname employee staff
    member claimant debtor creditor lessee occupier payee driver person who applicant witness nachname vorname
    mieter kunde kundin bewohner patientin""".split()
)
_DOER = re.compile(
    r"\bby\W*$|^(?:by|rn|hca|sn|staff|therapist|physio|midwife|pharmacist|technician|operator|driver"
    r"|nurse|doctor|surgeon|consultant|author|owner|manager|contact|solicitor|carer|key ?worker"
    r"|clinician|signed by|seen by|given by|done by|responsible|lead|initials|landlord|supplier|seller"
    r"|buyer)\b",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"(?:^|\b)(?:no|nos|nr|num|number|nummer|id|mrn|nhs|ref|reference|code|#)\b\.?", re.IGNORECASE
)
_BORN = re.compile(r"\b(?:born|dob|d\.o\.b|birth|geb|geboren|geburtsdatum|né|née)\b", re.IGNORECASE)
_DATE = re.compile(r"\b(?:date|datum|day|tag|when|on|taken|am|jour)\b", re.IGNORECASE)
_BEGINS = frozenset(phrase("from start started since begin began begun commenced commencing"))
_ENDS = frozenset(phrase("to until till end ended stop stopped ceased finish finished discontinued"))
_MEDICINE = re.compile(r"\b(?:medicines?|drugs?|medications?|medicaments?|preparation|wirkstoff)\b", re.I)
_DOSE_UNIT = re.compile(r"^(?:mg|mcg|µg|μg|g|ml|units?|iu)\b", re.IGNORECASE)
_MONEY_UNIT = re.compile(r"£|€|\$|gbp|eur|usd|chf", re.IGNORECASE)
_VALUE = re.compile(
    r"^(?:results?|values?|amount|reading|measurement|finding|wert|ergebnis|betrag|level|quantity|answer|total)\b",
    re.IGNORECASE,
)
_TELLING = frozenset({"amount", "betrag", "total", "quantiti", "level"})
"""Stems of names of value columns that are said with a value."""
_UNIT_COLUMN = re.compile(r"^(?:units?|einheit)$", re.IGNORECASE)
_VOLUMES = frozenset({"l", "dl", "ml"})
"""What a concentration is in: "g/L" is no weight."""
_UNITS_BY_WORD = {
    "kilo": ("kg",),
    "weight": ("kg", "g", "lb", "st"),
    "weigh": ("kg",),
    "dose": ("mg", "mcg", "µg", "g", "ml", "units", "unit", "iu"),
    "strength": ("mg", "mcg", "µg", "g", "ml", "units"),
    "price": ("£", "€", "$", "gbp", "eur", "usd", "chf"),
    "cost": ("£", "€", "$", "gbp", "eur", "usd", "chf"),
    "amount": ("£", "€", "$", "gbp", "eur", "usd", "chf"),
    "percentag": ("%",),
    "height": ("cm", "m"),
    "temperatur": ("°c", "°f"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name."""

    index: int
    name: str
    """As written, without its unit: "Potassium"."""
    stems: tuple[str, ...]
    unit: str

    @property
    def person(self) -> bool:
        """Whether its cells name people or parties, by the name of the column."""
        return not self.born and any(word in _PERSON for word in re.findall(r"\w+", self.name.lower()))

    @property
    def identifier(self) -> bool:
        """Whether its cells are numbers that name something."""
        return _IDENTIFIER.search(self.name) is not None or self.name.strip() == "#"

    @property
    def born(self) -> bool:
        """Whether its dates are dates of birth: no date of a row."""
        return _BORN.search(self.name) is not None

    @property
    def dated(self) -> bool:
        """Whether its name says that it holds dates."""
        return _DATE.search(self.name) is not None

    @property
    def begins(self) -> bool:
        """Whether it says from when something holds: "Start", "Since"."""
        return not _BEGINS.isdisjoint(self.stems)

    @property
    def ends(self) -> bool:
        """Whether it says until when something holds: "Stop", "Until"."""
        return not _ENDS.isdisjoint(self.stems)

    @property
    def value(self) -> bool:
        """Whether it is the column of values of a table that has one thing a row."""
        return _VALUE.search(self.name) is not None

    @property
    def says_nothing(self) -> bool:
        """Whether its name adds nothing to the name of the row: "Result", "Value"."""
        return not self.name or (self.value and self.stems[0] not in _TELLING)

    @property
    def holds_units(self) -> bool:
        """Whether its cells are the units of another column."""
        return _UNIT_COLUMN.search(self.name) is not None

    def suits(self, wanted: Wanted) -> bool:
        """Return whether its name or unit says that it holds the kind of thing that is wanted."""
        return {
            Wanted.DATE: self.dated,
            Wanted.PERSON: self.person or _DOER.search(self.name) is not None,
            Wanted.MEDICINE: _MEDICINE.search(self.name) is not None,
            Wanted.IDENTIFIER: self.identifier,
            Wanted.MONEY: _MONEY_UNIT.search(self.unit) is not None,
            Wanted.DOSE: _DOSE_UNIT.search(self.unit) is not None or "dose" in self.stems,
        }.get(wanted, False)

    def matched(self, term: Term) -> frozenset[str]:
        """Return the stems of the name that a term accounts for; {"unit"} where only the unit does."""
        stems = term.matched(self.stems)
        if stems or not self.unit:
            return stems
        if len(self.stems) == 1 and shortened(self.name, term.written):
            return frozenset(self.stems)
        if term.own == phrase(self.unit):
            return frozenset({"unit"})
        units = {unit for form in term.forms if len(form) == 1 for unit in _UNITS_BY_WORD.get(form[0], ())}
        first, _, per = self.unit.lower().partition("/")
        return frozenset({"unit"}) if first in units and per not in _VOLUMES else frozenset()


@lru_cache(maxsize=8192)
def column_of(index: int, written: str) -> Column:
    """Return a column by its written name.

    Example: "Warfarin per week (mg)" has the name "Warfarin per week" and the unit "mg"; so does "CRP mg/L"
    have the unit "mg/L".
    """
    text = " ".join(written.split()).strip(" *:|")
    if UNNAMED.fullmatch(text):
        text = ""
    name, unit = text, ""
    bracketed = _IN_BRACKETS.search(text)
    if bracketed and _is_unit(bracketed.group(1)) and bracketed.start() > 0:
        name, unit = text[: bracketed.start()], bracketed.group(1).strip()
    elif ending := next(filter(_ends_in_unit, _ENDINGS.finditer(text)), None):
        name, unit = text[: ending.start()], ending["unit"].strip()
    name = name.strip(" ,:-/")
    if unit:
        name = re.sub(r"\s+in$", "", name)
    return Column(index, name or text, phrase(name or text), unit)


def shortened(name: str, word: str) -> bool:
    """Return whether the name of a measurement is the beginning of a word: "Creat" of "creatinine"."""
    short = name.rstrip(".").lower()
    return len(short) >= _LEAST_SHORTENED and word.lower().startswith(short)


def _ends_in_unit(ending: re.Match[str]) -> bool:
    unit = ending["unit"].strip()
    return _is_unit(unit) and ("/" in unit or unit.lower() in _BARE_UNITS)


def _is_unit(text: str) -> bool:
    first = re.split(r"\s*(?:/|\bper\b|\bp\.|\ba\b)\s*", text.strip(), maxsplit=1)[0]
    return bool(UNIT.fullmatch(text.strip()) or (first and UNIT.fullmatch(first)))
