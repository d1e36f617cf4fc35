"""Of the rows of a table that a day fits, those that are of that day come before those that only name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.evidence.evidence import EvidenceSentence, annotated_of
from rag.evidence.fit.dates import meets
from rag.evidence.fit.misfit import Misfit
from rag.question.understanding.understood import Relation, Understood
from rag.retrieval.passage import Passage
from rag.tables.cells.days import cell_date
from vault.annotations import AnnotatedSentence
from vault.text.dates.found import FoundDate

_LEAST_CELLS = 3


def rows_of_the_day(
    understood: Understood, evidence: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> list[EvidenceSentence]:
    """Return the evidence; where a row begins with the day that is asked for, rows of other days do not fit.

    "31/03 | no change | recall 28/04" is no row of 28 April beside the one that begins with that day.
    """
    asked = [one for one in understood.dates if one.relation is Relation.ON]
    if len(understood.dates) != 1 or not asked:
        return list(evidence)
    of_rows = [_row(one, passages) for one in evidence]
    met = {
        (row.document, row.table)
        for row in of_rows
        if row is not None and (day := _key_day(row)) is not None and meets(asked[0], [day])
    }
    found = []
    for one, row in zip(evidence, of_rows, strict=True):
        day = _key_day(row) if row is not None and (row.document, row.table) in met else None
        if day is not None and not meets(asked[0], [day]):
            one = replace(one, fit=replace(one.fit, misfits=one.fit.misfits | {Misfit.OTHER_DATE}))
        found.append(one)
    return found


def _row(one: EvidenceSentence, passages: Sequence[Passage]) -> AnnotatedSentence | None:
    found = annotated_of(one, passages)
    return (
        found if found is not None and found.table is not None and len(found.cells) >= _LEAST_CELLS else None
    )


def _key_day(row: AnnotatedSentence) -> FoundDate | None:
    """Return the date in the first cell of a row, or None."""
    first = row.cells[0].text
    readings = cell_date(first, named=True)
    return FoundDate(0, len(first), readings) if readings else None
