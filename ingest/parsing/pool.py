"""Parsers that are reused by later jobs: starting one takes longer than parsing most files."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Self

from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from vault.settings import Settings


class ParserPool:
    """Lends Parsers, each to one thread at a time. It is thread-safe and a context manager.

    A Parser may serve one collection after another: its child forks for each file, and the fork ends with
    the file.
    """

    def __init__(self, settings: Settings, *, in_memory: bool = False) -> None:
        """Start no process yet; `settings` has the limits of the parsers. `in_memory` is as for Parser."""
        self._limits = ParseLimits(seconds=settings.parser_seconds, memory_mb=settings.parser_memory_mb)
        self._sandbox, self._in_memory = settings.sandbox, in_memory
        self._lock = threading.Lock()
        self._idle: list[Parser] = []
        self._closed = False

    def take(self) -> Parser:
        """Take a Parser that nobody else is using. Its child may not be started yet."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Parser(self._limits, sandbox=self._sandbox, in_memory=self._in_memory)

    def give_back(self, parser: Parser) -> None:
        """Give back a Parser that is not parsing. If the pool is closed, its child is ended."""
        with self._lock:
            if not self._closed:
                self._idle.append(parser)
                return
        parser.close()

    def end_idle(self) -> None:
        """End the children of the Parsers that nobody is using, to free their memory."""
        with self._lock:
            idle, self._idle = self._idle, []
        for parser in idle:
            parser.close()

    def close(self) -> None:
        """End the idle children now, and the others when their Parsers are given back."""
        with self._lock:
            self._closed = True
        self.end_idle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def open_pool(
    settings: Settings, given: ParserPool | None, *, in_memory: bool
) -> AbstractContextManager[ParserPool]:
    """Give the pool `given`, which stays open after the block, or one that is closed at the end of it."""
    return ParserPool(settings, in_memory=in_memory) if given is None else nullcontext(given)
