"""Documents come in: discover → read (in a child process) → chunk → embed → add."""

from __future__ import annotations

import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.chunk import chunk_document
from ingest.discover import Source, discover
from ingest.filetype import FileType
from ingest.limits import ReadLimits
from ingest.reader import Reader
from ingest.reading import Reading, page_list
from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent, IngestReport
from vault.collection import Collection
from vault.embedder import Embedder
from vault.errors import FileUnreadable, NoText, ReadError
from vault.originals import sha256_of
from vault.records import Document, DocumentState
from vault.settings import Settings

_READ_AHEAD = 4
_ARCHIVE = FileType.ZIP.media_type
_PACKED = "This archive came out of another one and was not unpacked: load its files themselves."


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
    ) -> None:
        """`on_event` is called from the calling thread of `run`, in the order of the files.

        Raises EmbedderMismatch when the collection was made with another embedder.
        """
        collection.stamp(embedder.identity)
        self._collection = collection
        self._embedder = embedder
        self._settings = settings
        self._on_event = on_event
        self._readers = threading.local()
        self._closing = ExitStack()
        self._scratch = Path(tempfile.gettempdir())

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Ingest the files at and under `paths`. Raises PathNotFound before anything is read."""
        return self.run_sources(discover(paths))

    def run_sources(self, sources: Sequence[Source]) -> IngestReport:
        """Ingest the given files, and what is attached to them.

        One file's trouble is that file's alone: it ends as failed with its reason.
        """
        started = time.monotonic()
        report = IngestReport()
        waiting = deque(sources)
        reading: deque[tuple[Source, Future[_Read]]] = deque()
        workers = self._settings.reader_processes
        self._on_event(FilesFound(len(waiting)))
        with (
            self._collection.in_use(),
            self._closing,
            ThreadPoolExecutor(workers, thread_name_prefix="read") as pool,
        ):
            # Attachments lie here while they wait; the folder goes with the job.
            self._scratch = Path(self._closing.enter_context(tempfile.TemporaryDirectory()))
            try:
                while waiting or reading:
                    while waiting and len(reading) < workers + _READ_AHEAD:
                        source = waiting.popleft()
                        reading.append((source, pool.submit(self._read, source)))
                    source, future = reading.popleft()
                    self._on_event(FileStarted(source.path or source.name))
                    done, attached = self._finish(source, future.result())
                    waiting.extend(attached)
                    if attached:
                        self._on_event(FilesFound(len(attached)))
                    report.count(done)
                    report.seconds = time.monotonic() - started
                    self._on_event(done)
            finally:
                for _, future in reading:
                    future.cancel()
        return report

    def _read(self, source: Source) -> _Read:
        """Runs in a reading thread, which has a child process of its own."""
        if source.problem is not None:
            return _Read("", 0, problem=source.problem)
        try:
            sha256 = sha256_of(source.file)
            known = self._collection.catalogue.state(sha256)
            if known is not None and known.searchable:
                return _Read(sha256, 0)
            sha256, size = self._collection.originals.store(source.file)
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
        reader: Reader = self._readers.reader
        return reader

    def _finish(self, source: Source, read: _Read) -> tuple[FileDone, list[Source]]:
        label = source.path or source.name
        if read.reading is None and read.problem is None:
            return FileDone(label, read.sha256, None, "", 0, 0), []
        if read.reading is None:
            return self._fail(source, read, str(read.problem)), []
        # Asked again: the same bytes may stand twice among the files that were read ahead.
        known = self._collection.catalogue.state(read.sha256)
        if known is not None and known.searchable:
            return FileDone(label, read.sha256, None, "", 0, 0), []
        return self._add(source, read, read.reading)

    def _add(self, source: Source, read: _Read, reading: Reading) -> tuple[FileDone, list[Source]]:
        if source.in_archive and reading.media_type == _ARCHIVE:
            # Archives in messages in archives would multiply without end.
            reading = replace(reading, attachments=(), warnings=(*reading.warnings, _PACKED))
        title = reading.title.strip() or Path(source.name).stem
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
            ocr_pages=sum(page.ocr and bool(page.text) for page in reading.pages),
            warnings=reading.warnings,
            added=_now(),
            size=read.size,
            parent=source.parent,
        )
        self._collection.add(document, reading.pages, [chunk.chunk for chunk in chunks], embeddings)
        done = FileDone(
            source.path or source.name, read.sha256, document.state, document.reason,
            document.pages, document.chunks,
        )  # fmt: skip
        return done, self._attached(source, reading, read.sha256)

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
            self._collection.originals.delete(read.sha256)
        return FileDone(source.path or source.name, read.sha256, DocumentState.FAILED, reason, 0, 0)

    def _attached(self, source: Source, reading: Reading, parent: str) -> list[Source]:
        sources = []
        in_archive = source.in_archive or reading.media_type == _ARCHIVE
        for number, attachment in enumerate(reading.attachments):
            # The given name is display text: the file on disk has a name of ours.
            file = self._scratch / f"{parent}-{number}"
            file.write_bytes(attachment.content)
            sources.append(
                Source(file=file, name=attachment.name, path="", parent=parent, in_archive=in_archive)
            )
        return sources


def _why_no_text(reading: Reading) -> str:
    if reading.unreadable_pages:
        return str(NoText(_unreadable(reading)))
    return "The file opens and holds no text. If it should, open it and check what it shows."


def _unreadable(reading: Reading) -> str:
    return (
        f"{len(reading.unreadable_pages)} of {len(reading.pages)} pages show something that cannot be read "
        f"as words (page {page_list(reading.unreadable_pages)}): look at them yourself. A scan with 300 dots "
        "per inch may help."
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
