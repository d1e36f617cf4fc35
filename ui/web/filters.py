"""The filter of the Ask page: fields of the manifest, dates and older versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.services.document_filter import Condition, is_searched, undated_note
from ui.web.text import escape_label, escape_text, show_notice
from vault.errors import QuestionError
from vault.records import Document, DocumentState
from vault.text.counted import counted

_Group = tuple[Condition, ...]
_DATE = "date"
_KEY_PREFIX = "narrow-"
_MAX_FIELDS = 8
_MAX_VALUES = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters that the user has set."""

    conditions: tuple[_Group, ...] = ()
    """A document must match one condition of each group."""
    superseded: bool = False
    problem: str = ""
    """Why a typed value cannot be used; no question may be asked then."""

    @property
    def chosen(self) -> bool:
        """Whether any filter is set."""
        return bool(self.conditions) or self.superseded

    def select(self, documents: Sequence[Document]) -> list[Document]:
        """Return those of the documents that are searched."""
        return [
            document
            for document in documents
            if is_searched(document, superseded=self.superseded)
            and all(any(condition.matches(document) for condition in group) for group in self.conditions)
        ]

    def described(self, documents: Sequence[Document]) -> str:
        """Return how the filters were understood, and how many of the documents they select."""
        searched = [document for document in documents if is_searched(document, superseded=self.superseded)]
        selected = len(self.select(documents))
        descriptions = [" or ".join(condition.in_words() for condition in group) for group in self.conditions]
        if self.superseded:
            descriptions.append("older versions too")
        conditions = [condition for group in self.conditions for condition in group]
        return (
            f"{selected:,} of {counted(len(searched), 'document')}: {', '.join(descriptions)}."
            f"{undated_note(conditions, searched)}"
        )


def choose_filters(documents: Sequence[Document]) -> Filters:
    """Show the popover with a choice for each field of the documents, and return what is set."""
    values: dict[str, set[str]] = {}
    for document in documents:
        for name, value in document.metadata:
            values.setdefault(name, set()).add(value)
    older = any(document.state is DocumentState.SUPERSEDED for document in documents)
    if not values and not older:
        return Filters()
    groups: list[_Group] = []
    problems: list[str] = []
    # The button shows how many filters are set, because they apply while the popover is closed.
    active = sum(bool(value) for key, value in st.session_state.items() if str(key).startswith(_KEY_PREFIX))
    with st.popover(f"Filter ({active})" if active else "Filter", key="scope-filter"):
        for name in sorted(values)[:_MAX_FIELDS]:
            if name.casefold() == _DATE:
                dates, date_problems = _date_conditions(name, documents)
                groups += dates
                problems += date_problems
                continue
            options = sorted(values[name])[:_MAX_VALUES]
            chosen = st.multiselect(escape_label(name.capitalize()), options, key=f"{_KEY_PREFIX}{name}")
            if chosen:
                groups.append(tuple(_equals(name, value) for value in chosen))
        superseded = older and st.checkbox("Older versions too", key=f"{_KEY_PREFIX}superseded")
    return Filters(tuple(groups), superseded, " ".join(problems))


def _date_conditions(name: str, documents: Sequence[Document]) -> tuple[list[_Group], list[str]]:
    """Show the fields for dates; return the typed conditions, and the problems of unusable ones."""
    groups: list[_Group] = []
    problems: list[str] = []
    fields = zip(
        st.columns(2),
        (("Date from", "2024-05-01", "from", ">="), ("Date to", "2025", "to", "<=")),
        strict=True,
    )
    for column, (title, example, key, sign) in fields:
        with column:
            given = st.text_input(title, placeholder=example, key=f"{_KEY_PREFIX}{key}").strip()
            if not given:
                continue
            condition = Condition(name.casefold(), sign, given.casefold())
            try:
                condition.check(documents)
            except QuestionError as error:
                show_notice(str(error), "error")
                problems.append(f"{title}: {error}")
            else:
                groups.append((condition,))
                st.html(f'<div class="ic-meta">{escape_text(condition.in_words())}</div>')
    return groups, problems


def _equals(name: str, value: str) -> Condition:
    # "==" compares literally: a star in a chosen value is not a pattern.
    return Condition(name.casefold(), "==", value.strip().casefold())
