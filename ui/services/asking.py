"""A question being answered in the background, so that the page can be used, left and loaded meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer import Answerer
from rag.events import Answer, Done, EvidenceFound, Rewritten, Searched, Statement, Waiting
from rag.evidence.evidence import EvidenceSentence
from rag.question.turn import Turn
from vault.errors import IncameraError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """How far the answer is; a copy that does not change."""

    rewritten: str
    """The question as it is searched, where it leaned on the one before; else empty."""
    searched: Searched | None
    evidence: tuple[EvidenceSentence, ...] | None
    """None until the search is through."""
    before: int
    """How many answers the language model writes before this one."""
    statements: tuple[Statement, ...]
    answer: Answer | None
    error: str
    running: bool


class Asking:
    """One question and what came of it."""

    def __init__(
        self,
        answerer: Callable[[], Answerer],
        question: str,
        collections: Sequence[str],
        user: str,
        *,
        documents: Sequence[str] | None,
        history: Sequence[Turn],
        on_end: Callable[[Asked], None] = lambda _: None,
    ) -> None:
        """Begins at once; `answerer` is called in the background, since it may load a model. `on_end` is told
        of the end there too, before `state` tells it."""
        self.question = question
        self.collections = tuple(collections)
        self._lock = threading.Lock()
        self._cancel = threading.Event()
        self._on_end = on_end
        self._state = Asked("", None, None, 0, (), None, "", running=True)
        self._thread = threading.Thread(
            target=self._work,
            args=(answerer, self.collections, user, documents, tuple(history)),
            name="ask",
            daemon=True,
        )
        self._thread.start()

    def state(self) -> Asked:
        """How far it is."""
        with self._lock:
            return self._state

    def wait(self, seconds: float) -> None:
        """Return when the answer is there, or after `seconds`."""
        self._thread.join(seconds)

    def stop(self) -> None:
        """Let the language model stop; the answer is made of what it had finished."""
        self._cancel.set()

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._cancel.is_set()

    def _work(
        self,
        answerer: Callable[[], Answerer],
        collections: tuple[str, ...],
        user: str,
        documents: Sequence[str] | None,
        history: tuple[Turn, ...],
    ) -> None:
        searched: Searched | None = None
        evidence: tuple[EvidenceSentence, ...] | None = None
        rewritten = ""
        before = 0
        statements: list[Statement] = []
        answer: Answer | None = None
        error = ""
        try:
            events = answerer().ask(
                self.question, collections, user, history, documents=documents, cancel=self._cancel
            )
            for event in events:
                match event:
                    case Rewritten():
                        rewritten = event.question
                    case Searched():
                        searched = event
                    case EvidenceFound():
                        evidence = event.sentences
                    case Waiting():
                        before = event.before
                    case Statement():
                        before = 0
                        statements.append(event)
                    case Done():
                        answer = event.answer
                self._set(
                    Asked(rewritten, searched, evidence, before, tuple(statements), answer, "", running=True)
                )
        except IncameraError as problem:
            error = str(problem)
        except Exception as problem:
            _log.exception("a question failed")
            error = (
                f"The question could not be answered because of an internal error ({type(problem).__name__})."
            )
        asked = Asked(rewritten, searched, evidence, 0, tuple(statements), answer, error, running=False)
        try:
            self._on_end(asked)
        except Exception:
            _log.exception("the end of a question could not be kept")
        self._set(asked)

    def _set(self, state: Asked) -> None:
        with self._lock:
            self._state = state
