"""Finds every place of a word or phrase, and shows the places on the Ask page."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from rag.retrieval.mentions import Mention, Mentions, find_mentions
from rag.retrieval.search import Scope
from ui.services.answer_words import not_read
from ui.web import context
from ui.web.scope import AskScope
from ui.web.source import close_source, open_source
from ui.web.text import escape_label, escape_text, shorten, show_notice
from vault.errors import IncameraError
from vault.records import Document
from vault.text.counted import counted

_FOUND_KEY = "mentions"
_SHOWN_KEY = "mentions_documents"
_PER_STEP = 15
"""Documents that are shown at a time; few, because each has a button for every page."""
_MAX_PAGES = 40
_MAX_LINES = 60


def find_term(term: str, scope: AskScope) -> None:
    """Find the term, and store what was found for the page."""
    web = context.current()
    close_source()
    st.session_state[_SHOWN_KEY] = _PER_STEP
    found: Mentions | str
    try:
        with st.spinner("Reading the documents…"):
            found = find_mentions(web.vault, Scope(web.user, scope.collections, scope.documents), term)
    except IncameraError as error:
        found = str(error)
    st.session_state[_FOUND_KEY] = (scope.collections, found)


def show_mentions(scope: AskScope) -> bool:
    """Show what was last found in these collections; return False if nothing has been searched for."""
    collections, found = st.session_state.get(_FOUND_KEY, ((), ""))
    if not found or set(collections) != set(scope.collections):
        return False
    if isinstance(found, str):
        show_notice(found, "error")
        return True
    pages = sum(len({one.citation.page for one in mentions}) for _, mentions in found.found)
    where = (
        f"{counted(found.count, 'place')} on {counted(pages, 'page')} "
        f"of {counted(len(found.found), 'document')}"
        if found.found
        else "not found"
    )
    unread = not_read(found.failed, found.partial)
    unread = f" {unread}." if unread else ""
    with st.container(gap=None, key="mentions-count"):
        st.html(
            f'<h2 class="ic-question">“{escape_text(found.term)}”: {where}</h2>'
            f'<div class="ic-meta">Read: {counted(found.documents, "document")} with '
            f"{counted(found.pages, 'page')}.{unread}</div>"
        )
    limit = st.session_state.get(_SHOWN_KEY, _PER_STEP)
    for number, (document, mentions) in enumerate(found.found[:limit]):
        _show_document(number, document, mentions)
    if len(found.found) > limit:
        st.button(
            f"Show {min(_PER_STEP, len(found.found) - limit)} more of {len(found.found):,} documents",
            on_click=_show_more,
            key="mentions-more",
        )
    return True


def _show_more() -> None:
    st.session_state[_SHOWN_KEY] = st.session_state.get(_SHOWN_KEY, _PER_STEP) + _PER_STEP


def _show_document(number: int, document: Document, mentions: tuple[Mention, ...]) -> None:
    name = shorten(document.name, 70)
    with st.container(gap=None, key=f"mention-{number}"):
        st.html(
            f'<div class="ic-source-name" title="{escape_text(document.name)}">{escape_text(name)}</div>'
            f'<div class="ic-meta">{counted(len(mentions), "place")}</div>'
        )
        with st.container(horizontal=True, gap="xsmall"):
            pages = [
                (page, list(some)) for page, some in groupby(mentions, key=lambda one: one.citation.page)
            ]
            for page, some in pages[:_MAX_PAGES]:
                times = f" ({len(some)})" if len(some) > 1 else ""
                beside = escape_label(some[0].citation.page_name.whole.beside(page))
                if st.button(f"p. {page}{beside}{times}", key=f"cite-m{number}-{page}"):
                    open_source(some[0].citation)
                    st.rerun()
            if len(pages) > _MAX_PAGES:
                st.html(f'<span class="ic-meta">and {counted(len(pages) - _MAX_PAGES, "more page")}</span>')
        lines = "".join(
            f'<li><span class="ic-meta">p. {one.citation.page}</span> …{escape_text(one.before)} '
            f'<mark class="ic-mark">{escape_text(one.citation.quote)}</mark> {escape_text(one.after)}…</li>'
            for one in mentions[:_MAX_LINES]
        )
        st.html(f'<ul class="ic-mentions">{lines}</ul>')
        if len(mentions) > _MAX_LINES:
            st.html(
                f'<div class="ic-meta">and {counted(len(mentions) - _MAX_LINES, "more place")} on these '
                "pages</div>"
            )
