"""The pipes to the process of a language model: messages out, replies to those who wait."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import threading
import time
from collections import defaultdict, deque

import vault.errors
from rag.models.llama.deaths import death, silence
from rag.models.llama.messages import (
    MOST_BYTES,
    Beat,
    Ended,
    Failed,
    Loaded,
    Message,
    Piece,
    Tokens,
    reply_from,
)
from vault.errors import ModelCrashed, ModelError
from vault.process.child_start import child_command, child_environment
from vault.process.frames import WireError, receive
from vault.process.pipes import write_all

POLL_SECONDS = 0.02
"""How often those who wait look for something else, such as a caller's cancel event."""
_SPINS = "2000"
"""How often a thread of llama.cpp looks for work before it sleeps: some ten microseconds. The default
is some milliseconds, in which it keeps the processor from others."""

Answer = Loaded | Tokens | Piece | Ended | Failed


class Channel:
    """A process, and what is said to it and by it. Safe to use from several threads."""

    def __init__(self, name: str, hang_seconds: float) -> None:
        """Start the process. `name` is the model's name in errors.

        A process that makes no progress for `hang_seconds` is ended, while somebody waits for it.
        """
        self.hang_seconds = hang_seconds
        self._name = name
        self._changed = threading.Condition()
        self._replies: dict[int, deque[Answer]] = defaultdict(deque)
        self._receiving = False
        self._sending = threading.Lock()
        self._error: ModelError | None = None
        self._progress = -1
        self._alive = time.monotonic()
        self._process = subprocess.Popen(
            child_command("rag.models.llama.child"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, bufsize=0, cwd="/", env=_environment(), start_new_session=True,
        )  # fmt: skip

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_open(self) -> bool:
        """Whether the process can take a request."""
        return self._error is None and self._process.poll() is None

    def forget(self, number: int) -> None:
        """Drop what else comes for that request."""
        self._replies.pop(number, None)

    def send(self, message: Message) -> None:
        """Send a message. Raises ModelCrashed when the process has ended."""
        self._alive = time.monotonic()
        assert self._process.stdin
        try:
            with self._sending:
                write_all(self._process.stdin.fileno(), message.framed())
        except (BrokenPipeError, ValueError) as error:
            raise self._died() from error

    def wait(self, number: int) -> Answer:
        """Return the next reply to the request. Raises the ModelError that it holds."""
        while (answer := self.next(number)) is None:
            pass
        if isinstance(answer, Failed):
            raise error_of(answer)
        return answer

    def next(self, number: int) -> Answer | None:
        """Return the next reply to the request; None if none came in a moment. Raises ModelCrashed.

        One of the threads that wait receives for all.
        """
        with self._changed:
            if self._receiving and not self._replies[number]:
                self._changed.wait(POLL_SECONDS)
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

    def _receive(self) -> Answer | None:
        """Return the next reply of the process; None if it was a beat, or none came in a moment.

        Raises ModelCrashed when the process has ended, or makes no progress and is ended.
        """
        assert self._process.stdout
        try:
            handle = self._process.stdout.fileno()
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            if not poll.poll(POLL_SECONDS * 1000):
                if time.monotonic() - self._alive > self.hang_seconds:
                    raise TimeoutError
                return None
            reply = reply_from(receive(handle, MOST_BYTES, time.monotonic() + self.hang_seconds))
        except TimeoutError as error:
            raise self.end(silence(self._name, self.hang_seconds)) from error
        except (EOFError, OSError, ValueError) as error:
            raise self._died() from error
        except WireError as error:
            raise self.end(
                ModelCrashed(f"The process of the model {self._name} sent nonsense ({error}) and was ended.")
            ) from error
        if not isinstance(reply, Beat):
            self._alive = time.monotonic()
            return reply
        if reply.progress != self._progress:
            self._progress, self._alive = reply.progress, time.monotonic()
        elif time.monotonic() - self._alive > self.hang_seconds:
            raise self.end(silence(self._name, self.hang_seconds))
        return None

    def _died(self) -> ModelError:
        """Return the error for a process that closed its pipe."""
        if self._error is not None:
            return self._error
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.hang_seconds)
        code = self._process.poll()
        return self.end(death(self._name, 1 if code is None else code, "answered with"))

    def end(self, error: ModelError) -> ModelError:
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


def error_of(failed: Failed) -> ModelError:
    """Return the error of the other process as this one's."""
    kind = getattr(vault.errors, failed.error, ModelError)
    return kind(failed.message) if issubclass(kind, ModelError) else ModelError(failed.message)
