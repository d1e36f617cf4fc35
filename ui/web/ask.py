"""The Ask page."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from ui.services.conversations import ShownTurn
from ui.web import context
from ui.web.conversation import ask_question, current_turns, show_conversation, start_again
from ui.web.mentions import find_term, show_mentions
from ui.web.pages import documents_link
from ui.web.scope import AskScope, choose_scope
from ui.web.source import close_source, current_source, show_source
from ui.web.text import show_notice
from vault.text.counted import counted

_QUESTION, _SUBMITTED = "question", "submitted"
_ANSWER, _MENTIONS = "Answer", "Every mention"


def ask_page() -> None:
    """Show the question box, the conversation or what was found, and the open source beside it."""
    web = context.current()
    scope = choose_scope(web)
    turns = current_turns()
    running = bool(turns) and turns[-1].running
    finding = scope.available and _choose_mode() == _MENTIONS
    placeholder = (
        "A word or phrase, such as notice period or terminat*" if finding else "Ask about the documents"
    )
    # At the foot of the window, the box makes the page scroll to what is added below it. That suits a
    # conversation; a list of places is read from its top, so there the box is inside the page.
    with st.container(key="looking-for") if finding else nullcontext():
        st.chat_input(
            scope.blocked or placeholder,
            disabled=running or bool(scope.blocked),
            key=_QUESTION,
            max_chars=4000,
            on_submit=_submit,
        )
    question = st.session_state.pop(_SUBMITTED, None)
    if question and scope.blocked:
        # It was typed before the box was disabled, and must not be asked about documents that nobody chose.
        show_notice(f"“{question}” was not asked. {scope.blocked}.", "warn")
    elif question and finding:
        find_term(question, scope)
    elif question:
        ask_question(question, scope)
        turns = current_turns()
    if turns and not finding and not turns[-1].running:
        with st.container(key="new-conversation"):
            st.button("New conversation", type="tertiary", on_click=start_again, help="Clears this page.")
    source = current_source()
    if source is None:
        with st.container(key="conversation"):
            _show_find_page(scope) if finding else _show_conversation_page(turns, scope)
        return
    left, right = st.columns([10, 11], gap="large")
    with left:
        _show_find_page(scope) if finding else _show_conversation_page(turns, scope)
    with right, st.container(key="source"):
        show_source(source)


def _submit() -> None:
    # The box itself returns nothing if it has been disabled meanwhile, because another tab is asking.
    st.session_state[_SUBMITTED] = st.session_state[_QUESTION]


def _choose_mode() -> str:
    """Let the user choose between an answer to a question and every place of a word."""
    with st.container(key="how"):
        chosen = st.segmented_control(
            "What to show",
            [_ANSWER, _MENTIONS],
            default=_ANSWER,
            required=True,
            label_visibility="collapsed",
            key="asking-for",
            on_change=close_source,
        )
    return str(chosen)


def _show_find_page(scope: AskScope) -> None:
    if not show_mentions(scope):
        st.html('<h1 class="ic-title">Find every mention</h1>')
        st.html(
            '<p class="ic-lead">Type a word or phrase. Every place where it occurs is listed and counted, '
            "not only the best matches. A * at the end of a word matches all its endings.</p>"
        )
        _show_scope(scope)


def _show_scope(scope: AskScope) -> None:
    if scope.collections:
        st.html(
            f'<p class="ic-meta">{counted(scope.document_count, "document")} with '
            f"{counted(scope.page_count, 'page')} to search.</p>"
        )
        if not scope.document_count:
            documents_link("Add files on the Documents page")


def _show_conversation_page(turns: list[ShownTurn], scope: AskScope) -> None:
    if not turns:
        _show_welcome(scope)
    show_conversation(turns)


def _show_welcome(scope: AskScope) -> None:
    st.html('<h1 class="ic-title">Ask your documents</h1>')
    if not scope.available:
        show_notice("There is no collection yet. Create one and add files to it.")
        documents_link("Create a collection and add files")
        return
    st.html(
        '<p class="ic-lead">Every sentence of an answer shows the page and the words it is based on. '
        "If the documents do not answer a question, Incamera says so. Nothing leaves this computer.</p>"
    )
    _show_scope(scope)
