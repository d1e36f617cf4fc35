"""Find out whom or what each piece is about, where its own row, section or page says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.annotation.pieces.divide import Piece
from ingest.annotation.pieces.field_names import role_of_field
from ingest.annotation.pieces.names import CIVIL, TITLED, is_plain_name
from ingest.annotation.profile.people import Person, introduced_person, person_of, same_name
from ingest.annotation.tables.assemble import MadeTable
from ingest.annotation.tables.cells import CellKind, kind_of_cell
from ingest.chunking.chunk import HEADING_JOINT
from vault.records import ElementKind
from vault.text.readable import readable

_IDENTITY = frozenset(("patient", "client", "person", "employee", "insured", "party"))
"""Roles of the fields that say whom the lines after them are about."""
_SURNAME = re.compile(r"(?:surname|last name|family name|name|nachname|nom)", re.IGNORECASE)
_FIRST_NAME = re.compile(
    r"(?:first names?|forenames?|given names?|christian name|vorname|prénom)", re.IGNORECASE
)
_KEY = re.compile(r"\W*(\w[\w.]* [\w/-]+)")
_WORD = re.compile(r"\w+")


def assign_subjects(
    pieces: Sequence[Piece], tables: Sequence[MadeTable], people: Sequence[Person]
) -> dict[int, str]:
    """Set `Piece.subject`, and return the subject of each table by its number.

    A row says itself whom it is about if it has a column for it. Other pieces are about the person of the
    last field "Patient: …" or "Name: …", of their heading or of their page; or about the one whose bed,
    number or other key they name.
    """
    known = _Known(people)
    for table in tables:
        _assign_rows(table, known)
    keys = _keys(tables)
    sections = _by_section(pieces, known)
    about: dict[int, str] = {}
    for piece in pieces:
        section = sections.get(id(piece), "")
        if piece.table is not None:
            about.setdefault(piece.table, section)
        if not piece.subject:
            piece.subject = _by_key(piece, keys) or section
    return about


class _Known:
    """The people of a document, by any of their names."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._names: dict[str, str] = {}

    def full(self, name: str) -> str:
        """Return the fullest name of a person, if only one is meant; else the name as it is."""
        if name not in self._names:
            fitting = {one.name for one in self._people if same_name(one.name, name)}
            self._names[name] = fitting.pop() if len(fitting) == 1 else name
        return self._names[name]

    def by_words(self, text: str) -> str:
        """Return the only person one of whose names, longer than a letter, is a word of a text; or empty."""
        words = {word.casefold() for word in _WORD.findall(text)}
        fitting = [
            one.name
            for one in self._people
            if one.role in _IDENTITY
            and any(
                len(word) > 2 and word.casefold() in words and word.casefold() not in CIVIL
                for word in one.name.split()
            )
        ]
        return fitting[0] if len(fitting) == 1 else ""


def _assign_rows(table: MadeTable, known: _Known) -> None:
    names = [column.strip(" :.") for column in table.columns]
    surname = next((index for index, name in enumerate(names) if _SURNAME.fullmatch(name)), None)
    first = next((index for index, name in enumerate(names) if _FIRST_NAME.fullmatch(name)), None)
    whole = next((index for index, name in enumerate(names) if role_of_field(name) in _IDENTITY), None)
    if whole is None and surname is None:
        return
    for piece in table.pieces:
        values = {cell.column: readable(cell.text) for cell in piece.cells}
        if first is not None and surname is not None and first != surname:
            parts = (values.get(table.columns[index], "") for index in (first, surname))
            name = " ".join(filter(None, parts))
        else:
            index = whole if whole is not None else surname
            name = values.get(table.columns[index or 0], "")
        if name and not any(map(str.isdigit, name)):
            piece.subject = known.full(_in_order(name))


def _in_order(name: str) -> str:
    """Return "TOLLIVER Marian" and "Tolliver, Marian" as "Marian Tolliver"; other names as they are."""
    last, comma, first = name.partition(", ")
    if comma and is_plain_name(f"{first} {last}"):
        return f"{first} {last}"
    words = name.split()
    if len(words) == 2 and words[0].isupper() and len(words[0]) > 2 and words[1].istitle():
        return f"{words[1]} {words[0].title()}"
    return name


def _keys(tables: Sequence[MadeTable]) -> dict[str, str]:
    """Return the subject of the rows by their keys: "bed 7", and identifiers as they stand in a cell."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for piece in table.pieces:
            if not piece.subject:
                continue
            for number, cell in enumerate(piece.cells):
                text = readable(cell.text)
                kind = kind_of_cell(text)
                if number == 0 and kind in (CellKind.NUMBER, CellKind.IDENTIFIER) and len(text) < 12:
                    found.setdefault(f"{cell.column} {text}".casefold(), set()).add(piece.subject)
                elif kind is CellKind.IDENTIFIER and len(text) > 4:
                    found.setdefault(text.casefold(), set()).add(piece.subject)
    return {key: subjects.pop() for key, subjects in found.items() if len(subjects) == 1}


def _by_key(piece: Piece, keys: Mapping[str, str]) -> str:
    """Return the subject whose key a piece begins with or holds, if it is only one."""
    if not keys:
        return ""
    opening = _KEY.match(piece.text)
    if opening is not None and opening[1].casefold() in keys:
        return keys[opening[1].casefold()]
    words = piece.text.casefold().split()
    held = {keys[word.strip(".,;:()")] for word in words if word.strip(".,;:()") in keys}
    for one, other in pairwise(words):
        pair = f"{one} {other.strip('.,;:()')}"
        if pair in keys:
            held.add(keys[pair])
    return held.pop() if len(held) == 1 else ""


def _by_section(pieces: Sequence[Piece], known: _Known) -> dict[int, str]:
    """Return the subject of pieces by section and page; none where all are about the same."""
    found: dict[int, str] = {}
    label, heading = None, ""
    current = from_heading = ""
    for piece in pieces:
        if piece.label != label:
            label = piece.label
            current = known.by_words(label) if label else current
        if piece.heading != heading:
            heading = piece.heading
            from_heading = _named_in(heading, known)
        if piece.kind is not ElementKind.HEADING:
            current = _introduced(piece, known) or current
        found[id(piece)] = from_heading or current
    return found if len({name for name in found.values() if name}) > 1 else {}


def _introduced(piece: Piece, known: _Known) -> str:
    """Return the person whom a field or a line introduces, or empty."""
    if piece.row is None or len(piece.cells) == 1:
        for cell in piece.cells:
            role = role_of_field(" ".join(cell.column.split()).strip(" :."))
            if role in _IDENTITY:
                person = person_of(readable(cell.text), role)
                return "" if person is None else known.full(person.name)
    if piece.row is None and len(piece.text) < 160:
        person = introduced_person(readable(piece.text))
        return "" if person is None else known.full(person.name)
    return ""


def _named_in(heading: str, known: _Known) -> str:
    """Return the person whom the innermost heading with one names: "Mrs Lindqvist, bed 4"."""
    for part in reversed(heading.split(HEADING_JOINT)):
        for titled in TITLED.finditer(part):
            if titled["title"].lower() in CIVIL:
                return known.full(titled.group())
    return ""
