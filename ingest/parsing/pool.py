"""Parsers that outlive a job: to start one takes longer than to read most files."""

from __future__ import annotations

import threading
from typing import Self

from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from vault.settings import Settings


class ParserPool:
    """Lends Parsers, each to one thread at a time. Safe from several threads; a context manager.

    A Parser may serve one collection after the other: its child forks for each file, and what parses a file
    ends with it.
    """

    def __init__(self, settings: Settings) -> None:
        self._limits = ParseLimits(seconds=settings.parser_seconds, memory_mb=settings.parser_memory_mb)
        self._sandbox = settings.sandbox
        self._lock = threading.Lock()
        self._idle: list[Parser] = []
        self._closed = False

    def take(self) -> Parser:
        """A Parser that nobody else has. Its child may not have been started yet."""
        with self._lock:
            return self._idle.pop() if self._idle else Parser(self._limits, sandbox=self._sandbox)

    def give_back(self, parser: Parser) -> None:
        """Return a Parser that is not reading. After `close` its child is ended."""
        with self._lock:
            if not self._closed:
                self._idle.append(parser)
                return
        parser.close()

    def end_idle(self) -> None:
        """End the children of the Parsers that nobody has, to free their memory."""
        with self._lock:
            idle, self._idle = self._idle, []
        for parser in idle:
            parser.close()

    def close(self) -> None:
        """End the idle children now, and the others when they are given back."""
        with self._lock:
            self._closed = True
        self.end_idle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
