"""Narrowing a search by what the documents say of themselves: fields of a manifest, dates, older versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.narrowing import Condition, is_searched
from ui.web.plain import label
from vault.records import Document, DocumentState

_DATE = "date"
_KEY = "filter-"
_MOST_FIELDS = 8
_MOST_VALUES = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen."""

    conditions: tuple[tuple[Condition, ...], ...] = ()
    """Of each group one must hold."""
    superseded: bool = False

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
    # A filter that is set must be seen when it is closed.
    set_now = sum(bool(value) for key, value in st.session_state.items() if str(key).startswith(_KEY))
    with st.popover(f"Filter ({set_now})" if set_now else "Filter", key="scope-filter"):
        for name in sorted(values)[:_MOST_FIELDS]:
            if name.casefold() == _DATE:
                groups += _dates(name)
                continue
            some = sorted(values[name])[:_MOST_VALUES]
            chosen = st.multiselect(label(name.capitalize()), some, key=f"{_KEY}{name}")
            if chosen:
                groups.append(tuple(_exactly(name, value) for value in chosen))
        superseded = older and st.checkbox("Older versions too", key=f"{_KEY}superseded")
    return Filters(tuple(groups), superseded)


def _dates(name: str) -> list[tuple[Condition, ...]]:
    first, last = st.columns(2)
    since = first.text_input("Date from", placeholder="2024-05-01", key=f"{_KEY}from")
    until = last.text_input("Date to", placeholder="2025", key=f"{_KEY}to")
    return [
        (Condition(name.casefold(), sign, given.strip()),)
        for sign, given in ((">=", since), ("<=", until))
        if given.strip()
    ]


def _exactly(name: str, value: str) -> Condition:
    # A star in a value is a star: the condition of a choice is no pattern.
    return Condition(name.casefold(), "==", value.strip().casefold())
