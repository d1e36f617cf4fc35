"""The check of the log on the Activity page, and its head."""

from __future__ import annotations

import streamlit as st

from ui.interface.schemas.log import LogVerification
from ui.services.log_words import entries_said
from ui.web.context import Web
from ui.web.text import escape_text, show_notice
from vault.errors import HeadInvalid
from vault.log.head import Head
from vault.text.counted import counted

_FOUND_KEY = "activity-check"
_HEAD_KEY = "activity-head"
_MOST_SHOWN = 20


def show_check(web: Web) -> None:
    """Show the button that checks the log, and what the last check found. Raises AccessDenied."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="activity-check-row"):
        st.button("Verify the log", type="primary", key="activity-verify", on_click=_verify, args=(web,))
        st.text_input(
            "A head that was kept elsewhere (optional)", key=_HEAD_KEY, width=420,
            placeholder="17:5f0c… as it was printed",
        )  # fmt: skip
    found: LogVerification | str | None = st.session_state.get(_FOUND_KEY)
    if isinstance(found, str):
        show_notice(found, "error")
    elif found is not None and found.intact:
        show_notice(
            f"The log is intact: {entries_said(found.entries)} and {counted(found.records, 'record')} are as "
            "they were written."
        )
        st.html(
            f'<div class="ic-meta">Head, to be kept elsewhere: <code>{escape_text(found.head)}</code></div>'
        )
    elif found is not None:
        show_notice(f"The log is not intact: {counted(len(found.problems), 'problem')}.", "error")
        problems = "".join(f"<li>{escape_text(one.what)}</li>" for one in found.problems[:_MOST_SHOWN])
        more = len(found.problems) - _MOST_SHOWN
        also = f'<div class="ic-meta">and {more:,} more</div>' if more > 0 else ""
        st.html(f'<ul class="ic-failures">{problems}</ul>{also}')


def _verify(web: Web) -> None:
    text = st.session_state.get(_HEAD_KEY, "")
    try:
        anchors = [Head.parse(text)] if text.strip() else []
    except HeadInvalid as error:
        st.session_state[_FOUND_KEY] = str(error)
        return
    st.session_state[_FOUND_KEY] = LogVerification.of(web.vault.audit.verify(user=web.user, anchors=anchors))
