"""The Ask page."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from ui.services.conversations import ShownTurn
from ui.web import context
from ui.web.conversation import begin, conversation_block, start_again, turns
from ui.web.mentions import look_for, mentions_block
from ui.web.pages import documents_link
from ui.web.plain import count, notice
from ui.web.scope import AskScope, choose_scope
from ui.web.source import close_source, opened, source_panel

_QUESTION, _SUBMITTED = "question", "submitted"
_ANSWER, _MENTIONS = "Answer", "Every mention"


def ask_page() -> None:
    """Question box, conversation, and the open source beside it."""
    web = context.current()
    scope = choose_scope(web)
    asked = turns()
    running = bool(asked) and asked[-1].running
    finding = scope.available and _choose_how() == _MENTIONS
    inviting = (
        "A word or phrase, such as notice period or terminat*" if finding else "Ask about the documents"
    )
    # At the foot of the window the page would follow what is added below, as a conversation wants it; a list
    # of places is read from its top.
    with st.container(key="looking-for") if finding else nullcontext():
        st.chat_input(
            scope.missing or inviting,
            disabled=running or bool(scope.missing),
            key=_QUESTION,
            max_chars=4000,
            on_submit=_submit,
        )
    question = st.session_state.pop(_SUBMITTED, None)
    if question and scope.missing:
        # Typed before the box was closed: it is not put to documents that nobody chose.
        notice(f"“{question}” was not asked. {scope.missing}.", "warn")
    elif question and finding:
        look_for(question, scope)
    elif question:
        begin(question, scope)
        asked = turns()
    if asked and not finding and not asked[-1].running:
        with st.container(key="new-conversation"):
            st.button("New conversation", type="tertiary", on_click=start_again, help="Clears this page.")
    source = opened()
    if source is None:
        with st.container(key="conversation"):
            _found(scope) if finding else _conversation(asked, scope)
        return
    left, right = st.columns([10, 11], gap="large")
    with left:
        _found(scope) if finding else _conversation(asked, scope)
    with right, st.container(key="source"):
        source_panel(source)


def _submit() -> None:
    # Taken here and not from the box below: a box that is disabled meanwhile, because another tab is asking,
    # would swallow what was typed in this one.
    st.session_state[_SUBMITTED] = st.session_state[_QUESTION]


def _choose_how() -> str:
    """What is wanted: the answer to a question, or every place of a word."""
    with st.container(key="how"):
        chosen = st.segmented_control(
            "What is wanted",
            [_ANSWER, _MENTIONS],
            default=_ANSWER,
            required=True,
            label_visibility="collapsed",
            key="asking-for",
            on_change=close_source,
        )
    return str(chosen)


def _found(scope: AskScope) -> None:
    if not mentions_block(scope):
        st.html('<h1 class="ic-title">Find every mention</h1>')
        st.html(
            '<p class="ic-lead">Type a word or phrase: every place where it stands is listed and counted, '
            "not only the best few. A * at the end of a word stands for all its endings.</p>"
        )
        _searched(scope)


def _searched(scope: AskScope) -> None:
    if scope.collections:
        st.html(
            f'<p class="ic-meta">{count(scope.documents_there, "document")} with '
            f"{count(scope.pages_there, 'page')} to search.</p>"
        )
        if not scope.documents_there:
            documents_link("Add files on the Documents page")


def _conversation(asked: list[ShownTurn], scope: AskScope) -> None:
    if not asked:
        _welcome(scope)
    conversation_block(asked)


def _welcome(scope: AskScope) -> None:
    st.html('<h1 class="ic-title">Ask your documents</h1>')
    if not scope.available:
        notice("There is no collection yet: make one, and add files to it.")
        documents_link("Make a collection and add files")
        return
    st.html(
        '<p class="ic-lead">Every sentence of an answer shows the page and the words it rests on. '
        "What the documents do not say is not answered. Nothing leaves this computer.</p>"
    )
    _searched(scope)
