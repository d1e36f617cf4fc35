"""Buttons that open a cited place, with whose and which document it is in beside them."""

from __future__ import annotations

import streamlit as st

from rag.about import About
from ui.services.answer_words import about_words
from ui.web.source import current_source, open_source
from ui.web.text import escape_label, escape_text, shorten
from vault.records import Citation


def citation_button(key: str, citation: Citation, name: str = "") -> None:
    """Show a citation as a button that opens its source; `name` is what it says, else document and page."""
    source = current_source()
    current = source is not None and source.citation == citation
    page = f"p. {citation.page}{citation.page_name.beside(citation.page)}"
    name = name or f"{shorten(citation.document, 44)} · {page}"
    if st.button(escape_label(name), key=key, type="primary" if current else "secondary"):
        open_source(citation)
        st.rerun()


def show_about(about: About | None) -> None:
    """Show whose and which document a place is in, where that is known."""
    if text := about_html(about):
        st.html(text, width="content")


def about_html(about: About | None) -> str:
    """Return whose and which document a place is in, as HTML; empty where nothing is known."""
    if about is None:
        return ""
    words = about_words(about.subject, about.kind, about.date, about.clause)
    if not words:
        return ""
    return f'<span class="ic-about" title="{escape_text(words)}">{escape_text(shorten(words, 90))}</span>'
