"""Where to search: collections, and if wanted some of their documents."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui.web.context import Web
from ui.web.filters import choose_filters
from ui.web.plain import notice, shorten
from vault.access import Action
from vault.errors import IncameraError
from vault.records import Document

_COLLECTION = "collection"
_CHOSEN = "chosen_collections"
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


def last_collection(web: Web) -> str | None:
    """The collection last worked with on this page, else in this server."""
    name: str | None = st.session_state.get(_COLLECTION, web.last_collection)
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
        return AskScope(False, (), None, 0, 0)
    with st.container(key="scope"):
        left, right = st.columns([1, 1], gap="small")
        with left:
            chosen = st.multiselect(
                "Search in",
                names,
                default=_remembered(web, names),
                placeholder="Choose collections",
                key="scope-collections",
            )
        if len(chosen) == 1:
            work_with(web, chosen[0])
        st.session_state[_CHOSEN] = chosen
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
            documents = filters.keep(documents)
            with slot:
                only = _choose_documents(documents)
        if filters.chosen and not only:
            only = tuple(document.sha256 for document in documents)
            if not documents:
                notice("No document has what the filter asks for.", "warn")
    counted = [d for d in documents if only is None or d.sha256 in only]
    return AskScope(True, tuple(chosen), only, len(counted), sum(d.pages for d in counted))


def _remembered(web: Web, names: list[str]) -> list[str]:
    """What was chosen before; else the collection last worked with; else the only one. Never several
    unasked: matters are not to be mixed by default."""
    before = [name for name in st.session_state.get(_CHOSEN, []) if name in names]
    if before:
        return before
    last = last_collection(web)
    if last in names:
        return [last]
    return names if len(names) == 1 else []


def _choose_documents(documents: list[Document]) -> tuple[str, ...] | None:
    names = {document.sha256: document.name for document in documents[:_MOST_OFFERED]}
    only = st.multiselect(
        "Only these documents",
        list(names),
        format_func=lambda sha256: shorten(names.get(sha256, ""), 60),
        placeholder="All documents",
        key="scope-documents",
        disabled=not documents,
    )
    return tuple(only) or None
