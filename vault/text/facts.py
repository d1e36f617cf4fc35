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
    references, dates = find_references(text), find_dates(text)
    labelled = [_span(one) for one in references if one.kind != "number" and text[one.start].isalpha()]
    dates = [one for one in dates if not _touches(_span(one), labelled)]
    days = [_span(one) for one in dates]
    references = [one for one in references if not _touches(_span(one), days)]
    besides = sorted([*days, *map(_span, references)])
    return Facts(tuple(dates), tuple(references), tuple(find_quantities(text, besides)))


def _span(one: FoundDate | FoundReference) -> tuple[int, int]:
    return one.start, one.end


def _touches(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
