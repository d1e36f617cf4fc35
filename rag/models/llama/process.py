"""The owner's side of a language model: it starts the process that runs it, and speaks to it.

llama.cpp is never loaded into this process. What ends the other process (a crash, the system for want of
memory, a hang) ends a request with an error that names the cause, and nothing else.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from rag.models.llama.channel import POLL_SECONDS, Answer, Channel, error_of
from rag.models.llama.chat_template import ChatMessage
from rag.models.llama.deaths import silence
from rag.models.llama.messages import (
    Cancel,
    Ended,
    Failed,
    Generate,
    Load,
    Loaded,
    Message,
    Piece,
    Render,
    Tokenize,
    Tokens,
    Turns,
)
from rag.models.llama.run import Run
from vault.errors import GenerationFailed, ModelError

_CANCEL_SECONDS = 10.0
"""Time that a cancelled answer has to end; otherwise its process is ended."""


class ModelProcess:
    """A GGUF model in a process of its own. Threads may share it; one answer is written at a time."""

    def __init__(self, load: Load, *, hang_seconds: float) -> None:
        """Start the process and wait until the model is loaded. Raises ModelError.

        A process that makes no progress for `hang_seconds` is ended.
        """
        self.last_run = Run()
        """The latest run, which may still go on."""
        self.cache_bytes = 0
        """Memory that caches other conversations, after the latest run."""
        self._name = load.name
        self._numbers = count(1)
        self._writing = threading.Lock()
        self._channel = Channel(load.name, hang_seconds)
        try:
            self._channel.send(load)
            loaded = self._channel.wait(0)
            assert isinstance(loaded, Loaded)
        except BaseException:
            self.close()
            raise
        self.context_length = loaded.context_length
        """Tokens of prompt and answer together."""
        self.version = loaded.version
        """Of llama-cpp-python."""
        self.instruction_sets = tuple(loaded.instruction_sets)
        """Instruction sets of the processor that llama.cpp uses."""

    @property
    def pid(self) -> int:
        """The process id."""
        return self._channel.pid

    @property
    def is_running(self) -> bool:
        """Whether the process can take a request."""
        return self._channel.is_open

    def close(self) -> None:
        """End the process, and with it whatever it writes."""
        self._channel.end(GenerationFailed("The model was unloaded during the question. Ask again."))

    def tokens(self, text: str) -> list[int]:
        """Return the tokens of plain text: nothing in it counts as a control token."""
        number = next(self._numbers)
        return self._tokens(number, Tokenize(number=number, text=text)).tokens

    def prompt(self, messages: Sequence[ChatMessage]) -> tuple[str, list[int]]:
        """Return the prompt's text and tokens, with one beginning-of-text token if the model needs it."""
        number = next(self._numbers)
        answer = self._tokens(number, Render(number=number, messages=_turns(messages)))
        return answer.text, answer.tokens

    def write(
        self,
        messages: Sequence[ChatMessage],
        run: Run,
        *,
        max_tokens: int,
        temperature: float,
        stop: Sequence[str] = (),
        cancel: threading.Event | None = None,
        grammar: str | None = None,
    ) -> Generator[str, None, None]:
        """Yield the answer in pieces, about one for each token, and write its figures into `run`.

        `max_tokens` limits the answer; it also ends at one of the texts `stop`; `grammar` (GBNF) limits what
        may be written. Closing the iterator or setting `cancel` stops within a token, also while the prompt
        is read. Other threads wait. Raises ContextTooSmall, GenerationFailed and ModelCrashed.
        """
        with self._exclusive(cancel) as acquired:
            if not acquired:
                return
            self.last_run = run
            number = next(self._numbers)
            self._channel.send(
                Generate(
                    number=number, messages=_turns(messages), max_tokens=max_tokens, temperature=temperature,
                    stop=list(stop), grammar=grammar,
                )
            )  # fmt: skip
            ended = False
            try:
                while not (cancel is not None and cancel.is_set()):
                    answer = self._channel.next(number)
                    if isinstance(answer, Piece):
                        run.new_tokens = answer.new_tokens
                        yield answer.text
                    elif answer is not None:
                        ended = True
                        self._finish(answer, run)
                        return
            except ModelError:
                ended = True
                raise
            finally:
                if not ended:
                    self._cancel(number, run)
                self._channel.forget(number)

    def _cancel(self, number: int, run: Run) -> None:
        """End the run with that number and wait for its figures. What it wrote meanwhile is dropped."""
        deadline = time.monotonic() + _CANCEL_SECONDS
        with contextlib.suppress(ModelError):  # it is cancelled in any case
            self._channel.send(Cancel(number=number))
            while time.monotonic() < deadline:
                answer = self._channel.next(number)
                if answer is not None and not isinstance(answer, Piece):
                    self._finish(answer, run)
                    run.finish = "cancelled"
                    return
            self._channel.end(silence(self._name, _CANCEL_SECONDS))

    def _finish(self, answer: Answer, run: Run) -> None:
        if isinstance(answer, Failed):
            raise error_of(answer)
        assert isinstance(answer, Ended)
        run.prompt_tokens, run.reused_tokens = answer.prompt_tokens, answer.reused_tokens
        run.new_tokens, run.finish = answer.new_tokens, answer.finish
        self.cache_bytes = answer.cache_bytes

    @contextmanager
    def _exclusive(self, cancel: threading.Event | None) -> Iterator[bool]:
        """Reserve the model for this answer; give False if it was cancelled while it waited."""
        while not self._writing.acquire(timeout=POLL_SECONDS if cancel else -1):
            if cancel and cancel.is_set():
                yield False
                return
        try:
            yield not (cancel and cancel.is_set())
        finally:
            self._writing.release()

    def _tokens(self, number: int, request: Message) -> Tokens:
        self._channel.send(request)
        try:
            answer = self._channel.wait(number)
        finally:
            self._channel.forget(number)
        assert isinstance(answer, Tokens)
        return answer


def _turns(messages: Sequence[ChatMessage]) -> Turns:
    return [(message["role"], message["content"]) for message in messages]
