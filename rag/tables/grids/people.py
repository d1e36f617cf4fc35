"""Whose a row is, and whether it is the person that the question names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache

from rag.question.understanding.understood import AskedName
from rag.tables.grids.grid import Grid, GridRow
from vault.annotations import Profile

_TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir lady lord dame sister sr nurse sn staff frau herr mme m mlle
    monsieur madame fr hr the and of von de van ltd limited llp plc inc gmbh co""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Whose(StrEnum):
    """What a row is to a person who was asked about."""

    THEIRS = "theirs"
    ANOTHERS = "another's"
    UNKNOWN = "unknown"
    """Nothing says whose it is."""


@lru_cache(maxsize=1 << 14)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name in lower case without accents, titles and company forms."""
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", name) if not unicodedata.combining(character)
    )
    parts = tuple(re.sub(r"['’]s?$", "", word) for word in _WORD.findall(plain.lower().replace("’", "'")))
    kept = tuple(part for part in parts if part not in _TITLES)
    return kept or parts


@lru_cache(maxsize=1 << 14)
def same_person(asked: str, written: str) -> bool:
    """Return whether an asked name may be the one that is written, in any order and with initials.

    "Tolland" is "Tolland, Maria", and "Maria Tolland" is "M. Tolland" and "Mrs Tolland"; "Maria Tolland" is
    neither "Marion Tolland" nor "Maria Toland".
    """
    wanted, present = name_parts(asked), name_parts(written)
    if not wanted or not present:
        return False
    short, long = sorted((wanted, present), key=len)
    rest = list(long)
    whole = 0
    for part in short:
        found = next((one for one in rest if one == part), None)
        if found is None:
            found = next((one for one in rest if _initial(part, one)), None)
        else:
            whole += len(part) > 1
        if found is None:
            return False
        rest.remove(found)
    if not whole:
        return False
    # A first name alone is nobody's name where the surname is known.
    return len(short) > 1 or len(long) == 1 or short[0] in (long[-1], long[0]) or short is wanted


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]


def names_of(asked: AskedName) -> tuple[str, ...]:
    """Return the names that an asked name may stand for."""
    spelt = tuple(name for names in asked.spellings for name in names)
    return tuple(dict.fromkeys((*asked.names, *spelt))) or (asked.written,)


def person_of(grid: Grid, row: GridRow) -> str:
    """Return the name of the person whose row it is, as its own cells or its sheet say; empty if unknown."""
    own = " ".join(
        cell.text
        for column in grid.columns
        if column.person and not column.identifier and (cell := row.cells[column.index]) is not None
    )
    return own or row.sentence.subject or grid.subject


def whose(grid: Grid, row: GridRow, asked: AskedName, identifiers: Collection[str]) -> Whose:
    """Return what a row is to an asked person.

    The row's own words count first, then its sheet, then its document. `identifiers` are the numbers under
    which the person is known anywhere.
    """
    own = person_of(grid, row)
    if own:
        return Whose.THEIRS if _is_theirs(asked, own) else Whose.ANOTHERS
    numbers = [
        cell.text.strip()
        for column in grid.columns
        if column.identifier and (cell := row.cells[column.index]) is not None
    ]
    if identifiers and any(number in identifiers for number in numbers):
        return Whose.THEIRS
    if grid.profile is not None and grid.profile.subjects:
        return _whose_document(grid.profile, asked)
    return Whose.UNKNOWN


def _is_theirs(asked: AskedName, own: str) -> bool:
    """Return whether a written name is that of the asked person.

    A short form ("Mr Dunmore") counts only where it is written so: it would fit everybody of that surname.
    """
    if any(same_person(name, own) for name in asked.names or (asked.written,)):
        return True
    written = set(name_parts(own))
    return any(set(name_parts(name)) == written for name in names_of(asked))


def _whose_document(profile: Profile, asked: AskedName) -> Whose:
    """Return whose a document is: its main subject's, or that of others with the same part in it."""
    main = profile.subjects[0]
    same_part = [one for one in profile.subjects if one.role == main.role]
    theirs = [one for one in same_part if any(_is_theirs(asked, alias) for alias in (one.name, *one.aliases))]
    if not theirs:
        return Whose.ANOTHERS
    return Whose.THEIRS if len(same_part) == 1 or main.role not in ("patient", "client") else Whose.UNKNOWN


def identifiers_of(asked: AskedName, profiles: Collection[Profile]) -> frozenset[str]:
    """Return the numbers under which the documents know a person of that name."""
    return frozenset(
        number
        for profile in profiles
        for subject in profile.subjects
        if _is_theirs(asked, subject.name)
        for number in subject.identifiers
    )
