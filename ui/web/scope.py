"""The choice of collections and documents on the Ask page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui.web.context import Web
from ui.web.filters import choose_filters
from ui.web.text import escape_text, shorten, show_notice
from vault.access import Action
from vault.errors import IncameraError
from vault.records import Document

_LAST_KEY = "collection"
_CHOSEN_KEY = "chosen_collections"
_COLLECTIONS_FIELD = "scope-collections"
_DOCUMENTS_KEY = "chosen_documents"
_DOCUMENTS_FIELD = "scope-documents"
_MAX_OFFERED = 2000


@dataclass(frozen=True, slots=True)
class AskScope:
    """The collections and documents that a question is about."""

    available: bool
    """Whether the user has any collection."""
    collections: tuple[str, ...]
    documents: tuple[str, ...] | None
    """sha256 of the chosen documents; None for all documents."""
    document_count: int
    page_count: int
    blocked: str = ""
    """What the user must do before a question can be asked; empty if a question can be asked."""


def last_collection(web: Web) -> str | None:
    """Return the collection that was selected last in this window.

    A window that was just loaded begins with the last one of any window. What other windows select later has
    no effect on it.
    """
    name: str | None = st.session_state.setdefault(_LAST_KEY, web.last_collection)
    return name


def select_collection(web: Web, name: str) -> None:
    """Remember the selected collection, for both pages."""
    st.session_state[_LAST_KEY] = web.last_collection = name
    if st.session_state.get(_CHOSEN_KEY) != [name]:
        st.session_state.pop(_CHOSEN_KEY, None)


def choose_scope(web: Web) -> AskScope:
    """Show the choices above the conversation, and return what they select."""
    names = [entry.name for entry in web.vault.members.collections(user=web.user) if not entry.archived]
    if not names:
        return AskScope(False, (), None, 0, 0, "Create a collection to ask a question")
    with st.container(key="scope"):
        left, right = st.columns([1, 1], gap="small")
        with left:
            chosen = st.session_state[_COLLECTIONS_FIELD] = st.session_state[_CHOSEN_KEY] = (
                _default_collections(web, names)
            )
            st.multiselect(
                "Search in",
                names,
                placeholder="Choose collections",
                key=_COLLECTIONS_FIELD,
                on_change=_remember,
                args=(_CHOSEN_KEY, _COLLECTIONS_FIELD),
            )
        if len(chosen) == 1:
            select_collection(web, chosen[0])
        documents: list[Document] = []
        for name in chosen:
            try:
                with web.vault.open_collection(name, user=web.user, action=Action.SEARCH) as collection:
                    documents += collection.catalogue.documents()
            except IncameraError as error:
                show_notice(str(error), "error")
        with right:
            with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
                slot = st.container()
                filters = choose_filters(documents)
            available, documents = documents, filters.select(documents)
            with slot:
                only = _choose_documents(documents)
        if filters.problem:
            show_notice(filters.problem, "error")
        elif filters.chosen:
            st.html(f'<div class="ic-meta">{escape_text(filters.described(available))}</div>')
        if filters.chosen and not only:
            only = tuple(document.sha256 for document in documents)
    blocked = "" if chosen else "Choose a collection to ask a question"
    if filters.problem or (filters.chosen and not documents):
        blocked = "Change the filter to ask a question"
    counted = [document for document in documents if only is None or document.sha256 in only]
    pages = sum(document.pages for document in counted)
    return AskScope(True, tuple(chosen), only, len(counted), pages, blocked)


def _default_collections(web: Web, names: list[str]) -> list[str]:
    """Return the collections chosen before, else the one selected last, else the only one.

    Several are searched only when the user chose them, because matters must not be mixed by default.
    """
    chosen = st.session_state.get(_CHOSEN_KEY)
    kept = [name for name in chosen or () if name in names]
    if kept or chosen == []:
        return kept
    last = last_collection(web)
    if last in names:
        return [last]
    return names if len(names) == 1 else []


def _choose_documents(documents: list[Document]) -> tuple[str, ...] | None:
    names = {document.sha256: document.name for document in documents[:_MAX_OFFERED]}
    only = [sha256 for sha256 in st.session_state.get(_DOCUMENTS_KEY, ()) if sha256 in names]
    st.session_state[_DOCUMENTS_FIELD] = st.session_state[_DOCUMENTS_KEY] = only
    st.multiselect(
        "Only these documents",
        list(names),
        format_func=lambda sha256: shorten(names.get(sha256, ""), 60),
        placeholder="All documents",
        key=_DOCUMENTS_FIELD,
        disabled=not documents,
        on_change=_remember,
        args=(_DOCUMENTS_KEY, _DOCUMENTS_FIELD),
    )
    return tuple(only) or None


def _remember(kept_key: str, field: str) -> None:
    """Store what a field holds under another key of the session, from which the field is set each time.

    Streamlit forgets what a field holds when a page does not draw it.
    """
    st.session_state[kept_key] = list(st.session_state[field])
