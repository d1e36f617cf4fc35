"""The dates nearest to the one that is asked for, where no row has that date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.direct.answer import AnswerRow
from rag.question.understanding.understood import Relation, Understood
from rag.tables.answering import best_plans, plans_for
from rag.tables.asking.asked import asked_of
from rag.tables.cells.days import fits, spans_of
from rag.tables.composing.entries import entries_of, in_order, people_of
from rag.tables.grids.source import TableSource


@dataclass(frozen=True, slots=True)
class Nearest:
    """The rows nearest to a date: the last one before it and the first one after it."""

    before: AnswerRow | None
    after: AnswerRow | None
    days: tuple[str, ...]
    """Their dates in words."""

    @property
    def note(self) -> str:
        """A note for people: "nearest: 16 May 2024 and 20 May 2024"."""
        days = [when for when in self.days if when]
        return f"nearest: {' and '.join(days)}" if days else ""


def nearest_dates(understood: Understood, sources: Sequence[TableSource]) -> Nearest | None:
    """Return the rows nearest to the one day that the question asks for.

    None if a row has that day, if the question asks for no single day, or if it is not clear whose rows
    and which column it asks for.
    """
    days = [one for one in understood.dates if one.relation is Relation.ON]
    if len(understood.dates) != 1 or not days:
        return None
    span = spans_of(days[0])[0]
    if span.yearless:
        span = replace(span, first=days[0].readings[0][0], last=days[0].readings[0][1])
    asked = asked_of(replace(understood, dates=()))
    plans = best_plans(plans_for(asked, sources))
    entries = in_order(
        entry
        for plan in plans
        for entry in entries_of(plan)
        if entry.date is not None and not entry.date.yearless
    )
    if not entries or len(people_of(entries)) > 1:
        return None
    if any(entry.date is not None and fits(entry.date, days[0]) for entry in entries):
        return None
    before = [entry for entry in entries if _day(entry.day) < span.first]
    after = [entry for entry in entries if _day(entry.day) > span.last]
    return Nearest(
        before[-1].as_row() if before else None,
        after[0].as_row() if after else None,
        tuple(entry.when for entry in (*before[-1:], *after[:1])),
    )


def _day(day: date | None) -> date:
    return day or date.min
