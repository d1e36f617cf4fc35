"""Read files and cut them into chunks ahead, while what came before is embedded."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.chunking.chunk import EmbeddableChunk, cut_document
from ingest.discover import Source
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsing.parser import Parser
from ingest.parsing.pool import ParserPool
from vault.embedding.embedder import Embedder
from vault.errors import FileUnreadable, NoText, ParseError
from vault.files.originals import sha256_of
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection

_PACKED = "This archive came out of another one and was not unpacked: load its files themselves."


@dataclass(frozen=True, slots=True)
class Read:
    """A file after reading: its hash, and what it holds or why not; None for both when it is known. A file
    that opens and holds no text has both: an empty reading, and what is said of it."""

    sha256: str
    size: int
    reading: ParsedDocument | None = None
    title: str = ""
    chunks: tuple[EmbeddableChunk, ...] = ()
    problem: ParseError | None = None


class ParseAhead:
    """Threads that read, each with a Parser of its own. Use it as a context manager."""

    def __init__(
        self,
        collection: Collection,
        embedder: Embedder,
        settings: Settings,
        stop: threading.Event,
        parsers: ParserPool,
    ) -> None:
        """When `stop` is set, a document that is being cut is given up; its result is cancelled."""
        self._stop = stop
        self._collection = collection
        self._embedder = embedder
        self._settings = settings
        self._pool = ThreadPoolExecutor(settings.parser_processes, thread_name_prefix="read")
        self._of_thread = threading.local()
        self._lender = parsers
        self._parsers: list[Parser] = []
        self._stored: set[str] = set()

    def submit(self, source: Source) -> Future[Read]:
        """Read the file when its turn comes. The result never raises for what is wrong with the file."""
        return self._pool.submit(self._read, source)

    @property
    def pids(self) -> list[int]:
        """Process ids of the children that read."""
        return [parser.pid for parser in self._parsers if parser.pid is not None]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        if kind is not None:
            # Whoever stops the job does not wait for the file that is being read.
            for pid in self.pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._pool.shutdown()
        for parser in self._parsers:
            if kind is not None:
                # It was killed: the next job must not be the one that notices.
                parser.close()
            self._lender.give_back(parser)
        self._drop_unclaimed()

    def _drop_unclaimed(self) -> None:
        """Originals of failed files, and of files that a stop kept out, are not kept. Removed at the end,
        because a file with the same bytes may be waiting to be read from the very same original."""
        for sha256 in self._stored:
            if self._collection.catalogue.state(sha256) in (None, DocumentState.FAILED):
                self._collection.originals.delete(sha256)

    def _read(self, source: Source) -> Read:
        """Runs in a reading thread."""
        if source.problem is not None:
            return Read("", 0, problem=source.problem)
        catalogue, originals = self._collection.catalogue, self._collection.originals
        try:
            sha256 = sha256_of(source.file)
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            return Read("", 0, problem=FileUnreadable(f"The file cannot be read: {reason}."))
        known = catalogue.is_searchable(sha256)
        if known and not catalogue.is_unfinished(sha256):
            return Read(sha256, 0)
        size = 0
        try:
            # Before anything is stored: a child that is not shut in as it must be ends the whole job.
            self._parser().start()
            sha256, size = originals.store(source.file)
            self._stored.add(sha256)
            reading = self._parser().read(originals.path(sha256), name=source.name)
        except NoText as error:
            # It was read to its end: what it is stays listed, with what is said of it.
            return Read(sha256, size, ParsedDocument("", "", ()), Path(source.name).stem, problem=error)
        except ParseError as error:
            return Read(sha256, size, problem=error)
        if source.in_archive and reading.media_type == FileType.ZIP.media_type:
            # Archives in messages in archives would multiply without end.
            reading = replace(reading, attachments=(), warnings=(*reading.warnings, _PACKED))
        given = dict(source.metadata).get("title")
        title = given or reading.title.strip() or Path(source.name).stem
        chunks = []
        limit = self._settings.chunk_tokens
        for chunk in cut_document(sha256, title, reading.pages, self._embedder, limit):
            if self._stop.is_set():
                raise CancelledError
            chunks.append(chunk)
        return Read(sha256, size, reading, title, tuple(chunks))

    def _parser(self) -> Parser:
        if not hasattr(self._of_thread, "parser"):
            self._of_thread.parser = self._lender.take()
            self._parsers.append(self._of_thread.parser)
        parser: Parser = self._of_thread.parser
        return parser
