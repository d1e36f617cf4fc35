"""A record with its fields, and how records are set out on a page: fields below a heading, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingest.formats.structure.compose import PageComposer
from vault.records import ElementKind

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TIME = re.compile(r"(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})(?:(\d{2})(?:\.\d+)?)?)?([+-]\d{4})?")
_LONGEST_CELL = 400
"""A table whose cells are longer is hard to read; its records are set out one by one."""


@dataclass(slots=True)
class Record:
    """What a file says about one thing: a patient, a result, a medicine."""

    kind: str
    """What it is, in plain words; the heading above it."""
    fields: list[tuple[str, str]] = field(default_factory=list)
    """(name, value) pairs in order; a name may come twice."""
    in_table: bool = False
    """Whether it is a row of a table even when it is alone, as a result is."""

    def add(self, name: str, value: str) -> None:
        """Add a field, unless its value is blank."""
        value = " ".join(value.split())
        if value:
            self.fields.append((name, value))


def set_out(composer: PageComposer, records: Iterable[Record], *, level: int = 1) -> None:
    """Put records on a page, those of one kind that follow one another under one heading of `level`.

    Raises TooLarge.
    """
    for kind, same in groupby((record for record in records if record.fields), lambda record: record.kind):
        group = list(same)
        composer.add(ElementKind.HEADING, kind, level)
        if (len(group) > 1 or group[0].in_table) and _fit_a_table(group):
            _add_table(composer, group)
            continue
        for record in group:
            for index, (name, value) in enumerate(record.fields):
                composer.add(ElementKind.PARAGRAPH, f"{name}: {value}", tight=index > 0)


def plain_name(name: str) -> str:
    """Return a name of a standard as words.

    >>> plain_name("dosageInstruction"), plain_name("DATE_TIME_OF_BIRTH")
    ('Dosage instruction', 'Date time of birth')
    """
    words = name.split("_") if "_" in name else _WORD.findall(name)
    return " ".join(
        word if word.isupper() and "_" not in name else word.lower() for word in words
    ).capitalize()


def plain_time(value: str) -> str:
    """Return a time of HL7 as ISO 8601; what is no such time stays as it is.

    >>> plain_time("19620314"), plain_time("202402091030"), plain_time("five")
    ('1962-03-14', '2024-02-09 10:30', 'five')
    """
    found = _TIME.fullmatch(value.strip())
    if found is None or not found[2]:
        return value
    year, month, day, hour, minute, second, _zone = found.groups()
    if not 1 <= int(month) <= 12 or not 1 <= int(day or 1) <= 31:
        return value
    clock = ":".join(filter(None, (hour, minute, second if second != "00" else None)))
    return " ".join(filter(None, ("-".join(filter(None, (year, month, day))), clock)))


def _fit_a_table(records: Sequence[Record]) -> bool:
    names = {name for record in records for name, _ in record.fields}
    longest = max(len(value) for record in records for _, value in record.fields)
    once = all(len({name for name, _ in record.fields}) == len(record.fields) for record in records)
    return once and longest <= _LONGEST_CELL and len(names) > 1


def _add_table(composer: PageComposer, records: Sequence[Record]) -> None:
    columns = list(dict.fromkeys(name for record in records for name, _ in record.fields))
    rows = [dict(record.fields) for record in records]
    composer.table([columns, *([row.get(name, "") for name in columns] for row in rows)])
