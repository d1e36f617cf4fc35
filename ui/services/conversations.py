"""The open conversations: what is being answered now, and what the vault keeps of what was asked before.

The vault is the one truth of what stands in a conversation: a page that is loaded again, a second tab and a
server that was started again show the same. Only an answer in the making is in memory alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer import Answerer
from rag.question.turn import Turn
from rag.recorded import recorded_answer
from ui.services.asking import Asked, Asking
from vault.ledger.conversations import KeptTurn, TurnState
from vault.text.readable import readable
from vault.vault import Vault

_REMEMBERED = 6  # earlier questions that a follow-up may refer to
_LAST_SECONDS = 10.0  # that an answer in the making gets when the server ends


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A question in a conversation, and what there is of its answer."""

    kept: KeptTurn
    asked: Asked | None
    """None when it was interrupted, or its words are gone."""
    asking: Asking | None
    """While it is being answered."""

    @property
    def running(self) -> bool:
        """Whether it is being answered."""
        return self.asked is not None and self.asked.running

    @property
    def interrupted(self) -> bool:
        """Whether the server ended before there was an answer."""
        return self.asked is None and self.kept.state is TurnState.OPEN


class Conversations:
    """Asks questions in the name of one user, each in the conversation that it belongs to."""

    def __init__(self, vault: Vault, user: str, answerer: Callable[[], Answerer]) -> None:
        self._vault = vault
        self._user = user
        self._answerer = answerer
        self._answering: dict[int, Asking] = {}
        # What is kept and what is being answered are read and changed together: a question that goes from
        # one to the other would look interrupted in between.
        self._lock = threading.Lock()

    def ask(
        self,
        conversation: str,
        question: str,
        collections: Sequence[str],
        *,
        documents: Sequence[str] | None = None,
    ) -> Asking:
        """Begin to answer a question in the background; it stands in the conversation from now on.

        Raises CollectionNotFound.
        """
        # What was asked of other collections stays there: it must not reach a prompt about these.
        same = [turn for turn in self.turns(conversation) if set(turn.kept.collections) == set(collections)]
        history = [said for turn in same if (said := _said(turn)) is not None][-_REMEMBERED:]
        with self._lock:
            number = self._vault.conversations.begin(
                conversation, question, collections, documents, user=self._user
            )
            asking = Asking(
                self._answerer, question, collections, self._user, documents=documents, history=history,
                on_end=lambda asked: self._ended(number, asked),
            )  # fmt: skip
            self._answering[number] = asking
        return asking

    def ask_again(self, conversation: str, turn: KeptTurn) -> Asking:
        """Ask an interrupted question once more, at the end of the conversation.

        Raises CollectionNotFound.
        """
        asking = self.ask(conversation, turn.question, turn.collections, documents=turn.documents)
        self._vault.conversations.remove(turn.id, conversation, user=self._user)
        return asking

    def turns(self, conversation: str) -> list[ShownTurn]:
        """What stands in the conversation, oldest first, as far as the user may see it."""
        with self._lock:
            kept = self._vault.conversations.turns(conversation, user=self._user)
            return [self._shown(turn) for turn in kept]

    def clear(self, conversation: str) -> None:
        """Forget the conversation; the records of its answers stay in the log."""
        with self._lock:
            for turn in self._vault.conversations.turns(conversation, user=self._user):
                if turn.id in self._answering:
                    self._answering[turn.id].stop()
            self._vault.conversations.clear(conversation, user=self._user)

    def close(self) -> None:
        """Stop what is being answered, and wait for it."""
        with self._lock:
            answering = list(self._answering.values())
        for asking in answering:
            asking.stop()
        for asking in answering:
            asking.wait(_LAST_SECONDS)

    def _shown(self, kept: KeptTurn) -> ShownTurn:
        if kept.state is TurnState.ANSWERED and kept.body is not None:
            answer = recorded_answer(kept.record, kept.body)
            asked = Asked(
                answer.rewritten or "", answer.searched, answer.evidence, 0, answer.statements, answer, "",
                running=False,
            )  # fmt: skip
            return ShownTurn(kept, asked, None)
        if kept.state is TurnState.FAILED:
            return ShownTurn(kept, Asked("", None, None, 0, (), None, kept.error, running=False), None)
        asking = self._answering.get(kept.id)
        if kept.state is TurnState.OPEN and asking is not None:
            return ShownTurn(kept, asking.state(), asking)
        return ShownTurn(kept, None, None)

    def _ended(self, number: int, asked: Asked) -> None:
        """Runs in the thread that answered. An end that cannot be kept is shown until the server stops."""
        with self._lock:
            if asked.answer is not None:
                self._vault.conversations.answer(number, asked.answer.record)
            else:
                self._vault.conversations.fail(number, asked.error)
            del self._answering[number]


def _said(turn: ShownTurn) -> Turn | None:
    """What a later question may refer to; None when there is no answer."""
    answer = turn.asked and turn.asked.answer
    if not answer or answer.abstained:
        return None
    return Turn(turn.kept.question, " ".join(readable(statement.text) for statement in answer.statements))
