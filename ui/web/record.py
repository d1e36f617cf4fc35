"""The record of an answer on the Activity page, and what comes of asking its question again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from rag.replay import Difference, Replay, replay
from ui.services.log_words import SHORT
from ui.web.context import Web
from ui.web.text import escape_text, show_notice
from vault.errors import IncameraError, RecordNotFound
from vault.ledger.records import StoredRecord

_REPLAY_KEY = "activity-replay"
_QUESTION_KEY = "activity-question"


def show_record(web: Web, record: str, close: Callable[[], None]) -> None:
    """Show a record (its id) with buttons that ask its question again and that close it."""
    try:
        found = web.vault.audit.record(record, user=web.user)
    except RecordNotFound:
        show_notice("The words of this record are only for the managers of its collections.", "warn")
        st.button("Close the record", key="record-close", on_click=close)
        return
    with st.container(key="record", border=True):
        _show_answer(found)
        if found.body.get("kept") == "hashes":
            show_notice("Of this record only hashes are kept. To ask it again, type the question as it was.")
            st.text_input("The question, word for word", key=_QUESTION_KEY)
        with st.container(horizontal=True):
            st.button("Ask again", key="record-replay", on_click=_replay, args=(web, found.id))
            st.button("Close the record", key="record-close", on_click=close, type="tertiary")
        replayed: tuple[str, Replay | str] | None = st.session_state.get(_REPLAY_KEY)
        if replayed is not None and replayed[0] == found.id:
            _show_replay(replayed[1])
        with st.expander("All of the record"):
            st.json(dict(found.body), expanded=1)


def _show_answer(record: StoredRecord) -> None:
    answer: Mapping[str, Any] = record.body["answer"]
    st.html(
        f'<h2 class="ic-question">{escape_text(str(answer["question"]))}</h2>'
        f'<div class="ic-meta">{escape_text(record.user)}, {escape_text(record.at[:19].replace("T", " "))} '
        f"UTC, record {record.id[:SHORT]}, {escape_text(str(answer.get('outcome') or ''))}</div>"
    )
    direct = answer.get("direct")
    said = [direct] if direct else []
    statements = "".join(
        f'<div class="ic-statement ic-{_text(one, "verdict")}">{_text(one, "text")}</div>'
        for one in (*said, *answer.get("statements", ()))
    )
    places = "".join(
        f"<li>{_text(place, 'document')}, p. {_text(place, 'page')}: {_text(place, 'quote')}</li>"
        for place in answer.get("evidence", ())
    )
    st.html(f'{statements}<ul class="ic-failures">{places}</ul>')


def _text(value: Mapping[str, Any], name: str) -> str:
    """Return a part of a record, escaped for HTML."""
    return escape_text(str(value[name]))


def _replay(web: Web, record: str) -> None:
    try:
        stored = web.vault.audit.record(record, user=web.user, replay=True)
        question = st.session_state.get(_QUESTION_KEY, "")
        found: Replay | str = replay(web.answerer(), stored, user=web.user, question=question)
    except IncameraError as error:
        found = str(error)
    st.session_state[_REPLAY_KEY] = record, found


def _show_replay(found: Replay | str) -> None:
    if isinstance(found, str):
        show_notice(found, "error")
        return
    if found.same:
        show_notice("Asked again, the answer is the same.")
    else:
        show_notice("Asked again, the answer differs.", "warn")
        _show_differences(found.answer)
    if found.circumstances:
        st.html('<div class="ic-caption">What it was made from differs in</div>')
        _show_differences(found.circumstances)


def _show_differences(differences: Sequence[Difference]) -> None:
    rows = "".join(
        f"<li><b>{escape_text(one.what)}</b><br>then: {escape_text(one.then or '(nothing)')}"
        f"<br>now: {escape_text(one.now or '(nothing)')}</li>"
        for one in differences
    )
    st.html(f'<ul class="ic-failures">{rows}</ul>')
