"""People and parties of a document while they are being collected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from ingest.annotation.pieces.field_names import MAIN_ROLES
from ingest.annotation.pieces.names import CIVIL, TITLED, is_plain_name, leading_name, organisations_in
from vault.annotations import Subject
from vault.text.dates.find import find_dates

BORN = re.compile(
    r"\b(?:born(?: on)?|d\.?\s?o\.?\s?b\.?:?|date of birth:?|geb\.?(?:oren am)?|née? le)\s*", re.IGNORECASE
)
IDENTIFIER = re.compile(r"\b(?=[\w/-]*\d)(?:[A-Z]{1,5}[-/ ]?)?\d[\d/-]{2,}[\dA-Z]\b|\b[A-Z]{1,4}-?\d{3,}\b")
_TELEPHONE = re.compile(r"\b(?:tel|phone|mobile|bleep|ext|fax|direct)\b|\b0\d{3,4} \d{3}", re.IGNORECASE)


@dataclass(slots=True)
class Person:
    """A subject while what is known of it is being collected."""

    name: str
    role: str
    identifiers: list[str] = field(default_factory=list)
    born: date | None = None
    aliases: list[str] = field(default_factory=list)

    def made(self) -> Subject:
        """Return the subject."""
        aliases = tuple(dict.fromkeys(one for one in self.aliases if one and one != self.name))
        return Subject(self.name, self.role, tuple(dict.fromkeys(self.identifiers)), self.born, aliases)


def person_of(value: str, role: str) -> Person | None:
    """Return the person or party that a value begins with, with what it says of them; None without a name."""
    name = leading_name(value)
    if not name or (len(name.split()) < 2 and role not in ("patient", "client", "person")):
        organisation = next(organisations_in(value), "")
        name = organisation or (name if role in MAIN_ROLES and role != "person" else "")
    if not name or not any(map(str.isalpha, name)):
        return None
    person = Person(name, role)
    _describe(person, value[len(name) :])
    return person


def _describe(person: Person, text: str) -> None:
    """Add what stands after a name: the date of birth and numbers."""
    born = BORN.search(text[:90])
    if born is not None:
        dates = find_dates(text[born.end() : born.end() + 40])
        if dates and dates[0].start <= 2 and dates[0].first == dates[0].last and not dates[0].yearless:
            person.born = dates[0].first
            text = text[: born.end()] + text[born.end() + dates[0].end :]
    for number in IDENTIFIER.finditer(text[:110]):
        if not find_dates(number.group()) and not _TELEPHONE.search(text[: number.end() + 7]):
            person.identifiers.append(number.group())


def add_person(found: list[Person], person: Person | None) -> Person | None:
    """Add a person, or what is new of one that is known already; return the one in `found`."""
    if person is None:
        return None
    for known in found:
        if "matter" not in (person.role, known.role) and same_name(known.name, person.name):
            if len(person.name) > len(known.name):
                known.aliases.append(known.name)
                known.name = person.name
            elif person.name != known.name:
                known.aliases.append(person.name)
            if known.role in ("person", "") and person.role:
                known.role = person.role
            known.born = known.born or person.born
            known.identifiers += person.identifiers
            known.aliases += person.aliases
            return known
    found.append(person)
    return person


def same_name(one: str, other: str) -> bool:
    """Return whether two names may be of the same person: no word of the shorter is missing in the longer."""
    left, right = (
        [word.strip(".,").casefold() for word in name.split() if word.strip(".").casefold() not in CIVIL]
        for name in (one, other)
    )
    short, long = sorted((left, right), key=len)
    if not short or (short[-1] not in long and short[0] not in long):
        return False
    return all(
        any(
            word == full
            or (len(word) == 1 and full.startswith(word))
            or (len(full) == 1 and word.startswith(full))
            for full in long
        )
        for word in short
    )


def introduced_person(text: str) -> Person | None:
    """Return the person who is named with a date of birth: "Mrs Ilse Corrowan, born 2 October 1947"."""
    born = BORN.search(text)
    if born is None or born.start() > 140:
        return None
    before = text[: born.start()].rstrip(" ,;(\n")
    name = ""
    for titled in TITLED.finditer(before):
        if titled["title"].lower() in CIVIL:
            name = titled.group()
    if not name:
        last = re.split(r"[,:;\n]|\bof\b|\babout\b", before)[-1].strip()
        name = last if is_plain_name(last) else ""
    return person_of(text[text.index(name) :], "patient") if name else None
