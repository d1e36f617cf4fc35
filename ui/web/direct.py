"""Shows the direct answer: one line, what it rests on, its rows, and a chart of values over time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import streamlit as st

from rag.about import About
from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.events import Searched
from ui.services.answer_words import completeness, shows_rows, verdict_words
from ui.web.chart import show_chart
from ui.web.citations import about_html, citation_button, show_about
from ui.web.text import escape_text
from vault.records import Citation
from vault.text.counted import counted

_MOST_SOURCES = 3
"""Documents that are named beside the line; the rows name all of them."""
_ROWS = 25
"""Rows that are shown at once; a button shows as many again."""
_LONG = 140
"""Characters from which a line is set smaller."""


def show_direct(number: int, direct: DirectAnswer, searched: Searched | None) -> None:
    """Show a direct answer. `number` is its place in the conversation."""
    size = " ic-direct-long" if len(direct.text) > _LONG else ""
    verdict = verdict_words(direct.verdict.value, [row.label for row in direct.rows])
    with st.container(gap=None, key=f"direct-{number}"):
        st.html(f'<div class="ic-direct{size}">{escape_text(direct.text)}</div>')
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html(f'<span class="ic-verdict ic-direct-verdict">{verdict}</span>', width="content")
            _show_sources(number, direct)
        if direct.note:
            st.html(f'<div class="ic-meta ic-direct-note">{escape_text(direct.note)}</div>')
    if direct.form is AnswerForm.SERIES:
        show_chart(number, direct.rows)
    if shows_rows(direct.form.value, len(direct.rows)):
        _show_rows(number, direct, searched)


def _show_sources(number: int, direct: DirectAnswer) -> None:
    """Show the documents that the line rests on, each with a button to its first place."""
    firsts: dict[tuple[str, str], tuple[Citation, About | None]] = {}
    # A row cites its cell, and the line the whole row.
    cells = [(row.citation, row.about) for row in direct.rows]
    for citation, about in cells or zip_longest(direct.citations, direct.about):
        firsts.setdefault((citation.collection, citation.sha256), (citation, about))
    for index, (citation, about) in enumerate(list(firsts.values())[:_MOST_SOURCES]):
        citation_button(f"cite-{number}-d{index}", citation)
        show_about(about)
    if len(firsts) > _MOST_SOURCES:
        more = counted(len(firsts) - _MOST_SOURCES, "more document")
        st.html(f'<span class="ic-about">and {more}</span>', width="content")


def _show_rows(number: int, direct: DirectAnswer, searched: Searched | None) -> None:
    key = f"rows-shown-{number}-{len(direct.rows)}"
    shown = st.session_state.get(key, _ROWS)
    groups = _by_document(direct.rows)
    unread = (searched.failed, searched.partial) if searched else (0, 0)
    said = completeness(direct.form.value, len(direct.rows), len(groups), direct.complete, *unread)
    with st.container(gap=None, key=f"rows-{number}"):
        st.html(f'<div class="ic-meta">{said}</div>')
        left = shown
        for place, (citation, rows) in enumerate(groups):
            if left <= 0:
                break
            _show_group(f"{number}-{place}", citation, rows[:left])
            left -= len(rows)
    if len(direct.rows) > shown:
        st.button(
            f"Show {min(_ROWS, len(direct.rows) - shown)} more of {len(direct.rows):,} rows",
            key=f"more-rows-{number}",
            type="tertiary",
            on_click=lambda: st.session_state.update({key: shown + _ROWS}),
        )


def _show_group(key: str, citation: Citation, rows: Sequence[AnswerRow]) -> None:
    about = about_html(rows[0].about)
    st.html(f'<div class="ic-rows-head"><b>{escape_text(citation.document)}</b> {about}</div>')
    for index, row in enumerate(rows):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="xsmall", key=f"row-of-{key}-{index}"
        ):
            label = f'<span class="ic-cell-label">{escape_text(row.label)}</span>' if row.label else ""
            st.html(f'<div class="ic-cells">{label}<span>{escape_text(row.text)}</span></div>')
            page = row.citation.page
            name = f"p. {page}{row.citation.page_name.beside(page)}"
            citation_button(f"cite-{key}-r{index}", row.citation, name)


def _by_document(rows: Sequence[AnswerRow]) -> list[tuple[Citation, list[AnswerRow]]]:
    """Return the rows by document, in the order in which the documents come first."""
    groups: dict[tuple[str, str], list[AnswerRow]] = {}
    for row in rows:
        groups.setdefault((row.citation.collection, row.citation.sha256), []).append(row)
    return [(group[0].citation, group) for group in groups.values()]
