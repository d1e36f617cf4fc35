"""The ingest pipeline: discover → parse (in a child process) → chunk → embed → add to the collection."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.annotation.missing import annotate_missing
from ingest.discover import Source, discover
from ingest.held import unless_held
from ingest.journal import Journal, NoJournal
from ingest.messages import UnfinishedMessages
from ingest.parse_ahead import ParseAhead, ParsedFile, is_read_again
from ingest.parsed.how_to_read import AS_USUAL, HowToRead
from ingest.parsed.limits import ParseLimits
from ingest.parsing.pool import ParserPool, open_pool
from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent, IngestReport
from ingest.unpacking import Unpacking, is_archive
from vault.embedding.embedder import Embedder
from vault.files.scratch import Scratch
from vault.process.clock import utc_now
from vault.records import Document, DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.store.collection_embedder import stamp_embedder

_Embedded = tuple[Source, ParsedFile, NDArray[np.float32]]
"""A source, its parsed file, and the vectors of its chunks with the shape (chunks, dimensions)."""
_FILES_AHEAD = 8
"""Files that are parsed ahead, beside those that the parsers work on."""
_CHUNKS_AT_ONCE = 256
"""Chunks to embed before checking again whether the job must stop: a few seconds of work."""
_GROUP_CHUNKS = 96
"""Chunks to embed together: small files are grouped so that batches are full and of similar length."""


class Ingest:
    """Ingests files into one collection.

    Files are parsed ahead in child processes while earlier ones are embedded. Each file is added to the
    collection in one transaction.
    """

    def __init__(
        self,
        collection: Collection,
        embedder: Embedder,
        settings: Settings,
        on_event: Callable[[IngestEvent], None] = lambda _: None,
        journal: Journal | None = None,
        parsers: ParserPool | None = None,
        how: HowToRead = AS_USUAL,
    ) -> None:
        """Prepare an ingest; `run` starts it. `how` the files are read.

        `embedder` is the built-in one; a collection with an embedding model of its own is embedded with that.
        `on_event` is called in the thread of `run`, in the order of the files. `journal` knows which files
        are done already. `parsers` are reused by the next run; without them, each run starts its own.

        Raises EmbedderError if the collection's own model is missing, EmbedderMismatch if it has changed.
        """
        self._collection = collection
        self._embedder = stamp_embedder(collection, embedder)
        self._settings = settings
        self._on_event = on_event
        self._journal = NoJournal() if journal is None else journal
        self._parsers = parsers
        self._how = how
        self._messages = UnfinishedMessages(collection.catalogue)
        self._unpacking = Unpacking(ParseLimits())
        self._scratch: Scratch | None = None
        self._stop = threading.Event()

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Ingest the files at and under `paths`. Raises PathNotFound before any file is read."""
        found = discover(paths, exclude=self._settings.data)
        report = self.run_sources(found.sources)
        report.left_out = found.left_out
        return report

    def run_sources(self, sources: Sequence[Source]) -> IngestReport:
        """Ingest the given files and their attachments.

        A problem with one file does not stop the others: that file is reported as failed, with the reason.
        """
        started = time.monotonic()
        report = IngestReport()
        self._messages = UnfinishedMessages(self._collection.catalogue)
        self._unpacking = Unpacking(ParseLimits())
        waiting: deque[Source] = deque()
        parsing: deque[tuple[Source, Future[ParsedFile]]] = deque()
        annotate_missing(self._collection, stop=self._stop.is_set)
        self._on_event(FilesFound(len(sources)))
        for source in sources:
            earlier = self._journal.earlier_result(source, self._collection.catalogue)
            if earlier is None:
                waiting.append(source)
            else:
                report.count(earlier)
                self._on_event(earlier)
        with (
            # Attachments are kept here until they are parsed; the folder is removed at the end.
            self._collection.originals.scratch() as scratch,
            open_pool(self._settings, self._parsers, in_memory=self._collection.keys.encrypted) as parsers,
            ParseAhead(
                self._collection, self._embedder, self._settings, self._stop, parsers, self._how
            ) as ahead,
            ThreadPoolExecutor(1, thread_name_prefix="embed") as embed_thread,
            _set_on_error(self._stop),
        ):
            self._scratch = scratch
            for group in self._groups(parsing, waiting, ahead, embed_thread):
                for number, (source, file, vectors) in enumerate(group):
                    if number:
                        self._on_event(FileStarted(_label(source)))
                    done, attached = unless_held(self._finish, source, file, vectors)
                    self._messages.file_done(source.parent, done, len(attached))
                    waiting.extend(attached)
                    if attached:
                        self._on_event(FilesFound(len(attached)))
                    done = self._journal.record(source, done, self._collection.catalogue)
                    report.count(done)
                    report.seconds = time.monotonic() - started
                    self._on_event(done)
        return report

    def _groups(
        self,
        parsing: deque[tuple[Source, Future[ParsedFile]]],
        waiting: deque[Source],
        ahead: ParseAhead,
        embed_thread: ThreadPoolExecutor,
    ) -> Iterator[list[_Embedded]]:
        """Yield groups of files with their vectors.

        While the caller stores one group, the next is embedded if its files are parsed by then: a group that
        is ready never waits for a file that is still being parsed.
        """
        embedding: deque[Future[list[_Embedded]]] = deque()
        while waiting or parsing or embedding:
            self._submit_waiting(parsing, waiting, ahead)
            while parsing and (not embedding or (len(embedding) == 1 and parsing[0][1].done())):
                self._on_event(FileStarted(_label(parsing[0][0])))
                embedding.append(embed_thread.submit(self._embed_group, _next_group(parsing)))
                # Once more, so that parsing goes on while the group is embedded.
                self._submit_waiting(parsing, waiting, ahead)
            yield embedding.popleft().result()

    def _submit_waiting(
        self, parsing: deque[tuple[Source, Future[ParsedFile]]], waiting: deque[Source], ahead: ParseAhead
    ) -> None:
        """Submit waiting files until enough are being parsed ahead."""
        while waiting and len(parsing) < self._settings.parser_processes + _FILES_AHEAD:
            source = waiting.popleft()
            parsing.append((source, ahead.submit(source)))

    def _embed_group(self, group: Sequence[tuple[Source, ParsedFile]]) -> list[_Embedded]:
        """Embed the chunks of a group of files together; return each file with its own vectors."""
        texts = [chunk.text for _, file in group for chunk in file.chunks]
        vectors = np.zeros((len(texts), self._embedder.identity.dimensions), dtype=np.float32)
        for first in range(0, len(texts), _CHUNKS_AT_ONCE):
            if self._stop.is_set():
                raise CancelledError
            vectors[first : first + _CHUNKS_AT_ONCE] = self._embedder.embed(
                texts[first : first + _CHUNKS_AT_ONCE]
            )
        ends = np.cumsum([len(file.chunks) for _, file in group])
        return [
            (source, file, own)
            for (source, file), own in zip(group, np.split(vectors, ends[:-1]), strict=True)
        ]

    def _finish(
        self, source: Source, file: ParsedFile, vectors: NDArray[np.float32]
    ) -> tuple[FileDone, list[Source]]:
        """Add a file to the collection, or record why not; return its result and its attachments."""
        # Check again: two of the files that were parsed ahead may have the same bytes.
        catalogue = self._collection.catalogue
        known = catalogue.is_searchable(file.sha256)
        if known and not (
            file.document and is_read_again(source, catalogue.document(file.sha256), self._how)
        ):
            if source.metadata:
                self._collection.catalogue.set_metadata(file.sha256, source.metadata)
            if source.path:
                self._collection.supersede(source.path, file.sha256)
            return FileDone(_label(source), file.sha256, None, "", 0, 0), self._attached(source, file)
        if file.document is None:
            return self._fail(source, file, str(file.problem)), []
        file = self._unpacking.within_limits(source, file)
        return self._add(source, file, vectors, again=known)

    def _add(
        self, source: Source, file: ParsedFile, vectors: NDArray[np.float32], *, again: bool
    ) -> tuple[FileDone, list[Source]]:
        """Add the document of a parsed file to the collection; return its result and its attachments."""
        parsed = file.document
        assert parsed is not None
        document = Document(
            sha256=file.sha256,
            name=source.name,
            path=source.path,
            media_type=parsed.media_type,
            title=file.title,
            state=DocumentState.PARTIAL if file.why_partial else DocumentState.READY,
            reason=file.why_partial,
            pages=len(parsed.pages),
            chunks=len(file.chunks),
            ocr_pages=sum(page.ocr and bool(page.text) for page in parsed.pages),
            warnings=parsed.warnings,
            added=utc_now(),
            size=file.size,
            parent=source.parent,
            metadata=source.metadata,
            unread=parsed.all_unread,
        )
        if parsed.attachments:
            self._messages.mark_unfinished(file.sha256)
        chunks = [chunk.chunk for chunk in file.chunks]
        self._collection.add(document, parsed.pages, chunks, vectors, file.annotation, again)
        done = FileDone(
            _label(source), file.sha256, document.state, document.reason, document.pages, document.chunks
        )  # fmt: skip
        return done, self._attached(source, file)

    def _fail(self, source: Source, file: ParsedFile, reason: str) -> FileDone:
        """Record the failure. A folder, or a file that cannot be opened, is only reported: it has no hash."""
        if file.sha256:
            failed = Document(
                sha256=file.sha256, name=source.name, path=source.path, media_type="", title="",
                state=DocumentState.FAILED, reason=reason, pages=0, chunks=0, ocr_pages=0, warnings=(),
                added=utc_now(), size=file.size, parent=source.parent,
            )  # fmt: skip
            none = np.zeros((0, self._embedder.identity.dimensions), dtype=np.float32)
            self._collection.add(failed, [], [], none)
        return FileDone(_label(source), file.sha256, DocumentState.FAILED, reason, 0, 0)

    def _attached(self, source: Source, file: ParsedFile) -> list[Source]:
        """Return the attachments of a message to ingest; none if this run has already queued them."""
        if file.document is None or not self._messages.claim_attachments(file.sha256):
            return []
        # The title belongs to the message itself; the other metadata also holds for its attachments.
        metadata = tuple(pair for pair in source.metadata if pair[0] != "title")
        assert self._scratch is not None
        sources = []
        archives = source.archives + is_archive(file.document.media_type)
        outermost = source.outermost or (file.sha256 if archives else "")
        for number, attachment in enumerate(file.document.attachments):
            # The attachment's name is only for display: the file on disk gets a name of our own.
            copy = self._scratch.keep(f"{file.sha256}-{number}", attachment.content)
            sources.append(
                Source(
                    file=copy.path,
                    copy=copy,
                    name=attachment.name,
                    path="",
                    parent=file.sha256,
                    archives=archives,
                    outermost=outermost,
                    metadata=metadata,
                    ocr=source.ocr,
                )
            )
        return sources


@contextmanager
def _set_on_error(stop: threading.Event) -> Iterator[None]:
    """Set `stop` if the block ends with an error or Ctrl-C, so that the threads abandon long documents."""
    try:
        yield
    except BaseException:
        stop.set()
        raise


def _next_group(parsing: deque[tuple[Source, Future[ParsedFile]]]) -> list[tuple[Source, ParsedFile]]:
    """Take the next file, and the files after it that are already parsed, until they have enough chunks."""
    source, future = parsing.popleft()
    group = [(source, future.result())]
    chunks = len(group[0][1].chunks)
    while parsing and chunks < _GROUP_CHUNKS and parsing[0][1].done():
        source, future = parsing.popleft()
        group.append((source, future.result()))
        chunks += len(group[-1][1].chunks)
    return group


def _label(source: Source) -> str:
    """Return the path of a file for events, or its name if it has no path."""
    return source.path or source.name
