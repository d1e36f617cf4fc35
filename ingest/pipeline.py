"""Documents come in: discover → read (in a child process) → chunk → embed → add."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.discover import Source, discover
from ingest.journal import Journal, NoJournal
from ingest.messages import Messages
from ingest.parse_ahead import ParseAhead, Read
from ingest.parsed.document import ParsedDocument, page_list
from ingest.parsed.filetype import FileType
from ingest.parsing.pool import ParserPool
from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent, IngestReport
from vault.embedding.embedder import Embedder
from vault.files.private import open_new
from vault.files.storage import on_disk
from vault.records import Document, DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.store.collection_embedder import stamped_embedder_of

_Embedded = tuple[Source, Read, NDArray[np.float32]]
"""A file that was read, and the vectors of its chunks."""
_AHEAD = 8
_PIECE = 256
"""Chunks that are embedded before it is asked again whether the job is to stop: some seconds."""
_TOGETHER = 96
"""Chunks: small files are embedded together, so that batches are full and of like length."""


class Ingest:
    """One job: files into one collection. Files are read ahead in child processes while those before
    are embedded; each enters the collection in one transaction."""

    def __init__(
        self,
        collection: Collection,
        embedder: Embedder,
        settings: Settings,
        on_event: Callable[[IngestEvent], None] = lambda _: None,
        journal: Journal | None = None,
        parsers: ParserPool | None = None,
    ) -> None:
        """`journal` knows which files are through already; `on_event` is called from the calling thread of
        `run`, in the order of the files. `parsers` stay for the next run; without them each run starts its
        own.

        `embedder` is the built-in one; a collection that was made with a model of its own is embedded with
        that. Raises EmbedderError when it is gone, EmbedderMismatch when it is not the same any more.
        """
        self._collection = collection
        self._embedder = stamped_embedder_of(collection, embedder)
        self._settings = settings
        self._on_event = on_event
        self._journal = NoJournal() if journal is None else journal
        self._parsers = parsers
        self._messages = Messages(collection.catalogue)
        self._scratch = Path()
        self._stop = threading.Event()

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
        reading: deque[tuple[Source, Future[Read]]] = deque()
        self._on_event(FilesFound(len(sources)))
        for source in sources:
            before = self._journal.known(source, self._collection.catalogue)
            if before is None:
                waiting.append(source)
            else:
                report.count(before)
                self._on_event(before)
        with (
            # Attachments lie here while they wait; the folder goes with the job.
            self._collection.originals.scratch() as scratch,
            nullcontext(self._parsers) if self._parsers else ParserPool(self._settings) as parsers,
            ParseAhead(self._collection, self._embedder, self._settings, self._stop, parsers) as ahead,
            ThreadPoolExecutor(1, thread_name_prefix="embed") as embedding,
            _set_by_error(self._stop),
        ):
            self._scratch = Path(scratch)
            for group in self._groups(reading, waiting, ahead, embedding):
                for number, (source, read, vectors) in enumerate(group):
                    if number:
                        self._on_event(FileStarted(_label(source)))
                    done, attached = self._finish(source, read, vectors)
                    self._messages.settle(source.parent, done, len(attached))
                    waiting.extend(attached)
                    if attached:
                        self._on_event(FilesFound(len(attached)))
                    done = self._journal.settle(source, done, self._collection.catalogue)
                    report.count(done)
                    report.seconds = time.monotonic() - started
                    self._on_event(done)
        return report

    def _groups(
        self,
        reading: deque[tuple[Source, Future[Read]]],
        waiting: deque[Source],
        ahead: ParseAhead,
        embedding: ThreadPoolExecutor,
    ) -> Iterator[list[_Embedded]]:
        """Groups of files with their vectors. While the caller writes one, the next is embedded, if it has
        been read by then: what is embedded never waits for a file that is still being read."""
        begun: deque[Future[list[_Embedded]]] = deque()
        while waiting or reading or begun:
            self._top_up(reading, waiting, ahead)
            while reading and (not begun or (len(begun) == 1 and reading[0][1].done())):
                self._on_event(FileStarted(_label(reading[0][0])))
                begun.append(embedding.submit(self._embedded, _next_group(reading)))
                # Again, so that reading goes on while the group is embedded.
                self._top_up(reading, waiting, ahead)
            yield begun.popleft().result()

    def _top_up(
        self, reading: deque[tuple[Source, Future[Read]]], waiting: deque[Source], ahead: ParseAhead
    ) -> None:
        while waiting and len(reading) < self._settings.parser_processes + _AHEAD:
            source = waiting.popleft()
            reading.append((source, ahead.submit(source)))

    def _embedded(self, group: Sequence[tuple[Source, Read]]) -> list[_Embedded]:
        """The files of a group, each with the vectors of its chunks."""
        texts = [chunk.text for _, read in group for chunk in read.chunks]
        vectors = np.zeros((len(texts), self._embedder.identity.dimensions), dtype=np.float32)
        for first in range(0, len(texts), _PIECE):
            if self._stop.is_set():
                raise CancelledError
            vectors[first : first + _PIECE] = self._embedder.embed(texts[first : first + _PIECE])
        ends = np.cumsum([len(read.chunks) for _, read in group])
        return [
            (source, read, own)
            for (source, read), own in zip(group, np.split(vectors, ends[:-1]), strict=True)
        ]

    def _finish(
        self, source: Source, read: Read, vectors: NDArray[np.float32]
    ) -> tuple[FileDone, list[Source]]:
        # Asked again: the same bytes may stand twice among the files that were read ahead.
        if self._collection.catalogue.is_searchable(read.sha256):
            if source.metadata:
                self._collection.catalogue.set_metadata(read.sha256, source.metadata)
            if source.path:
                self._collection.supersede(source.path, read.sha256)
            return FileDone(_label(source), read.sha256, None, "", 0, 0), self._attached(source, read)
        if read.reading is None:
            return self._fail(source, read, str(read.problem)), []
        return self._add(source, read, read.reading, vectors)

    def _add(
        self, source: Source, read: Read, reading: ParsedDocument, vectors: NDArray[np.float32]
    ) -> tuple[FileDone, list[Source]]:
        why_partial = _why_partial(reading, read)
        document = Document(
            sha256=read.sha256,
            name=source.name,
            path=source.path,
            media_type=reading.media_type,
            title=read.title,
            state=DocumentState.PARTIAL if why_partial else DocumentState.READY,
            reason=why_partial,
            pages=len(reading.pages),
            chunks=len(read.chunks),
            ocr_pages=sum(page.ocr and bool(page.text) for page in reading.pages),
            warnings=reading.warnings,
            added=_now(),
            size=read.size,
            parent=source.parent,
            metadata=source.metadata,
        )
        if reading.attachments:
            self._messages.expect(read.sha256)
        self._collection.add(document, reading.pages, [chunk.chunk for chunk in read.chunks], vectors)
        done = FileDone(
            _label(source), read.sha256, document.state, document.reason, document.pages, document.chunks
        )  # fmt: skip
        return done, self._attached(source, read)

    def _fail(self, source: Source, read: Read, reason: str) -> FileDone:
        """Note the failure; what has no bytes (a folder, a file that cannot be opened) is only reported."""
        if read.sha256:
            failed = Document(
                sha256=read.sha256, name=source.name, path=source.path, media_type="", title="",
                state=DocumentState.FAILED, reason=reason, pages=0, chunks=0, ocr_pages=0, warnings=(),
                added=_now(), size=read.size, parent=source.parent,
            )  # fmt: skip
            none = np.zeros((0, self._embedder.identity.dimensions), dtype=np.float32)
            self._collection.add(failed, [], [], none)
        return FileDone(_label(source), read.sha256, DocumentState.FAILED, reason, 0, 0)

    def _attached(self, source: Source, read: Read) -> list[Source]:
        """What is attached to a message and not in yet; nothing when this run has taken it up already."""
        if read.reading is None or not self._messages.take_up(read.sha256):
            return []
        # The title is the message's own; the rest is true of what came with it.
        metadata = tuple(pair for pair in source.metadata if pair[0] != "title")
        sources = []
        in_archive = source.in_archive or read.reading.media_type == FileType.ZIP.media_type
        for number, attachment in enumerate(read.reading.attachments):
            # The given name is display text: the file on disk has a name of ours.
            file = self._scratch / f"{read.sha256}-{number}"
            with on_disk(self._scratch), open_new(file) as target:
                target.write(attachment.content)
            sources.append(
                Source(
                    file=file,
                    name=attachment.name,
                    path="",
                    parent=read.sha256,
                    in_archive=in_archive,
                    metadata=metadata,
                )
            )
        return sources


@contextmanager
def _set_by_error(stop: threading.Event) -> Iterator[None]:
    """Set when the block is left by an error or Ctrl-C: what works in threads gives up a long document."""
    try:
        yield
    except BaseException:
        stop.set()
        raise


def _next_group(reading: deque[tuple[Source, Future[Read]]]) -> list[tuple[Source, Read]]:
    """The next file, and those behind it that are read by now, until they have enough chunks together."""
    source, future = reading.popleft()
    group = [(source, future.result())]
    chunks = len(group[0][1].chunks)
    while reading and chunks < _TOGETHER and reading[0][1].done():
        source, future = reading.popleft()
        group.append((source, future.result()))
        chunks += len(group[-1][1].chunks)
    return group


def _label(source: Source) -> str:
    return source.path or source.name


def _why_partial(reading: ParsedDocument, read: Read) -> str:
    """What of the file cannot be searched; empty when all of it can be."""
    if reading.unreadable_pages:
        return _unreadable(reading)
    if read.chunks:
        return ""
    return str(read.problem or "The file opens and holds no text. If it should, check what it shows.")


def _unreadable(reading: ParsedDocument) -> str:
    return (
        f"{len(reading.unreadable_pages)} of {len(reading.pages)} pages show something that cannot be read "
        f"as words (page {page_list(reading.unreadable_pages)}): look at them yourself. A scan with 300 dots "
        "per inch may help."
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
