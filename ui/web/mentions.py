"""Every place where a word or phrase stands, on the page."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from rag.retrieval.mentions import Mention, Mentions, find_mentions
from rag.retrieval.search import Scope
from ui.web import context
from ui.web.plain import count, notice, shorten, shown
from ui.web.scope import AskScope
from ui.web.source import close_source, open_source
from vault.errors import IncameraError
from vault.records import Document

_FOUND = "mentions"
_MORE = "mentions_documents"
_DOCUMENTS = 15  # shown at a time: each brings a button for every page
_PAGES = 40
_LINES = 60


def look_for(term: str, scope: AskScope) -> None:
    """Find the term and keep what was found for the page."""
    web = context.current()
    close_source()
    st.session_state[_MORE] = _DOCUMENTS
    found: Mentions | str
    try:
        with st.spinner("Reading the documents…"):
            found = find_mentions(web.vault, Scope(web.user, scope.collections, scope.documents), term)
    except IncameraError as error:
        found = str(error)
    st.session_state[_FOUND] = (scope.collections, found)


def mentions_block(scope: AskScope) -> bool:
    """What was found last in these collections; whether there is anything."""
    collections, found = st.session_state.get(_FOUND, ((), ""))
    if not found or set(collections) != set(scope.collections):
        return False
    if isinstance(found, str):
        notice(found, "error")
        return True
    pages = sum(len({one.citation.page for one in mentions}) for _, mentions in found.found)
    where = (
        f"{count(found.count, 'place')} on {count(pages, 'page')} of {count(len(found.found), 'document')}"
        if found.found
        else "stands nowhere"
    )
    failed = f" {count(found.failed, 'document')} could not be read." if found.failed else ""
    with st.container(gap=None, key="mentions-count"):
        st.html(
            f'<h2 class="ic-question">“{shown(found.term)}”: {where}</h2>'
            f'<div class="ic-meta">Read: {count(found.documents, "document")} with '
            f"{count(found.pages, 'page')}.{failed}</div>"
        )
    most = st.session_state.get(_MORE, _DOCUMENTS)
    for number, (document, mentions) in enumerate(found.found[:most]):
        _document(number, document, mentions)
    if len(found.found) > most:
        st.button(
            f"Show {min(_DOCUMENTS, len(found.found) - most)} more of {len(found.found):,} documents",
            on_click=_show_more,
            key="mentions-more",
        )
    return True


def _show_more() -> None:
    st.session_state[_MORE] = st.session_state.get(_MORE, _DOCUMENTS) + _DOCUMENTS


def _document(number: int, document: Document, mentions: tuple[Mention, ...]) -> None:
    name = shorten(document.name, 70)
    with st.container(gap=None, key=f"mention-{number}"):
        st.html(
            f'<div class="ic-source-name" title="{shown(document.name)}">{shown(name)}</div>'
            f'<div class="ic-meta">{count(len(mentions), "place")}</div>'
        )
        with st.container(horizontal=True, gap="xsmall"):
            pages = [
                (page, list(some)) for page, some in groupby(mentions, key=lambda one: one.citation.page)
            ]
            for page, some in pages[:_PAGES]:
                times = f" ({len(some)})" if len(some) > 1 else ""
                if st.button(f"p. {page}{times}", key=f"cite-m{number}-{page}"):
                    open_source(some[0].citation)
                    st.rerun()
            if len(pages) > _PAGES:
                st.html(f'<span class="ic-meta">and {len(pages) - _PAGES:,} more pages</span>')
        lines = "".join(
            f'<li><span class="ic-meta">p. {one.citation.page}</span> …{shown(one.before)} '
            f'<mark class="ic-mark">{shown(one.citation.quote)}</mark> {shown(one.after)}…</li>'
            for one in mentions[:_LINES]
        )
        st.html(f'<ul class="ic-mentions">{lines}</ul>')
        if len(mentions) > _LINES:
            st.html(f'<div class="ic-meta">and {len(mentions) - _LINES:,} more places on these pages</div>')
