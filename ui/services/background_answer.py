"""A question that is answered in the background, so that the page stays usable and can be reloaded."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.answer import Answerer
from rag.direct.answer import DirectAnswer
from rag.events import (
    Answer,
    DirectFound,
    Done,
    EvidenceFound,
    QuestionUnderstood,
    Rewritten,
    Searched,
    Statement,
    Waiting,
)
from rag.evidence.evidence import EvidenceSentence
from rag.question.turn import Turn
from vault.errors import IncameraError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerProgress:
    """How far an answer is, at one moment."""

    understood: QuestionUnderstood | None = None
    """None until the question has been read, and for answers of earlier versions."""
    rewritten: str = ""
    """The question as it is searched, if it refers to an earlier one; else empty."""
    searched: Searched | None = None
    evidence: tuple[EvidenceSentence, ...] | None = None
    """None until the search has finished."""
    direct: DirectAnswer | None = None
    before: int = 0
    """How many answers the language model writes before this one."""
    statements: tuple[Statement, ...] = ()
    answer: Answer | None = None
    error: str = ""
    running: bool = False


class BackgroundAnswer:
    """Answers one question in a thread."""

    def __init__(
        self,
        answerer: Callable[[], Answerer],
        question: str,
        collections: Sequence[str],
        user: str,
        *,
        documents: Sequence[str] | None,
        history: Sequence[Turn],
        without: Sequence[str] = (),
        on_end: Callable[[AnswerProgress], None] = lambda _: None,
    ) -> None:
        """Start at once.

        `answerer` is called in the thread, because it may load a model. `without` are keys of labels.
        `on_end` receives the last progress, also in the thread and before `progress` returns it.
        """
        self.question = question
        self.collections = tuple(collections)
        self._lock = threading.Lock()
        self._cancel = threading.Event()
        self._on_end = on_end
        self._progress = AnswerProgress(running=True)
        self._thread = threading.Thread(
            target=self._work,
            args=(answerer, self.collections, user, documents, tuple(history), tuple(without)),
            name="ask",
            daemon=True,
        )
        self._thread.start()

    def progress(self) -> AnswerProgress:
        """Return how far the answer is."""
        with self._lock:
            return self._progress

    def wait(self, seconds: float) -> None:
        """Return when the answer has ended, or after `seconds`."""
        self._thread.join(seconds)

    def stop(self) -> None:
        """Stop the language model; the answer keeps what it had finished."""
        self._cancel.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._cancel.is_set()

    def _work(
        self,
        answerer: Callable[[], Answerer],
        collections: tuple[str, ...],
        user: str,
        documents: Sequence[str] | None,
        history: tuple[Turn, ...],
        without: tuple[str, ...],
    ) -> None:
        progress = self._progress
        try:
            events = answerer().ask(
                self.question, collections, user, history,
                documents=documents, without=without, cancel=self._cancel,
            )  # fmt: skip
            for event in events:
                match event:
                    case QuestionUnderstood():
                        progress = replace(progress, understood=event)
                    case Rewritten():
                        progress = replace(progress, rewritten=event.question)
                    case Searched():
                        progress = replace(progress, searched=event)
                    case EvidenceFound():
                        progress = replace(progress, evidence=event.sentences)
                    case DirectFound():
                        progress = replace(progress, direct=event.direct)
                    case Waiting():
                        progress = replace(progress, before=event.before)
                    case Statement():
                        progress = replace(progress, before=0, statements=(*progress.statements, event))
                    case Done():
                        answer = event.answer
                        progress = replace(
                            progress, direct=answer.direct, statements=answer.statements, answer=answer
                        )
                self._set(progress)
        except IncameraError as error:
            progress = replace(progress, error=str(error))
        except Exception as error:
            _log.exception("a question failed")
            reason = f"because of an internal error ({type(error).__name__})"
            progress = replace(progress, error=f"The question could not be answered {reason}.")
        progress = replace(progress, before=0, running=False)
        try:
            self._on_end(progress)
        except Exception:
            _log.exception("the end of a question could not be stored")
        self._set(progress)

    def _set(self, progress: AnswerProgress) -> None:
        with self._lock:
            self._progress = progress
