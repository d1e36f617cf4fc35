"""The conversations of one user: answers that are being written, and the turns that the vault keeps.

The vault decides what is in a conversation: a reloaded page, a second tab and a restarted server show the
same turns. Only a running answer exists in memory alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer import Answerer
from rag.events import Answer, QuestionUnderstood
from rag.question.turn import Turn
from rag.recorded import recorded_answer
from ui.services.background_answer import AnswerProgress, BackgroundAnswer
from vault.ledger.conversations import StoredTurn, TurnState
from vault.vault import Vault

_HISTORY_TURNS = 6
"""Earlier questions that a follow-up may refer to."""
_CLOSE_SECONDS = 10.0
"""How long `close` waits for each running answer."""


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A question in a conversation, with what is known of its answer."""

    kept: StoredTurn
    progress: AnswerProgress | None
    """None when the question was interrupted, or when its words may not be shown or are gone."""
    background: BackgroundAnswer | None
    """Set while the question is being answered."""

    @property
    def running(self) -> bool:
        """Whether the question is being answered."""
        return self.progress is not None and self.progress.running

    @property
    def interrupted(self) -> bool:
        """Whether the server ended before the answer did."""
        return self.progress is None and self.kept.state is TurnState.OPEN


class Conversations:
    """Asks questions in the name of one user, each as a turn of a conversation."""

    def __init__(self, vault: Vault, user: str, answerer: Callable[[], Answerer]) -> None:
        """`answerer` is called for each question, in the thread that answers it."""
        self._vault = vault
        self._user = user
        self._answerer = answerer
        self._running: dict[int, BackgroundAnswer] = {}
        # Protects the stored turns and `_running` together: a question whose answer moves from one to the
        # other would look interrupted in between.
        self._lock = threading.Lock()

    def ask(
        self,
        conversation: str,
        question: str,
        collections: Sequence[str],
        *,
        documents: Sequence[str] | None = None,
        without: Sequence[str] = (),
        following: int | None = None,
    ) -> BackgroundAnswer:
        """Add a question to the conversation and start to answer it in the background.

        `documents` (sha256) limits the search; None searches all. `without` are keys of labels that are taken
        away. The question refers to the turns before it, or with `following` only to those before the turn of
        this id. Raises CollectionNotFound.
        """
        # Questions to other collections are left out: their text must not reach a prompt about these.
        same = [
            turn
            for turn in self.turns(conversation)
            if set(turn.kept.collections) == set(collections)
            and (following is None or turn.kept.id < following)
        ]
        history = [turn for shown in same if (turn := _history_turn(shown)) is not None][-_HISTORY_TURNS:]
        with self._lock:
            number = self._vault.conversations.begin(
                conversation, question, collections, documents, user=self._user, without=without
            )
            background = BackgroundAnswer(
                self._answerer, question, collections, self._user, documents=documents, history=history,
                without=without,
                on_end=lambda progress: self._store(number, progress),
            )  # fmt: skip
            self._running[number] = background
        return background

    def ask_again(self, conversation: str, turn: StoredTurn) -> BackgroundAnswer:
        """Ask an interrupted question again, at the end of the conversation. Raises CollectionNotFound."""
        background = self.ask(
            conversation, turn.question, turn.collections, documents=turn.documents, without=turn.without
        )
        self._vault.conversations.remove(turn.id, conversation, user=self._user)
        return background

    def ask_otherwise(
        self, conversation: str, turn: StoredTurn, *, without: Sequence[str] = (), question: str = ""
    ) -> BackgroundAnswer:
        """Ask an answered question again: without labels that are taken away, or in other words.

        It refers to the same earlier questions. The new answer takes the place of the old one where that is
        the last; else it stands at the end. The record of the old one stays. Raises CollectionNotFound.
        """
        last = self.turns(conversation)[-1:]
        background = self.ask(
            conversation, question or turn.question, turn.collections,
            documents=turn.documents, without=without, following=turn.id,
        )  # fmt: skip
        if [shown.kept.id for shown in last] == [turn.id]:
            self._vault.conversations.remove(turn.id, conversation, user=self._user)
        return background

    def turns(self, conversation: str) -> list[ShownTurn]:
        """Return the turns of the conversation, oldest first, with what the user may see of each."""
        with self._lock:
            kept = self._vault.conversations.turns(conversation, user=self._user)
            return [self._shown(turn) for turn in kept]

    def clear(self, conversation: str) -> None:
        """Remove the conversation; the records of its answers stay in the log."""
        with self._lock:
            for turn in self._vault.conversations.turns(conversation, user=self._user):
                if turn.id in self._running:
                    self._running[turn.id].stop()
            self._vault.conversations.clear(conversation, user=self._user)

    def stop(self) -> list[BackgroundAnswer]:
        """Stop all running answers, and return them."""
        with self._lock:
            running = list(self._running.values())
        for background in running:
            background.stop()
        return running

    def close(self) -> None:
        """Stop all running answers and wait for them."""
        for background in self.stop():
            background.wait(_CLOSE_SECONDS)

    def _shown(self, kept: StoredTurn) -> ShownTurn:
        if kept.state is TurnState.ANSWERED and kept.body is not None:
            answer = recorded_answer(kept.record, kept.body)
            progress = AnswerProgress(
                understood=_as_understood(answer), rewritten=answer.rewritten or "",
                searched=answer.searched, evidence=answer.evidence, direct=answer.direct,
                statements=answer.statements, answer=answer,
            )  # fmt: skip
            return ShownTurn(kept, progress, None)
        if kept.state is TurnState.FAILED:
            return ShownTurn(kept, AnswerProgress(error=kept.error), None)
        background = self._running.get(kept.id)
        if kept.state is TurnState.OPEN and background is not None:
            return ShownTurn(kept, background.progress(), background)
        return ShownTurn(kept, None, None)

    def _store(self, number: int, progress: AnswerProgress) -> None:
        """Store how a question ended. Runs in the thread that answered it.

        When storing fails, the answer stays in memory and is shown until the server stops.
        """
        with self._lock:
            if progress.answer is not None:
                self._vault.conversations.answer(number, progress.answer.record)
            else:
                self._vault.conversations.fail(number, progress.error)
            del self._running[number]


def _as_understood(answer: Answer) -> QuestionUnderstood | None:
    if answer.understood is None:
        return None
    return QuestionUnderstood(answer.understood, answer.labels, answer.removed)


def _history_turn(shown: ShownTurn) -> Turn | None:
    """Return what a later question may refer to, or None when there is no answer."""
    answer = shown.progress and shown.progress.answer
    return answer.as_turn(shown.kept.question) if answer else None
