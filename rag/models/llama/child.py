"""The process of a language model: `python -m rag.models.llama.child`, started by `rag.models.llama.process`.

It shuts itself in, loads one model, and answers requests from standard input until that ends: when its owner
has ended, it ends at once, whatever it computes. Three threads share the work: the first takes requests and
answers the short ones, the second loads and writes, the third tells the owner that there is progress.
"""

from __future__ import annotations

import os
import queue
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rag.models.llama.chat_template import ChatMessage
from rag.models.llama.engine import LlamaEngine
from rag.models.llama.library import instruction_sets, version
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
    load_from,
    request_from,
)
from rag.models.llama.run import Run
from vault.errors import ModelError
from vault.process import landlock
from vault.process.confinement import confine, library_places, limit
from vault.process.frames import receive
from vault.process.pipes import keep_pipes, write_all

_BEAT_SECONDS = 0.25
_READS = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/self", "/sys/devices/system", "/dev/urandom")
"""What llama.cpp and the C library read to find out about the processor."""


def main() -> None:
    """Load the model that the first message names, and answer requests."""
    requests, replies = keep_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine()
    load = load_from(receive(requests, MOST_BYTES, None))
    _read_only(load)
    ModelChild(load, requests, replies).run()


class ModelChild:
    """Answers the requests about one model."""

    def __init__(self, load: Load, requests: int, replies: int) -> None:
        """`requests` and `replies` are pipes."""
        self._load = load
        self._requests, self._replies = requests, replies
        self._sending = threading.Lock()
        self._engine: LlamaEngine | None = None
        self._cancels: dict[int, threading.Event] = {}
        self._waiting: queue.SimpleQueue[Generate] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_or_end, daemon=True)
        self._working = threading.Semaphore(0)
        self._works = 0

    def run(self) -> None:
        """Answer requests until the owner closes the pipe, and end the process."""
        self._writer.start()
        threading.Thread(target=self._beat, daemon=True).start()
        try:
            while True:
                self._take(receive(self._requests, MOST_BYTES, None))
        except EOFError:
            os._exit(0)

    def _take(self, body: bytes) -> None:
        request = request_from(body)
        if isinstance(request, Cancel):
            cancel = self._cancels.get(request.number)
            if cancel is not None:
                cancel.set()
        elif isinstance(request, Generate):
            self._cancels[request.number] = threading.Event()
            self._waiting.put(request)
        else:
            self._count(request)

    def _count(self, request: Tokenize | Render) -> None:
        """Answer at once, also while the other thread writes."""
        assert self._engine is not None
        try:
            with self._busy():
                if isinstance(request, Tokenize):
                    text, tokens = request.text, self._engine.tokens(request.text)
                else:
                    text, tokens = self._engine.prompt(_chat_messages(request.messages))
        except ModelError as error:
            self._send(_failure(request.number, error))
        else:
            self._send(Tokens(number=request.number, text=text, tokens=tokens))

    def _write_or_end(self) -> None:
        """Write, and end the process at an error that is no `ModelError`: the owner notices that at once."""
        try:
            self._write()
        except BaseException:
            os._exit(1)

    def _write(self) -> None:
        """Load the model, and then write one answer after the other."""
        try:
            with self._busy():
                self._engine = LlamaEngine(self._load)
                sets = list(instruction_sets())
        except ModelError as error:
            self._send(_failure(0, error))
            return
        self._send(
            Loaded(context_length=self._engine.context_length, version=version(), instruction_sets=sets)
        )
        while True:
            request = self._waiting.get()
            with self._busy():
                self._answer(self._engine, request)
            del self._cancels[request.number]

    def _answer(self, engine: LlamaEngine, request: Generate) -> None:
        run = Run()
        pieces = engine.write(
            _chat_messages(request.messages), run, max_tokens=request.max_tokens,
            temperature=request.temperature, stop=request.stop, cancel=self._cancels[request.number],
            grammar=request.grammar,
        )  # fmt: skip
        try:
            with closing(pieces):
                for piece in pieces:
                    self._send(Piece(number=request.number, text=piece, new_tokens=run.new_tokens))
        except ModelError as error:
            self._send(_failure(request.number, error))
            return
        self._send(
            Ended(
                number=request.number, prompt_tokens=run.prompt_tokens, reused_tokens=run.reused_tokens,
                new_tokens=run.new_tokens, finish=run.finish, cache_bytes=engine.cache_bytes,
            )
        )  # fmt: skip

    def _send(self, message: Message) -> None:
        with self._sending:
            try:
                write_all(self._replies, message.framed())
            except BrokenPipeError:
                os._exit(0)  # the owner has ended

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Send beats during the block."""
        self._works += 1
        self._working.release()
        try:
            yield
        finally:
            self._works -= 1

    def _beat(self) -> None:
        """Send beats while there is work."""
        while True:
            self._working.acquire()
            while self._works:
                self._send(Beat(progress=self._progress()))
                time.sleep(_BEAT_SECONDS)

    def _progress(self) -> int:
        """Return a number that grows while the writing thread computes, or waits for pages of the model.

        The processor time of the whole process would grow by the beats alone.
        """
        ident = self._writer.ident
        spent = 0 if ident is None else time.clock_gettime_ns(time.pthread_getcpuclockid(ident))
        used = resource.getrusage(resource.RUSAGE_SELF)
        return spent + used.ru_majflt + used.ru_inblock


def _read_only(load: Load) -> None:
    """Let this process read the model, its adapter and libraries, and write no file at all.

    Where the kernel lacks Landlock, files stay readable; none can be written anywhere.
    """
    limit(resource.RLIMIT_FSIZE, 0)
    ours = Path(__file__).parents[2]
    reading = landlock.READ_FILE | landlock.READ_DIR
    places = [*library_places(ours, ours.parent / "vault"), *map(Path, _READS), Path(load.path)]
    if load.adapter is not None:
        places.append(Path(load.adapter))
    allowed = [(place, reading) for place in places]
    allowed.append((Path(os.devnull), landlock.READ_FILE | landlock.WRITE_FILE))
    if sys.platform == "linux" and landlock.landlock_version():
        landlock.restrict(allowed)


def _chat_messages(turns: Turns) -> list[ChatMessage]:
    return [ChatMessage(role=role, content=content) for role, content in turns]


def _failure(number: int, error: ModelError) -> Failed:
    return Failed(number=number, error=type(error).__name__, message=str(error))


if __name__ == "__main__":
    main()
