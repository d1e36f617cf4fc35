"""Reading processes that outlive a job: to start one takes longer than to read most files."""

from __future__ import annotations

import threading
from typing import Self

from ingest.limits import ReadLimits
from ingest.reader import Reader
from vault.settings import Settings


class ReaderPool:
    """Lends Readers, each to one thread at a time. Safe from several threads; a context manager.

    A Reader may serve one collection after the other: its child forks for each file, and what parses a file
    ends with it.
    """

    def __init__(self, settings: Settings) -> None:
        self._limits = ReadLimits(seconds=settings.reader_seconds, memory_mb=settings.reader_memory_mb)
        self._sandbox = settings.sandbox
        self._lock = threading.Lock()
        self._idle: list[Reader] = []
        self._closed = False

    def take(self) -> Reader:
        """A Reader that nobody else has. Its child may not have been started yet."""
        with self._lock:
            return self._idle.pop() if self._idle else Reader(self._limits, sandbox=self._sandbox)

    def give_back(self, reader: Reader) -> None:
        """Return a Reader that is not reading. After `close` its child is ended."""
        with self._lock:
            if not self._closed:
                self._idle.append(reader)
                return
        reader.close()

    def end_idle(self) -> None:
        """End the children of the Readers that nobody has, to free their memory."""
        with self._lock:
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.close()

    def close(self) -> None:
        """End the idle children now, and the others when they are given back."""
        with self._lock:
            self._closed = True
        self.end_idle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
