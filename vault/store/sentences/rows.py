"""Convert annotated sentences and profiles to what is stored, and back."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, time
from decimal import Decimal
from typing import Any

from vault.annotations import AnnotatedSentence, Cell, Profile, Stance, Subject, Table
from vault.line_numbers import LineNumbers
from vault.records import ElementKind, PageName, Span
from vault.text.dates.found import FoundDate, Reading
from vault.text.quantities.found import FoundQuantity
from vault.text.quantities.units import Dimension
from vault.text.references import FoundReference

_STANCES = tuple(Stance)


def dump_stance(stance: frozenset[Stance]) -> int:
    """Return stances as the bits of a number, in the order of `Stance`."""
    return sum(1 << bit for bit, one in enumerate(_STANCES) if one in stance)


def _load_stance(bits: int) -> frozenset[Stance]:
    return frozenset(one for bit, one in enumerate(_STANCES) if bits >> bit & 1)


_KNOWN_STANCES = tuple(_load_stance(bits) for bits in range(1 << len(_STANCES)))


def dump_cells(cells: tuple[Cell, ...]) -> str:
    """Return cells as JSON, a list of [column, start, end]; empty without cells. The page has their text."""
    if not cells:
        return ""
    return json.dumps([[c.column, c.start, c.end] for c in cells], ensure_ascii=False, separators=(",", ":"))


def dump_found(sentence: AnnotatedSentence) -> str:
    """Return dates, quantities and references as JSON; empty if there are none."""
    if not (sentence.dates or sentence.quantities or sentence.references):
        return ""
    return json.dumps(
        [
            [_dump_date(one) for one in sentence.dates],
            [_dump_quantity(one) for one in sentence.quantities],
            [[one.start, one.end, one.kind, one.normal] for one in sentence.references],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _dump_date(found: FoundDate) -> list[Any]:
    readings = [[one.first.toordinal(), one.last.toordinal()] for one in found.readings]
    return [found.start, found.end, readings, found.clock.isoformat() if found.clock else ""]


def _load_date(value: list[Any]) -> FoundDate:
    start, end, readings, clock = value
    return FoundDate(
        start,
        end,
        tuple(Reading(date.fromordinal(first), date.fromordinal(last)) for first, last in readings),
        time.fromisoformat(clock) if clock else None,
    )


def _dump_quantity(found: FoundQuantity) -> list[Any]:
    numbers = [None if one is None else str(one) for one in (found.value, found.upper, found.over)]
    return [found.start, found.end, found.unit, found.dimension.value, *numbers]


def _load_quantity(value: list[Any]) -> FoundQuantity:
    start, end, unit, dimension, number, upper, over = value
    return FoundQuantity(
        start, end, Decimal(number), unit, Dimension(dimension),
        None if upper is None else Decimal(upper), None if over is None else Decimal(over),
    )  # fmt: skip


def sentence_from_row(
    row: sqlite3.Row, page: str, name: PageName, lines: LineNumbers = (), *, found: bool = True
) -> AnnotatedSentence:
    """Return a row of `sentences`, joined with its document's sha256, as a sentence.

    `page` is the text of its page, `name` what that is called, `lines` its numbered lines. Without `found`
    it has no dates, quantities and references.
    """
    stored = row["found"] if found else ""
    dates, quantities, references = json.loads(stored) if stored else ((), (), ())
    cells = json.loads(row["cells"]) if row["cells"] else ()
    return AnnotatedSentence(
        id=row["id"],
        document=row["sha256"],
        number=row["number"],
        span=Span(row["page"], row["start"], row["end"]),
        text=page[row["start"] : row["end"]],
        kind=ElementKind(row["kind"]),
        heading=row["heading"],
        table=row["table_number"],
        row=row["table_row"],
        cells=tuple(Cell(column, page[start:end], start, end) for column, start, end in cells),
        subject=row["subject"],
        clause=row["clause"],
        dates=tuple(map(_load_date, dates)),
        quantities=tuple(map(_load_quantity, quantities)),
        references=tuple(FoundReference(*one) for one in references),
        stance=_KNOWN_STANCES[row["stance"]],
        page_name=name,
        page_lines=lines,
    )


def table_from_row(row: sqlite3.Row) -> Table:
    """Return a row of `sentence_tables`, joined with its document's sha256, as a table."""
    return Table(
        document=row["sha256"],
        table=row["number"],
        heading=row["heading"],
        columns=tuple(json.loads(row["columns"])),
        rows=row["rows"],
        subject=row["subject"],
    )


def dump_profile(profile: Profile) -> str:
    """Return a profile as JSON, without its sha256."""
    return json.dumps(
        {
            "subjects": [
                [s.name, s.role, s.identifiers, s.born.isoformat() if s.born else "", s.aliases]
                for s in profile.subjects
            ],
            "date": profile.date.isoformat() if profile.date else "",
            "kind": profile.kind,
            "author": profile.author,
            "sender": profile.sender,
            "recipients": profile.recipients,
            "copies": profile.copies,
            "definitions": profile.definitions,
            "replaces": profile.replaces,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load_profile(sha256: str, text: str) -> Profile:
    """Return the profile that `dump_profile` wrote."""
    value = json.loads(text)
    return Profile(
        document=sha256,
        subjects=tuple(
            Subject(name, role, tuple(numbers), date.fromisoformat(born) if born else None, tuple(aliases))
            for name, role, numbers, born, aliases in value["subjects"]
        ),
        date=date.fromisoformat(value["date"]) if value["date"] else None,
        kind=value["kind"],
        author=value["author"],
        sender=value["sender"],
        recipients=tuple(value["recipients"]),
        copies=tuple(value["copies"]),
        definitions=tuple((short, long) for short, long in value["definitions"]),
        replaces=tuple(value["replaces"]),
    )
