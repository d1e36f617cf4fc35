"""The open conversation on the Ask page; each signed-in browser has one, which all its tabs share."""

from __future__ import annotations

import uuid
from functools import partial

import streamlit as st

from ui.services.background_answer import BackgroundAnswer
from ui.services.conversations import ShownTurn
from ui.web import context
from ui.web.answers import show_answer, show_question
from ui.web.scope import AskScope
from ui.web.source import close_source
from ui.web.text import show_notice
from ui.web.understanding import show_understanding
from vault.errors import IncameraError
from vault.ledger.conversations import StoredTurn, TurnState

_CONVERSATION_KEY = "conversation"
_PROBLEM_KEY = "conversation-problem"
_WAIT_SECONDS = 1.5
"""How long a new question is waited for before the page shows that it is being answered."""
_REFRESH_SECONDS = 0.4
_HIDDEN = {
    TurnState.PURGED: "A question and its answer were removed because a document that they were based on was "
    "deleted.",
    TurnState.WITHHELD: "A question and its answer are not shown because they are about a collection that "
    "you can no longer search.",
}


def conversation_name() -> str:
    """Return the name under which the vault keeps the conversation of this browser."""
    web = context.current()
    # Used without a session: the browser may be signed out while this script runs.
    own_name: str = st.session_state.setdefault(_CONVERSATION_KEY, uuid.uuid4().hex)
    return web.sessions.conversation(web.session) or own_name


def current_turns() -> list[ShownTurn]:
    """Return the turns of the conversation."""
    return context.current().conversations.turns(conversation_name())


def ask_question(question: str, scope: AskScope) -> None:
    """Ask a question, and wait a moment: a quick answer is ready when this returns."""
    close_source()  # the source of an earlier answer must not appear beside this one
    try:
        background = context.current().conversations.ask(
            conversation_name(), question, scope.collections, documents=scope.documents
        )
    except IncameraError as error:
        st.session_state[_PROBLEM_KEY] = str(error)
    else:
        background.wait(_WAIT_SECONDS)


def start_again() -> None:
    """Remove the conversation; the records of its answers stay in the log."""
    context.current().conversations.clear(conversation_name())
    close_source()


def show_conversation(turns: list[ShownTurn]) -> None:
    """Show the questions with their answers, oldest first."""
    for number, turn in enumerate(turns):
        if turn.kept.state in _HIDDEN:
            show_notice(_HIDDEN[turn.kept.state])
            continue
        show_question(turn.kept.question)
        if turn.interrupted:
            _show_interrupted(number, turn.kept)
        elif turn.running and turn.background is not None:
            st.fragment(_show_running, run_every=_REFRESH_SECONDS)(number, turn.background)
        elif turn.progress is not None:
            # A question that is being answered is answered first.
            ask = None if turns[-1].running else partial(_ask_otherwise, turn.kept)
            show_understanding(number, turn.progress, ask)
            show_answer(number, turn.background, turn.progress)
    if problem := st.session_state.pop(_PROBLEM_KEY, ""):
        show_notice(problem, "error")


def _show_running(number: int, background: BackgroundAnswer) -> None:
    progress = background.progress()
    if not progress.running:
        st.rerun()
    show_understanding(number, progress, None)
    show_answer(number, background, progress)


def _show_interrupted(number: int, turn: StoredTurn) -> None:
    show_notice("Incamera was stopped before this question was answered.", "warn")
    st.button("Ask again", key=f"again-{number}", on_click=_ask_again, args=(turn,))


def _ask_otherwise(turn: StoredTurn, without: list[str], question: str) -> None:
    close_source()
    try:
        background = context.current().conversations.ask_otherwise(
            conversation_name(), turn, without=without, question=question
        )
    except IncameraError as error:
        st.session_state[_PROBLEM_KEY] = str(error)
    else:
        background.wait(_WAIT_SECONDS)


def _ask_again(turn: StoredTurn) -> None:
    close_source()
    try:
        background = context.current().conversations.ask_again(conversation_name(), turn)
    except IncameraError as error:
        st.session_state[_PROBLEM_KEY] = str(error)
    else:
        background.wait(_WAIT_SECONDS)
