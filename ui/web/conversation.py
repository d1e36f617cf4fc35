"""The open conversation on the Ask page: one for each browser that is signed in, whatever tab it is in."""

from __future__ import annotations

import uuid

import streamlit as st

from ui.services.asking import Asking
from ui.services.conversations import ShownTurn
from ui.web import context
from ui.web.answers import answer_block, question_block
from ui.web.plain import notice
from ui.web.scope import AskScope
from ui.web.source import close_source
from vault.errors import IncameraError
from vault.ledger.conversations import KeptTurn, TurnState

_OF_THIS_TAB = "conversation"
_PROBLEM = "conversation-problem"
_AT_ONCE = 1.5  # seconds waited for an answer before the page shows that it works
_LOOK_AGAIN = 0.4
_GONE = {
    TurnState.PURGED: "A question and its answer stood here. They were removed, because a document that they "
    "rested on was deleted.",
    TurnState.WITHHELD: "A question and its answer are not shown: they are about a collection that you "
    "cannot search any more.",
}


def conversation_name() -> str:
    """The name under which the vault keeps the conversation of this browser."""
    web = context.current()
    # Without a session (the browser was signed out while this script runs) the tab is by itself.
    alone: str = st.session_state.setdefault(_OF_THIS_TAB, uuid.uuid4().hex)
    # As text: outside of a server Streamlit has a stand-in for a browser's cookies.
    session = str(st.context.cookies.get(web.sessions.cookie, ""))
    return web.sessions.conversation(session) or alone


def turns() -> list[ShownTurn]:
    """What stands in the conversation."""
    return context.current().conversations.turns(conversation_name())


def begin(question: str, scope: AskScope) -> None:
    """Ask; what can be answered at once is there when this returns."""
    close_source()  # what an earlier answer rests on is not to stand beside this one
    try:
        asking = context.current().conversations.ask(
            conversation_name(), question, scope.collections, documents=scope.documents
        )
    except IncameraError as error:
        st.session_state[_PROBLEM] = str(error)
    else:
        asking.wait(_AT_ONCE)


def start_again() -> None:
    """Forget the conversation; the records of its answers stay in the log."""
    context.current().conversations.clear(conversation_name())
    close_source()


def conversation_block(shown: list[ShownTurn]) -> None:
    """The questions with their answers, oldest first."""
    for number, turn in enumerate(shown):
        if turn.kept.state in _GONE:
            notice(_GONE[turn.kept.state])
            continue
        question_block(turn.kept.question)
        if turn.interrupted:
            _interrupted(number, turn.kept)
        elif turn.running and turn.asking is not None:
            st.fragment(_running, run_every=_LOOK_AGAIN)(number, turn.asking)
        elif turn.asked is not None:
            answer_block(number, turn.asking, turn.asked)
    if problem := st.session_state.pop(_PROBLEM, ""):
        notice(problem, "error")


def _running(number: int, asking: Asking) -> None:
    state = asking.state()
    if not state.running:
        st.rerun()
    answer_block(number, asking, state)


def _interrupted(number: int, turn: KeptTurn) -> None:
    notice("Incamera was stopped before this question was answered.", "warn")
    st.button("Ask again", key=f"again-{number}", on_click=_ask_again, args=(turn,))


def _ask_again(turn: KeptTurn) -> None:
    close_source()
    try:
        asking = context.current().conversations.ask_again(conversation_name(), turn)
    except IncameraError as error:
        st.session_state[_PROBLEM] = str(error)
    else:
        asking.wait(_AT_ONCE)
