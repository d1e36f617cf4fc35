"""Narrowing a search by what the documents say of themselves: fields of a manifest, dates, older versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.services.narrowing import Condition, is_searched, left_out
from ui.web.plain import count, label, notice, shown
from vault.errors import QuestionError
from vault.records import Document, DocumentState

_DATE = "date"
_KEY = "narrow-"
_MOST_FIELDS = 8
_MOST_VALUES = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen."""

    conditions: tuple[tuple[Condition, ...], ...] = ()
    """Of each group one must hold."""
    superseded: bool = False
    problem: str = ""
    """Why what was typed narrows nothing; a question would be put to documents that nobody chose."""

    @property
    def chosen(self) -> bool:
        """Whether anything narrows or widens the search."""
        return bool(self.conditions) or self.superseded

    def keep(self, documents: Sequence[Document]) -> list[Document]:
        """Those of the documents that are to be searched."""
        return [
            document
            for document in documents
            if is_searched(document, superseded=self.superseded)
            and all(any(one.holds(document) for one in group) for group in self.conditions)
        ]

    def described(self, documents: Sequence[Document]) -> str:
        """In words what was understood, and how many of the documents it leaves."""
        there = [document for document in documents if is_searched(document, superseded=self.superseded)]
        kept = len(self.keep(documents))
        what = [" or ".join(one.understood() for one in group) for group in self.conditions]
        if self.superseded:
            what.append("older versions too")
        conditions = [one for group in self.conditions for one in group]
        return f"{kept:,} of {count(len(there), 'document')}: {', '.join(what)}.{left_out(conditions, there)}"


def choose_filters(documents: Sequence[Document]) -> Filters:
    """The popover with one choice for each field that the documents have."""
    values: dict[str, set[str]] = {}
    for document in documents:
        for name, value in document.metadata:
            values.setdefault(name, set()).add(value)
    older = any(document.state is DocumentState.SUPERSEDED for document in documents)
    if not values and not older:
        return Filters()
    groups: list[tuple[Condition, ...]] = []
    problems: list[str] = []
    # A filter that is set must be seen when it is closed.
    set_now = sum(bool(value) for key, value in st.session_state.items() if str(key).startswith(_KEY))
    with st.popover(f"Filter ({set_now})" if set_now else "Filter", key="scope-filter"):
        for name in sorted(values)[:_MOST_FIELDS]:
            if name.casefold() == _DATE:
                dates, wrong = _dates(name, documents)
                groups += dates
                problems += wrong
                continue
            some = sorted(values[name])[:_MOST_VALUES]
            chosen = st.multiselect(label(name.capitalize()), some, key=f"{_KEY}{name}")
            if chosen:
                groups.append(tuple(_exactly(name, value) for value in chosen))
        superseded = older and st.checkbox("Older versions too", key=f"{_KEY}superseded")
    return Filters(tuple(groups), superseded, " ".join(problems))


def _dates(name: str, documents: Sequence[Document]) -> tuple[list[tuple[Condition, ...]], list[str]]:
    """The conditions that were typed, and what is wrong with the others."""
    groups: list[tuple[Condition, ...]] = []
    problems: list[str] = []
    fields = zip(
        st.columns(2),
        (("Date from", "2024-05-01", "from", ">="), ("Date to", "2025", "to", "<=")),
        strict=True,
    )
    for column, (title, example, key, sign) in fields:
        with column:
            given = st.text_input(title, placeholder=example, key=f"{_KEY}{key}").strip()
            if not given:
                continue
            condition = Condition(name.casefold(), sign, given.casefold())
            try:
                condition.check(documents)
            except QuestionError as error:
                notice(str(error), "error")
                problems.append(f"{title}: {error}")
            else:
                groups.append((condition,))
                st.html(f'<div class="ic-meta">{shown(condition.understood())}</div>')
    return groups, problems


def _exactly(name: str, value: str) -> Condition:
    # A star in a value is a star: the condition of a choice is no pattern.
    return Condition(name.casefold(), "==", value.strip().casefold())
