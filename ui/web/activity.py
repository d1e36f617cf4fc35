"""The Activity page."""

from __future__ import annotations

import json

import streamlit as st

from ui.interface.schemas.log import LogEntry
from ui.services.log_words import SHORT, about, entries_said, result_said, said
from ui.web import context
from ui.web.context import Web
from ui.web.log_check import show_check
from ui.web.log_filters import choose_entries
from ui.web.record import show_record
from ui.web.text import escape_text, shorten, show_notice
from vault.errors import IncameraError
from vault.ledger.auditing import ShownEntry
from vault.log.selection import Selection

_PAGE_SIZE = 25
_PAGE_KEY = "activity-page"
_OPEN_KEY = "activity-open"
_RECORD_KEY = "activity-record"
_LONGEST = 160


def activity_page() -> None:
    """Show the log as far as the user may read it, with filters, its check, and the records of answers."""
    web = context.current()
    st.html('<h1 class="ic-title">Activity</h1>')
    try:
        everything = web.vault.audit.reads_everything(web.user)
        st.html(f'<p class="ic-lead">{_lead(everything)}</p>')
        show_check(web)
        if record := st.session_state.get(_RECORD_KEY):
            show_record(web, record, _close_record)
        selection = choose_entries(web, _first_page)
        _show_entries(web, selection)
    except IncameraError as error:
        show_notice(str(error), "error")


def _lead(everything: bool) -> str:
    if everything:
        return (
            "Who did what in this vault, when, and what was refused. Words of questions and names of files "
            "are shown for collections that you manage."
        )
    return "Who did what in the collections that you manage, when, and what was refused."


def _show_entries(web: Web, selection: Selection) -> None:
    total = web.vault.audit.count(selection, user=web.user)
    pages = max(-(-total // _PAGE_SIZE), 1)
    number = min(st.session_state.get(_PAGE_KEY, 1), pages)
    entries = web.vault.audit.entries(
        selection, user=web.user, limit=_PAGE_SIZE, skip=(number - 1) * _PAGE_SIZE
    )
    st.html(f'<div class="ic-meta">{entries_said(total)}, latest first</div>')
    with st.container(gap=None, key="activity"):
        st.html(
            '<div class="ic-entry ic-row-head"><span>Time (UTC)</span><span>Person</span><span>What</span>'
            "<span>Collection</span><span>About</span></div>"
        )
        for shown in entries:
            _show_entry(shown)
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Later", disabled=number == 1, on_click=_go_to, args=(number - 1,), key="activity-before",
                icon=":material/arrow_back:",
            )  # fmt: skip
            st.html(f'<span class="ic-meta">{number} of {pages}</span>', width="content")
            st.button(
                "Earlier", disabled=number == pages, on_click=_go_to, args=(number + 1,), key="activity-next",
                icon=":material/arrow_forward:", icon_position="right",
            )  # fmt: skip


def _show_entry(shown: ShownEntry) -> None:
    entry = shown.entry
    ended = result_said(entry.result)
    mark = f' <i class="ic-state ic-state-failed">{ended}</i>' if ended else ""
    opened = st.session_state.get(_OPEN_KEY) == entry.number
    with st.container(
        horizontal=True, vertical_alignment="top", gap="small", key=f"row-entry-{entry.number}"
    ):
        st.html(
            f'<div class="ic-entry"><span>{escape_text(entry.at[:19].replace("T", " "))}</span>'
            f"<span>{escape_text(entry.user or 'the vault')}</span>"
            f"<span>{escape_text(said(entry.event))}{mark}</span>"
            f"<span>{escape_text(', '.join(shown.collections))}</span>"
            f"<span>{escape_text(shorten(about(shown), _LONGEST))}</span></div>"
        )
        st.button(
            "Hide" if opened else "Details", key=f"entry-{entry.number}", type="tertiary",
            on_click=_open_entry, args=(None if opened else entry.number,),
        )  # fmt: skip
    if opened:
        _show_details(shown)


def _show_details(shown: ShownEntry) -> None:
    entry = LogEntry.of(shown)
    rows = [
        ("Number", str(entry.number)),
        ("Event", f"{entry.event}, {entry.result}"),
        *((name.capitalize(), text) for name, text in (entry.content or {}).items()),
        *((name, json.dumps(value, ensure_ascii=False)) for name, value in entry.facts.items()),
        ("Seal", entry.mac),
    ]
    cells = "".join(
        f'<div class="ic-cells"><span class="ic-cell-label">{escape_text(name)}</span>'
        f"<span>{escape_text(text)}</span></div>"
        for name, text in rows
    )
    with st.container(key=f"details-{entry.number}"):
        st.html(cells)
        if entry.record:
            st.button(
                f"Open the record {entry.record[:SHORT]}", key=f"record-{entry.number}",
                on_click=_open_record, args=(entry.record,),
            )  # fmt: skip


def _first_page() -> None:
    _go_to(1)


def _go_to(number: int) -> None:
    st.session_state[_PAGE_KEY] = number


def _open_entry(number: int | None) -> None:
    st.session_state[_OPEN_KEY] = number


def _open_record(record: str) -> None:
    st.session_state[_RECORD_KEY] = record


def _close_record() -> None:
    st.session_state.pop(_RECORD_KEY, None)
