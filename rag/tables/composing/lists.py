"""Lists of rows, and how many there are: all that fit, grouped by document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.understanding.understood import Intent
from rag.tables.asking.asked import Asked
from rag.tables.asking.terms import stem_set
from rag.tables.composing.chosen import dated_right
from rag.tables.composing.entries import Entry, entries_of, in_order, people_of
from rag.tables.composing.lines import citations_of, sureness
from rag.tables.grids.columns import Column
from rag.tables.grids.grid import GridRow
from rag.tables.planning.plan import Plan
from rag.verification.verify import Verdict
from vault.records import Citation, DocumentState
from vault.text.readable import readable

_LIST_SURE = 0.85
_COUNT_SURE = 0.8
_MOST_SHOWN = 12
"""How many items stand in the line itself; the rows have all of them."""
_HEAD = re.compile(
    r"\b(?:how many|number of|count(?: of)?|no\.? of)\s+(?:of\s+)?(?:the\s+|all\s+)?"
    r"(?P<what>(?:[\w'’-]+\s*){1,4})",
    re.I,
)
_COUNTED = frozenset(
    "check test result read record visit measur entri time valu appoint row item line sampl episod".split()
)
"""Stems of words that count rows, whatever number stands in them."""


def rows_answer(asked: Asked, plans: Sequence[Plan]) -> DirectAnswer | None:
    """Return the list or the count of all rows that fit; None where there is nothing to list.

    A plan without rows counts nothing: that it lists none is no proof that there is none.
    """
    counting = asked.intent is Intent.COUNT
    if not counting:
        plans = [plan for plan in plans if not plan.grid.turned]
    entries = [entry for plan in plans for entry in _items(plan) if not entry.total]
    entries = dated_right(asked, entries)
    if not entries:
        return None
    if not asked.understood.names and not asked.understood.dates and _tells_nothing(asked):
        return None
    return _count(asked, entries) if counting else listed(entries)


def complete(entries: Sequence[Entry]) -> tuple[bool, str]:
    """Return whether every document in scope was read whole, and the note where one was not."""
    sources = {id(entry.plan.grid.source): entry.plan.grid.source for entry in entries}
    partial = sum(
        document.state is DocumentState.PARTIAL
        for source in sources.values()
        for document in source.documents.values()
    )
    if not partial:
        return True, ""
    documents = "1 document" if partial == 1 else f"{partial} documents"
    return False, f"{documents} could not be read in full."


def _items(plan: Plan) -> list[Entry]:
    """Return the cells that name the rows of a plan: of the asked column, else of the first of words."""
    if plan.grid.form:
        return _form_items(plan)
    if plan.targets:
        found = entries_of(plan, plan.targets[0])
        extra = plan.targets[1:]
        return [one for one in found if all(one.row.cells[column.index] is not None for column in extra)]
    key = plan.key or plan.date_column
    return entries_of(plan, key) if key is not None else []


def _form_items(plan: Plan) -> list[Entry]:
    """Return one entry for a form: the cell that is asked for, else its first one."""
    filled = [column for column in plan.grid.columns if plan.grid.rows[0].cells[column.index] is not None]
    wanted = [column for column in plan.targets if column in filled] or ([] if plan.targets else filled)
    return entries_of(plan, wanted[0]) if wanted else []


def _tells_nothing(asked: Asked) -> bool:
    """Return whether no word of the question says which table is meant."""
    return not any(not term.generic for term in asked.terms) and asked.limit is None


def _by_document(entries: Sequence[Entry]) -> str:
    counts: dict[str, int] = {}
    for entry in entries:
        name = entry.plan.grid.document_name
        counts[name] = counts.get(name, 0) + 1
    if len(counts) < 2:
        return ""
    return "; ".join(f"{name}: {count}" for name, count in counts.items())


def listed(entries: Sequence[Entry]) -> DirectAnswer:
    """Return the list of entries, each item once with its dates."""
    ordered = in_order(entries) if entries[0].plan.date_column is not None else list(entries)
    items: dict[str, list[Entry]] = {}
    for entry in ordered:
        items.setdefault(_item(entry), []).append(entry)
    shown = [_with_details(name, found) for name, found in items.items()]
    more = f"; and {len(shown) - _MOST_SHOWN} more" if len(shown) > _MOST_SHOWN else ""
    names = "Documents" if ordered[0].plan.grid.form else ordered[0].column.name
    label = ", ".join(filter(None, [names, *_one_person(ordered)]))
    text = f"{label} ({len(items)}): " + "; ".join(shown[:_MOST_SHOWN]) + more
    return _answer(text, Verdict.QUOTED, AnswerForm.LIST, ordered, sureness(ordered, _LIST_SURE))


def _item(entry: Entry) -> str:
    if entry.plan.grid.form:
        return entry.plan.grid.document_name
    return entry.when if entry.column is entry.plan.date_column and entry.when else readable(entry.text)


def _with_details(name: str, found: Sequence[Entry]) -> str:
    """Return an item with what else is asked for, and with its dates where it stands on several."""
    details: list[str] = []
    for entry in found:
        form = entry.plan.grid.form
        said = [
            f"{column.name} {_text_at(entry, column)}"
            for column in entry.plan.targets[0 if form else 1 :]
            if entry.row.cells[column.index] is not None
        ]
        first = entry.plan.targets[:1]
        if first and not form and entry.column.person and entry.column is first[0]:
            full = entry.person
            name = full if full and name.lower() in full.lower() else name
        if entry.date is not None and entry.column is not entry.plan.date_column:
            said.append(entry.when)
        details += [", ".join(said)] if said else []
    return f"{name} ({'; '.join(dict.fromkeys(details))})" if details else name


def _text_at(entry: Entry, column: Column) -> str:
    cell = entry.row.cells[column.index]
    if cell is None:
        return ""
    number = entry.plan.grid.number_at(entry.row, column)
    other = Entry(entry.plan, entry.row, column, cell, entry.person, entry.date, entry.since, number)
    return other.text


def _one_person(entries: Sequence[Entry]) -> list[str]:
    people = people_of(entries)
    return people if len(people) == 1 and not entries[0].column.person else []


def _count(asked: Asked, entries: Sequence[Entry]) -> DirectAnswer | None:
    column, plan = entries[0].column, entries[0].plan
    rows = [entry.row for entry in entries]
    counts_rows = any(set(term.own) & _COUNTED for term in asked.terms) or rows_named(asked, rows)
    numeric = plan.grid.numeric(column)
    named = _names_counted(asked, column)
    if numeric and not (counts_rows or named) and plan.date_column is None and asked.limit is None:
        return None
    distinct = list(entries)
    days = {entry.date for entry in entries}
    if len(days) < len(entries) and not named:
        if any(entry.plan.grid.turned for entry in entries):
            entries = distinct = list({entry.date: entry for entry in entries}.values())
        elif plan.date_column is not None and not rows_named(asked, rows) and _several_things_a_day(entries):
            return None  # a row a measurement: how many visits that are, the table does not say
    if plan.grid.form:
        forms = {(entry.plan.grid.sha256, entry.cell.sentence.span.page): entry for entry in entries}
        return _counted(asked, "Documents", list(forms.values()))
    if not numeric and not counts_rows and named:
        seen: dict[str, Entry] = {}
        for entry in entries:
            seen.setdefault((entry.person if column.person else entry.text).lower(), entry)
        distinct = list(seen.values())
    return _counted(asked, column.name or "rows", distinct)


def _names_counted(asked: Asked, column: Column) -> bool:
    """Return whether the thing that is counted is what a column names: "how many medicines"."""
    head = _HEAD.search(asked.understood.text)
    if head is None:
        return False
    stems = stem_set(head["what"])
    return any(stems & set(part) for term in asked.terms for part in [term.own] if column.matched(term))


def rows_named(asked: Asked, rows: Sequence[GridRow]) -> bool:
    """Return whether each row says in a cell that it is one of the things that are counted."""
    head = _HEAD.search(asked.understood.text)
    counted = stem_set(head["what"]) if head is not None else frozenset()
    return any(
        not term.generic
        and counted.issuperset(term.own)
        and all(any(term.stands_in(text) for text in row.texts()) for row in rows)
        for term in asked.terms
    )


def _several_things_a_day(entries: Sequence[Entry]) -> bool:
    """Return whether one day has rows of several things, as a list of results has."""
    by_day: dict[object, set[str]] = {}
    for entry in entries:
        key = entry.plan.key
        cell = entry.row.cells[key.index] if key is not None else None
        by_day.setdefault(entry.date, set()).add(cell.text if cell is not None else "")
    return any(len(names) > 1 for names in by_day.values())


def _counted(asked: Asked, name: str, distinct: Sequence[Entry]) -> DirectAnswer:
    people = people_of(distinct)
    named = [name, *(people if asked.understood.names and len(people) == 1 else [])]
    text = f"{', '.join(named)}: {len(distinct)}"
    if not distinct[0].plan.grid.form and (by_document := _by_document(distinct)):
        text = f"{text} ({by_document})"
    dated = distinct[0].number is not None and all(entry.when for entry in distinct)
    names = list(dict.fromkeys(entry.when if dated else _item(entry) for entry in in_order(distinct)))
    if len(names) <= _MOST_SHOWN and len(names) == len(distinct):
        text = f"{text} ({'; '.join(names)})"
    return _answer(
        text, Verdict.COMPUTED, AnswerForm.COUNT, in_order(distinct), sureness(distinct, _COUNT_SURE)
    )


def _answer(
    text: str, verdict: Verdict, form: AnswerForm, entries: Sequence[Entry], confidence: float
) -> DirectAnswer:
    whole, note = complete(entries)
    citations: tuple[Citation, ...] = citations_of(entries)
    rows = tuple(entry.as_row() for entry in entries)
    return DirectAnswer(text, verdict, citations, form, confidence, rows, whole, note)
