"""Find dates, references and quantities of a text together, so that no number is two things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vault.text.dates.find import find_dates
from vault.text.dates.found import FoundDate
from vault.text.quantities.find import find_quantities
from vault.text.quantities.found import FoundQuantity
from vault.text.references import FoundReference, find_references


class Facts(NamedTuple):
    """What stands in a text in figures, each in order; no two of them overlap."""

    dates: tuple[FoundDate, ...]
    references: tuple[FoundReference, ...]
    quantities: tuple[FoundQuantity, ...]


def facts_in(text: str) -> Facts:
    """Return the dates, references and quantities of `text`.

    A date comes before a reference ("13-Mar-2026"), a reference before a quantity ("clause 4.2"); a reference
    with a word before it ("Invoice 2024-05") comes before a date.
    """
    references = find_references(text)
    dates = find_dates(text)
    labelled = [one for one in references if one.kind != "number" and text[one.start].isalpha()]
    dates = [one for one in dates if not _touches(one.start, one.end, labelled)]
    references = [one for one in references if not _touches(one.start, one.end, dates)]
    besides = sorted((one.start, one.end) for one in (*dates, *references))
    return Facts(tuple(dates), tuple(references), tuple(find_quantities(text, besides)))


def _touches(start: int, end: int, others: Sequence[FoundReference] | Sequence[FoundDate]) -> bool:
    return any(other.start < end and start < other.end for other in others)
