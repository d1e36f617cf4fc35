"""The owner's side of a language model: it starts the process that runs it, and speaks to it.

llama.cpp is never loaded into this process. What ends the other process (a crash, the system for want of
memory, a hang) ends a request with an error that names the cause, and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import threading
import time
from collections import defaultdict, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import vault.errors
from rag.models.llama.chat_template import ChatMessage
from rag.models.llama.deaths import death, silence
from rag.models.llama.messages import (
    MOST_BYTES,
    Beat,
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
    reply_from,
)
from rag.models.llama.run import Run
from vault.errors import GenerationFailed, ModelCrashed, ModelError
from vault.process.child_start import child_command, child_environment
from vault.process.frames import WireError, receive

_POLL_SECONDS = 0.02
"""How often a caller's cancel event is checked."""
_CANCEL_SECONDS = 10.0
"""Time that a cancelled answer has to end; otherwise its process is ended."""
_SPINS = "2000"
"""How often a thread of llama.cpp looks for work before it sleeps: some ten microseconds. By default it is some
milliseconds, in which it keeps the processor from others."""

_Answer = Loaded | Tokens | Piece | Ended | Failed


class ModelProcess:
    """A GGUF model in a process of its own. Safe to use from several threads; one answer is written at a time."""

    def __init__(self, load: Load, *, hang_seconds: float) -> None:
        """Start the process and wait until the model is loaded. Raises ModelError.

        A process that makes no progress for `hang_seconds` is ended.
        """
        self.hang_seconds = hang_seconds
        self.last_run = Run()
        """The latest run, which may still go on."""
        self.cache_bytes = 0
        """Memory that caches other conversations, after the latest run."""
        self._name = load.name
        self._numbers = count(1)
        self._changed = threading.Condition()
        self._replies: dict[int, deque[_Answer]] = defaultdict(deque)
        self._receiving = False
        self._sending = threading.Lock()
        self._writing = threading.Lock()
        self._error: ModelError | None = None
        self._progress = -1
        self._alive = time.monotonic()
        self._process = subprocess.Popen(
            child_command("rag.models.llama.child"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, bufsize=0, cwd="/", env=_environment(), start_new_session=True,
        )  # fmt: skip
        try:
            self._send(load)
            loaded = self._wait(0)
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
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process can take a request."""
        return self._error is None and self._process.poll() is None

    def close(self) -> None:
        """End the process, and with it whatever it writes."""
        self._end(GenerationFailed("The model was unloaded during the question. Ask again."))

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
            self._send(
                Generate(
                    number=number, messages=_turns(messages), max_tokens=max_tokens, temperature=temperature,
                    stop=list(stop), grammar=grammar,
                )
            )  # fmt: skip
            ended = False
            try:
                while not (cancel is not None and cancel.is_set()):
                    answer = self._next(number)
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
                self._replies.pop(number, None)

    def _cancel(self, number: int, run: Run) -> None:
        """End the run with that number and wait for its figures. What it wrote meanwhile is dropped."""
        deadline = time.monotonic() + _CANCEL_SECONDS
        with contextlib.suppress(ModelError):  # it is cancelled in any case
            self._send(Cancel(number=number))
            while time.monotonic() < deadline:
                answer = self._next(number)
                if answer is not None and not isinstance(answer, Piece):
                    self._finish(answer, run)
                    run.finish = "cancelled"
                    return
            self._end(silence(self._name, _CANCEL_SECONDS))

    def _finish(self, answer: _Answer, run: Run) -> None:
        if isinstance(answer, Failed):
            raise _error_of(answer)
        assert isinstance(answer, Ended)
        run.prompt_tokens, run.reused_tokens = answer.prompt_tokens, answer.reused_tokens
        run.new_tokens, run.finish = answer.new_tokens, answer.finish
        self.cache_bytes = answer.cache_bytes

    @contextmanager
    def _exclusive(self, cancel: threading.Event | None) -> Iterator[bool]:
        """Reserve the model for this answer; give False if it was cancelled while it waited."""
        while not self._writing.acquire(timeout=_POLL_SECONDS if cancel else -1):
            if cancel and cancel.is_set():
                yield False
                return
        try:
            yield not (cancel and cancel.is_set())
        finally:
            self._writing.release()

    # --- messages -----------------------------------------------------------------------------

    def _tokens(self, number: int, request: Message) -> Tokens:
        self._send(request)
        try:
            answer = self._wait(number)
        finally:
            self._replies.pop(number, None)
        assert isinstance(answer, Tokens)
        return answer

    def _send(self, message: Message) -> None:
        self._alive = time.monotonic()
        assert self._process.stdin
        view = memoryview(message.framed())
        try:
            with self._sending:
                while view:
                    view = view[self._process.stdin.write(view) or 0 :]
        except (BrokenPipeError, ValueError) as error:
            raise self._died() from error

    def _wait(self, number: int) -> _Answer:
        """Return the next reply to the request. Raises the ModelError that it holds."""
        while (answer := self._next(number)) is None:
            pass
        if isinstance(answer, Failed):
            raise _error_of(answer)
        return answer

    def _next(self, number: int) -> _Answer | None:
        """Return the next reply to the request; None if none came in a moment. Raises ModelCrashed.

        One of the threads that wait receives for all.
        """
        with self._changed:
            if self._receiving and not self._replies[number]:
                self._changed.wait(_POLL_SECONDS)
            if self._replies[number]:
                return self._replies[number].popleft()
            if self._error is not None:
                raise self._error
            if self._receiving:
                return None
            self._receiving = True
        try:
            reply = self._receive()
        finally:
            with self._changed:
                self._receiving = False
                self._changed.notify_all()
        if reply is None or reply.number == number:
            return reply
        with self._changed:
            self._replies[reply.number].append(reply)
            self._changed.notify_all()
        return None

    def _receive(self) -> _Answer | None:
        """Return the next reply of the process; None if it was a beat, or none came in a moment.

        Raises ModelCrashed when the process has ended, or makes no progress and is ended.
        """
        assert self._process.stdout
        try:
            handle = self._process.stdout.fileno()
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            if not poll.poll(_POLL_SECONDS * 1000):
                if time.monotonic() - self._alive > self.hang_seconds:
                    raise TimeoutError
                return None
            reply = reply_from(receive(handle, MOST_BYTES, time.monotonic() + self.hang_seconds))
        except TimeoutError as error:
            raise self._end(silence(self._name, self.hang_seconds)) from error
        except (EOFError, OSError, ValueError) as error:
            raise self._died() from error
        except WireError as error:
            raise self._end(
                ModelCrashed(f"The process of the model {self._name} sent nonsense ({error}) and was ended.")
            ) from error
        if not isinstance(reply, Beat):
            self._alive = time.monotonic()
            return reply
        if reply.progress != self._progress:
            self._progress, self._alive = reply.progress, time.monotonic()
        elif time.monotonic() - self._alive > self.hang_seconds:
            raise self._end(silence(self._name, self.hang_seconds))
        return None

    # --- the end ------------------------------------------------------------------------------

    def _died(self) -> ModelError:
        """Return the error for a process that closed its pipe."""
        if self._error is not None:
            return self._error
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.hang_seconds)
        code = self._process.poll()
        return self._end(death(self._name, 1 if code is None else code, "answered with"))

    def _end(self, error: ModelError) -> ModelError:
        """Kill the process if it runs, wait for it, and return the error of all further requests."""
        with self._changed:
            self._error = self._error or error
            self._changed.notify_all()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        return self._error


def _environment() -> dict[str, str]:
    """Return the environment of the process. It may write nowhere, so it has no folder."""
    return child_environment(os.devnull) | {"GOMP_SPINCOUNT": os.environ.get("GOMP_SPINCOUNT", _SPINS)}


def _turns(messages: Sequence[ChatMessage]) -> Turns:
    return [(message["role"], message["content"]) for message in messages]


def _error_of(failed: Failed) -> ModelError:
    """Return the error of the other process as this one's."""
    kind = getattr(vault.errors, failed.error, ModelError)
    return kind(failed.message) if issubclass(kind, ModelError) else ModelError(failed.message)

