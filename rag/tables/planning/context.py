"""What stands around a table: headings, sheet, document. It accounts for words that no cell has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.tables.asking.terms import Term, stem_set
from rag.tables.asking.versions import Version, versions_in
from rag.tables.grids.grid import Grid
from vault.annotations import Profile

_MEASURED_FOR = ((("inr",), "warfarin anticoagulant"), (("hba1c",), "diabetes"))
"""Stems of the name of a column, and the medicine or illness for which it is measured."""
_JOINED = re.compile(r"[_./-]+")


def context_words(heading: str, subject: str, document_name: str, profile: Profile | None) -> frozenset[str]:
    """Return the stems of all words around a table."""
    about = ""
    if profile is not None:
        subjects = [f"{one.name} {one.role} {' '.join(one.aliases)}" for one in profile.subjects]
        about = " ".join([profile.kind, *subjects])
    return _stems(f"{heading} {subject} {_JOINED.sub(' ', document_name)} {about}")


def place_words(heading: str, document_name: str) -> frozenset[str]:
    """Return the stems of the words of a heading and of the name of a document."""
    return _stems(f"{heading} {_JOINED.sub(' ', document_name)}")


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return stem_set(text)


def grid_context(grid: Grid) -> frozenset[str]:
    """Return the stems of all words around a grid."""
    around = f"{grid.heading} {grid.title} {' '.join(_goes_without_saying(grid))}"
    return context_words(around, grid.subject, grid.document_name, grid.profile)


def _goes_without_saying(grid: Grid) -> list[str]:
    """Return what a table is about by what it measures: an INR is taken for warfarin."""
    return [other for column in grid.columns for own, other in _MEASURED_FOR if column.stems == own]


def version_of(grid: Grid, versions: Sequence[Version]) -> Version | None:
    """Return which of the versions a grid is, by its own heading, then its title, then its document."""
    headings = reversed(grid.heading.split(" › "))
    for text in (*headings, grid.title, _JOINED.sub(" ", grid.document_name)):
        named = [one for one in versions_in(text) if one in versions]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def in_context(term: Term, context: frozenset[str]) -> bool:
    """Return whether the words around a table account for a term."""
    if term.generic and len(term.own) > 1 and not context.isdisjoint(term.own):
        return True
    return any(
        form and context.issuperset(form) and (len(form) > 1 or len(form[0]) > 1 or form[0].isdigit())
        for form in term.forms
    )
