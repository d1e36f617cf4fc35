"""Answers of one value, and values in order of time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.understanding.understood import Intent
from rag.question.wanted import Wanted
from rag.tables.asking.asked import Asked
from rag.tables.asking.terms import stem_set
from rag.tables.composing.chosen import dated_right, latest, one_day
from rag.tables.composing.entries import Entry, about_the_same, entries_of, in_order, people_of
from rag.tables.composing.lines import line_of, quoted, sureness
from rag.tables.composing.lists import listed
from rag.tables.planning.plan import Plan
from vault.text.readable import readable

_SURE = 0.9
_SEVERAL = 0.75
"""The confidence of a line with more than one value."""
_NOT_SAID_WHEN = 0.65
"""The confidence of the latest value where the question does not say that it wants the latest."""
_ASKS_SEVERAL = re.compile(r"\band\b|,|&")
_MOST_ROWS = 3
"""How many rows without dates may be shown as the answer to a question for one value."""


def value_answer(asked: Asked, plans: Sequence[Plan]) -> DirectAnswer | None:
    """Return the value that is asked for, or all in order of time; None where it is not clear whose."""
    entries = [entry for plan in plans for entry in entries_of(plan) if not _unasked_total(asked, entry)]
    entries = [entry for entry in dated_right(asked, entries) if not _only_asked(asked, entry)]
    if not entries or _joins_fields(asked, entries):
        return None
    if all(entry.column.suits(Wanted.PERSON) for entry in entries) and asked.intent is Intent.FACT:
        return _persons(entries)
    if len(people_of(entries)) > 1:
        return None
    if asked.intent is Intent.FACT and not asked.understood.dates and (answer := _always(entries)):
        return answer
    dated = [entry for entry in entries if entry.date is not None]
    if dated and len(dated) < len(entries) and (asked.understood.dates or asked.intent is Intent.OVER_TIME):
        entries = dated
    if asked.intent is Intent.OVER_TIME:
        return series(entries)
    if not about_the_same(entries):
        return _different_things(entries)
    chosen = one_day(asked, entries)
    if chosen is not None:
        return _on_one_day(asked, chosen, entries)
    if asked.understood.dates:
        if not all(entry.date for entry in entries):
            return None
        return series(entries)
    newest = latest(entries)
    answer = _on_one_day(asked, newest, entries) if newest else None
    if answer is None:
        return None
    return quoted(
        answer.text, newest, answer.form, sureness(newest, _NOT_SAID_WHEN), rows=answer.rows,
        note=answer.note or f"The latest of {len(entries)} values; the question does not say of when.",
    )  # fmt: skip


def _joins_fields(asked: Asked, entries: Sequence[Entry]) -> bool:
    """Return whether one thing is asked for, and two fields of a form each name a part of it.

    "The annual fee for the parking space" is neither the field "Annual charge" nor the field "Parking".
    """
    if _ASKS_SEVERAL.search(asked.understood.text):
        return False
    return any(entry.plan.grid.form and len(entry.plan.targets) > 1 for entry in entries)


def _persons(entries: Sequence[Entry]) -> DirectAnswer:
    """Return the people that fit, each once with the dates of their rows."""
    people = entries[0].column.person
    names = list(
        dict.fromkeys(entry.person if people else readable(entry.text) for entry in in_order(entries))
    )
    if len(names) > 1:
        return listed(entries)
    entry = entries[0]
    label = ", ".join(filter(None, [entry.what, entry.when if len(entries) == 1 else ""]))
    text = f"{label}: {names[0]}"
    return quoted(text, list(entries), AnswerForm.VALUE, sureness(entries, _SURE))


def _always(entries: Sequence[Entry]) -> DirectAnswer | None:
    """Return the answer where every row says the same: a number of a patient, not a result."""
    if len(entries) < 2 or len({readable(entry.text).lower() for entry in entries}) > 1:
        return None
    if entries[0].number is not None or not about_the_same(entries):
        return None
    first = entries[0]
    label = ", ".join(filter(None, [first.what, first.person]))
    return quoted(f"{label}: {first.text}", entries[:1], AnswerForm.VALUE, sureness(entries, _SURE))


def _only_asked(asked: Asked, entry: Entry) -> bool:
    """Return whether a cell says nothing but words of the question, so that it answers nothing."""
    if entry.number is not None:
        return False
    said = stem_set(entry.cell.text)
    return bool(said) and said <= stem_set(asked.understood.text)


def series(entries: Sequence[Entry]) -> DirectAnswer | None:
    """Return values in order of time; None where they are of several things, or have no dates."""
    dated = in_order(entry for entry in entries if entry.date is not None or entry.since is not None)
    if not dated or len({entry.column.name.lower() for entry in dated}) > 1 or not about_the_same(dated):
        return None
    first = dated[0]
    label = ", ".join(filter(None, [first.what, first.person]))
    values = "; ".join(f"{entry.when or 'undated'}: {entry.text}" for entry in dated)
    text = f"{label}: {values}"
    return quoted(text, dated, AnswerForm.SERIES, sureness(dated, _SEVERAL + 0.05))


def _on_one_day(asked: Asked, chosen: Sequence[Entry], entries: Sequence[Entry]) -> DirectAnswer | None:
    """Return the answer from the entries of one day: one value, or those that contradict each other."""
    if not chosen:
        return None
    values = list(dict.fromkeys(readable(entry.text).lower() for entry in chosen))
    if len(values) == 1:
        entry = chosen[0]
        text = line_of(entry)
        note = _other_versions(entry, entries)
        if extra := _others_asked(entry):
            text = f"{text}; {extra}"
        return quoted(text, list(chosen), AnswerForm.VALUE, sureness(chosen, _SURE), note=note)
    documents = {entry.plan.grid.sha256 for entry in chosen}
    if len(documents) == len(chosen):
        ordered = sorted(chosen, key=_document_day, reverse=True)
        said = "; ".join(f"{entry.text} ({entry.plan.grid.document_name})" for entry in ordered)
        text = f"{line_of(ordered[0]).rpartition(': ')[0]}: {said}"
        note = "The documents say different things; the later one stands first."
        return quoted(text, ordered, AnswerForm.VALUE, sureness(chosen, _SEVERAL), note=note)
    if len(chosen) > _MOST_ROWS or asked.intent in (Intent.LATEST, Intent.EARLIEST):
        return None
    text = "; ".join(line_of(entry) for entry in chosen)
    return quoted(text, list(chosen), AnswerForm.LIST, sureness(chosen, _NOT_SAID_WHEN - 0.1))


def _different_things(entries: Sequence[Entry]) -> DirectAnswer | None:
    """Return a few values of things that the question does not tell apart."""
    if len(entries) > _MOST_ROWS:
        return None
    text = "; ".join(line_of(entry) for entry in entries)
    return quoted(text, list(entries), AnswerForm.LIST, sureness(entries, _NOT_SAID_WHEN - 0.15))


def _others_asked(entry: Entry) -> str:
    """Return what the other columns say that the question asks for, of the same row."""
    parts = []
    for column in entry.plan.targets[1:]:
        cell = entry.row.cells[column.index]
        if cell is not None and column.name:
            parts.append(f"{column.name.lower()}: {readable(cell.text)}")
    return "; ".join(parts)


def _other_versions(entry: Entry, entries: Sequence[Entry]) -> str:
    """Return a note of what other documents or sheets said earlier or later, where rows have no dates."""
    if entry.date is not None:
        return ""
    others = [one for one in in_order(entries) if one.day != entry.day and one.text != entry.text]
    said = [f"{one.text} ({one.plan.grid.document_name})" for one in reversed(others)]
    return f"Other versions: {'; '.join(said)}." if said else ""


def _document_day(entry: Entry) -> tuple[int, str]:
    profile = entry.plan.grid.profile
    day = profile.date.toordinal() if profile is not None and profile.date is not None else 0
    return day, entry.plan.grid.document_name


def _unasked_total(asked: Asked, entry: Entry) -> bool:
    return entry.total and not any(
        relation for relation in asked.terms if relation.written.lower() == "total"
    )
