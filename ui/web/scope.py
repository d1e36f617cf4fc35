"""Where to search: collections, and if wanted some of their documents."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui.web.context import Web
from ui.web.filters import choose_filters
from ui.web.plain import notice, shorten, shown
from vault.access import Action
from vault.errors import IncameraError
from vault.records import Document

_COLLECTION = "collection"
_CHOSEN = "chosen_collections"
_FIELD = "scope-collections"
_ONLY = "chosen_documents"
_ONLY_FIELD = "scope-documents"
_MOST_OFFERED = 2000


@dataclass(frozen=True, slots=True)
class AskScope:
    """What a question is asked of."""

    available: bool
    """Whether the user has any collection."""
    collections: tuple[str, ...]
    documents: tuple[str, ...] | None
    """sha256; None for all."""
    documents_there: int
    pages_there: int
    missing: str = ""
    """What must be done before something can be asked; empty when nothing."""


def last_collection(web: Web) -> str | None:
    """The collection last worked with on this page, else in this server when the page was loaded: what is
    chosen in another window later changes nothing in this one."""
    name: str | None = st.session_state.setdefault(_COLLECTION, web.last_collection)
    return name


def work_with(web: Web, name: str) -> None:
    """Remember the collection that was chosen: both pages go on with it."""
    st.session_state[_COLLECTION] = web.last_collection = name
    if st.session_state.get(_CHOSEN) != [name]:
        st.session_state.pop(_CHOSEN, None)


def choose_scope(web: Web) -> AskScope:
    """The two choices above the conversation."""
    names = [entry.name for entry in web.vault.collections(user=web.user)]
    if not names:
        return AskScope(False, (), None, 0, 0, "Make a collection to ask")
    with st.container(key="scope"):
        left, right = st.columns([1, 1], gap="small")
        with left:
            chosen = st.session_state[_FIELD] = st.session_state[_CHOSEN] = _remembered(web, names)
            st.multiselect(
                "Search in",
                names,
                placeholder="Choose collections",
                key=_FIELD,
                on_change=_keep,
                args=(_CHOSEN, _FIELD),
            )
        if len(chosen) == 1:
            work_with(web, chosen[0])
        documents: list[Document] = []
        for name in chosen:
            try:
                with web.vault.open_collection(name, user=web.user, action=Action.SEARCH) as collection:
                    documents += collection.catalogue.documents()
            except IncameraError as error:
                notice(str(error), "error")
        with right:
            with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
                slot = st.container()
                filters = choose_filters(documents)
            there, documents = documents, filters.keep(documents)
            with slot:
                only = _choose_documents(documents)
        if filters.problem:
            notice(filters.problem, "error")
        elif filters.chosen:
            st.html(f'<div class="ic-meta">{shown(filters.described(there))}</div>')
        if filters.chosen and not only:
            only = tuple(document.sha256 for document in documents)
    missing = "" if chosen else "Choose a collection to ask"
    if filters.problem or (filters.chosen and not documents):
        missing = "Change the filter to ask"
    counted = [document for document in documents if only is None or document.sha256 in only]
    pages = sum(document.pages for document in counted)
    return AskScope(True, tuple(chosen), only, len(counted), pages, missing)


def _remembered(web: Web, names: list[str]) -> list[str]:
    """What was chosen before; else the collection last worked with; else the only one. Never several
    unasked: matters are not to be mixed by default."""
    chosen = st.session_state.get(_CHOSEN)
    before = [name for name in chosen or () if name in names]
    if before or chosen == []:
        return before
    last = last_collection(web)
    if last in names:
        return [last]
    return names if len(names) == 1 else []


def _choose_documents(documents: list[Document]) -> tuple[str, ...] | None:
    names = {document.sha256: document.name for document in documents[:_MOST_OFFERED]}
    only = [sha256 for sha256 in st.session_state.get(_ONLY, ()) if sha256 in names]
    st.session_state[_ONLY_FIELD] = st.session_state[_ONLY] = only
    st.multiselect(
        "Only these documents",
        list(names),
        format_func=lambda sha256: shorten(names.get(sha256, ""), 60),
        placeholder="All documents",
        key=_ONLY_FIELD,
        disabled=not documents,
        on_change=_keep,
        args=(_ONLY, _ONLY_FIELD),
    )
    return tuple(only) or None


def _keep(kept: str, field: str) -> None:
    """Remember what a field holds: the session says what is chosen, and the field shows it. What a field
    holds by itself is gone once it is not drawn, and comes back when it is drawn under the same name."""
    st.session_state[kept] = list(st.session_state[field])
