"""Documents come in: discover → read (in a child process) → chunk → embed → add."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.chunk import chunk_document
from ingest.discover import Source, discover
from ingest.journal import Journal, NoJournal
from ingest.limits import ReadLimits
from ingest.messages import Messages
from ingest.reader import Reader
from ingest.reading import Reading
from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent, IngestReport
from vault.collection import Collection
from vault.embedder import Embedder
from vault.errors import FileUnreadable, NoText, ReadError
from vault.originals import sha256_of
from vault.records import Document, DocumentState
from vault.settings import Settings

_READ_AHEAD = 4


@dataclass(frozen=True, slots=True)
class _Read:
    """A file after reading: its hash, and what it holds or why not; None for both when it is known."""

    sha256: str
    size: int
    reading: Reading | None = None
    problem: ReadError | None = None


class Ingest:
    """One job: files into one collection. Files are read ahead in child processes while the one before
    is embedded; each enters the collection in one transaction."""

    def __init__(
        self,
        collection: Collection,
        embedder: Embedder,
        settings: Settings,
        on_event: Callable[[IngestEvent], None] = lambda _: None,
        journal: Journal | None = None,
    ) -> None:
        """`journal` knows which files are through already; `on_event` is called from the calling thread of
        `run`, in the order of the files.

        Raises EmbedderMismatch when the collection was made with another embedder.
        """
        collection.stamp(embedder.identity)
        self._collection = collection
        self._embedder = embedder
        self._settings = settings
        self._on_event = on_event
        self._journal = NoJournal() if journal is None else journal
        self._readers = threading.local()
        self._opened: list[Reader] = []
        self._closing = ExitStack()
        self._scratch = Path()
        self._stored: set[str] = set()
        self._messages = Messages(collection.catalogue)

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Ingest the files at and under `paths`. Raises PathNotFound before anything is read."""
        return self.run_sources(discover(paths, without=self._settings.data))

    def run_sources(self, sources: Sequence[Source]) -> IngestReport:
        """Ingest the given files, and what is attached to them.

        One file's trouble is that file's alone: it ends as failed with its reason.
        """
        started = time.monotonic()
        report = IngestReport()
        self._messages = Messages(self._collection.catalogue)
        waiting: deque[Source] = deque()
        reading: deque[tuple[Source, Future[_Read]]] = deque()
        workers = self._settings.reader_processes
        self._on_event(FilesFound(len(sources)))
        for source in sources:
            before = self._journal.known(source, self._collection.catalogue)
            if before is None:
                waiting.append(source)
            else:
                report.count(before)
                self._on_event(before)
        with (
            self._collection.in_use(),
            self._closing,
            ThreadPoolExecutor(workers, thread_name_prefix="read") as pool,
        ):
            # Attachments lie here while they wait; the folder goes with the job.
            self._scratch = Path(self._closing.enter_context(self._collection.originals.scratch()))
            self._closing.callback(self._drop_unclaimed)
            try:
                while waiting or reading:
                    while waiting and len(reading) < workers + _READ_AHEAD:
                        source = waiting.popleft()
                        reading.append((source, pool.submit(self._read, source)))
                    source, future = reading.popleft()
                    self._on_event(FileStarted(source.path or source.name))
                    done, attached = self._finish(source, future.result())
                    self._messages.settle(source.parent, done, len(attached))
                    waiting.extend(attached)
                    if attached:
                        self._on_event(FilesFound(len(attached)))
                    done = self._journal.settle(source, done, self._collection.catalogue)
                    report.count(done)
                    report.seconds = time.monotonic() - started
                    self._on_event(done)
            except BaseException:
                for _, future in reading:
                    future.cancel()
                self._stop_readers()
                raise
        return report

    def _stop_readers(self) -> None:
        """Whoever stops the job does not wait for the file that is being read."""
        for reader in self._opened:
            if reader.pid is not None:
                with suppress(ProcessLookupError):
                    os.kill(reader.pid, signal.SIGKILL)

    def _drop_unclaimed(self) -> None:
        """Originals of failed files, and of files that a stop kept out, are not kept. Removed at the end,
        because a file with the same bytes may be waiting to be read from the very same original."""
        for sha256 in self._stored:
            if self._collection.catalogue.state(sha256) in (None, DocumentState.FAILED):
                self._collection.originals.delete(sha256)
        self._stored.clear()

    def _is_in(self, sha256: str) -> bool:
        state = self._collection.catalogue.state(sha256)
        return state is not None and state.searchable

    def _read(self, source: Source) -> _Read:
        """Runs in a reading thread, which has a child process of its own."""
        if source.problem is not None:
            return _Read("", 0, problem=source.problem)
        try:
            sha256 = sha256_of(source.file)
            if self._is_in(sha256) and not self._collection.catalogue.is_unfinished(sha256):
                return _Read(sha256, 0)
            sha256, size = self._collection.originals.store(source.file)
            self._stored.add(sha256)
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            return _Read("", 0, problem=FileUnreadable(f"The file cannot be read: {reason}."))
        try:
            reading = self._reader().read(self._collection.originals.path(sha256), name=source.name)
        except ReadError as error:
            return _Read(sha256, size, problem=error)
        return _Read(sha256, size, reading)

    def _reader(self) -> Reader:
        if not hasattr(self._readers, "reader"):
            limits = ReadLimits(
                seconds=self._settings.reader_seconds, memory_mb=self._settings.reader_memory_mb
            )
            self._readers.reader = self._closing.enter_context(Reader(limits))
            self._opened.append(self._readers.reader)
        reader: Reader = self._readers.reader
        return reader

    def _finish(self, source: Source, read: _Read) -> tuple[FileDone, list[Source]]:
        label = source.path or source.name
        # Asked again: the same bytes may stand twice among the files that were read ahead.
        if self._is_in(read.sha256):
            if source.metadata:
                self._collection.catalogue.set_metadata(read.sha256, source.metadata)
            return FileDone(label, read.sha256, None, "", 0, 0), self._attached(source, read)
        if read.reading is None:
            return self._fail(source, read, str(read.problem)), []
        return self._add(source, read, read.reading)

    def _add(self, source: Source, read: _Read, reading: Reading) -> tuple[FileDone, list[Source]]:
        title = dict(source.metadata).get("title") or reading.title.strip() or Path(source.name).stem
        chunks = chunk_document(
            read.sha256, title, reading.pages, self._embedder, self._settings.chunk_tokens
        )
        if not chunks:
            return self._fail(source, read, _why_no_text(reading)), []
        embeddings = self._embedder.embed([chunk.text for chunk in chunks])
        document = Document(
            sha256=read.sha256,
            name=source.name,
            path=source.path,
            media_type=reading.media_type,
            title=title,
            state=DocumentState.PARTIAL if reading.unreadable_pages else DocumentState.READY,
            reason=_unreadable(reading) if reading.unreadable_pages else "",
            pages=len(reading.pages),
            chunks=len(chunks),
            ocr_pages=0,
            warnings=reading.warnings,
            added=_now(),
            size=read.size,
            parent=source.parent,
            metadata=source.metadata,
        )
        if reading.attachments:
            self._messages.expect(read.sha256)
        self._collection.add(document, reading.pages, [chunk.chunk for chunk in chunks], embeddings)
        done = FileDone(
            source.path or source.name, read.sha256, document.state, document.reason,
            document.pages, document.chunks,
        )  # fmt: skip
        return done, self._attached(source, read)

    def _fail(self, source: Source, read: _Read, reason: str) -> FileDone:
        """Note the failure; what has no bytes (a folder, a file that cannot be opened) is only reported."""
        if read.sha256:
            failed = Document(
                sha256=read.sha256, name=source.name, path=source.path, media_type="", title="",
                state=DocumentState.FAILED, reason=reason, pages=0, chunks=0, ocr_pages=0, warnings=(),
                added=_now(), size=read.size, parent=source.parent,
            )  # fmt: skip
            none = np.zeros((0, self._embedder.identity.dimensions), dtype=np.float32)
            self._collection.add(failed, [], [], none)
        return FileDone(source.path or source.name, read.sha256, DocumentState.FAILED, reason, 0, 0)

    def _attached(self, source: Source, read: _Read) -> list[Source]:
        """What is attached to a message and not in yet; nothing when this run has taken it up already."""
        if read.reading is None or not self._messages.take_up(read.sha256):
            return []
        # The title is the message's own; the rest is true of what came with it.
        metadata = tuple(pair for pair in source.metadata if pair[0] != "title")
        sources = []
        for number, attachment in enumerate(read.reading.attachments):
            # The given name is display text: the file on disk has a name of ours.
            file = self._scratch / f"{read.sha256}-{number}"
            file.write_bytes(attachment.content)
            sources.append(
                Source(file=file, name=attachment.name, path="", parent=read.sha256, metadata=metadata)
            )
        return sources


def _why_no_text(reading: Reading) -> str:
    if reading.unreadable_pages:
        return str(NoText(_unreadable(reading)))
    return "The file opens and holds no text. If it should, open it and check what it shows."


def _unreadable(reading: Reading) -> str:
    some = ", ".join(str(number) for number in reading.unreadable_pages[:20])
    more = len(reading.unreadable_pages) - 20
    return (
        f"{len(reading.unreadable_pages)} of {len(reading.pages)} pages are images without readable text "
        f"(page {some}{f' and {more} more' if more > 0 else ''}). Text recognition is not part of this "
        "version: load a copy with a text layer."
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
