"""Parse files and cut them into chunks ahead of time, while earlier files are embedded."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.annotation.annotate import annotate
from ingest.chunking.chunk import EmbeddableChunk, cut_document
from ingest.discover import Source
from ingest.parsed.document import ParsedDocument, page_list
from ingest.parsed.filetype import FileType
from ingest.parsed.how_to_read import AS_USUAL, HowToRead, Recognition
from ingest.parsing.parser import Parser
from ingest.parsing.pool import ParserPool
from vault.annotations import Annotation
from vault.embedding.embedder import Embedder
from vault.errors import FileUnreadable, NoText, ParseError
from vault.records import Document, DocumentState, Unread
from vault.settings import Settings
from vault.store.collection import Collection
from vault.text.counted import agreeing, counted

_NAMED = 5
"""Parts that the reason names; the list of the document has all of them."""


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file after parsing: its hash, and either its parsed document and chunks or the problem with it.

    If the collection already has the file, it has neither. If the file has no text, it has both: an empty
    parsed document, and the problem that says so.
    """

    sha256: str
    """Empty if the file could not be opened."""
    size: int
    """Bytes; 0 if the file was not stored."""
    document: ParsedDocument | None = None
    title: str = ""
    chunks: tuple[EmbeddableChunk, ...] = ()
    annotation: Annotation | None = None
    problem: ParseError | None = None

    @property
    def why_partial(self) -> str:
        """Why the parsed document can be searched only in part or not at all; empty if all of it can be."""
        reasons: list[str] = []
        if self.document is not None and self.document.unreadable_pages:
            unreadable, pages = self.document.unreadable_pages, self.document.pages
            shown = agreeing(len(unreadable), "shows", "show")
            reasons.append(
                f"{len(unreadable)} of {counted(len(pages), 'page')} {shown} something that cannot be read "
                f"as words (page {page_list(unreadable)}): look at them yourself. Scanning them again with "
                "300 dots per inch may help."
            )
        if self.document is not None:
            reasons += _unread_parts([part for part in self.document.unread if part.words])
        if reasons or self.chunks:
            return " ".join(reasons)
        return str(
            self.problem or "The file opens but has no text. If it should have some, open it and check."
        )


def _unread_parts(unread: Sequence[Unread]) -> Iterator[str]:
    """Yield one sentence that names the parts that were not read; nothing if there are none."""
    if not unread:
        return
    more = len(unread) - _NAMED
    parts = "1 part was" if len(unread) == 1 else f"{len(unread):,} parts were"
    yield (
        f"{parts} not read. "
        + " ".join(map(str, unread[:_NAMED]))
        + (f" And {more:,} more." if more > 0 else "")
    )


def how_for(source: Source, how: HowToRead) -> HowToRead:
    """Return how a file of a job is read, where its line of the manifest says something else."""
    return how if source.ocr is None else replace(how, ocr=source.ocr)


def is_read_again(source: Source, document: Document, how: HowToRead) -> bool:
    """Return whether a file is read again though the collection has it.

    It is where that is asked for, where a password may open what was not read, and where the words of all its
    pages are to be recognised and were not.
    """
    if source.again or (how.passwords and document.state is DocumentState.PARTIAL):
        return True
    is_pdf = document.media_type == FileType.PDF.media_type
    return how_for(source, how).ocr is Recognition.ALWAYS and is_pdf and document.ocr_pages < document.pages


class ParseAhead:
    """Threads that parse files, each with a Parser of its own. Use it as a context manager."""

    def __init__(
        self,
        collection: Collection,
        embedder: Embedder,
        settings: Settings,
        stop: threading.Event,
        parsers: ParserPool,
        how: HowToRead = AS_USUAL,
    ) -> None:
        """Start no thread yet; `how` the files are read.

        Once `stop` is set, a document that is being cut into chunks is abandoned.
        """
        self._stop = stop
        self._collection = collection
        self._embedder = embedder
        self._settings = settings
        self._threads = ThreadPoolExecutor(settings.parser_processes, thread_name_prefix="parse")
        self._thread_local = threading.local()
        self._pool = parsers
        self._how = how
        self._parsers: list[Parser] = []
        self._stored: set[str] = set()
        self._abandoned = threading.Event()

    def submit(self, source: Source) -> Future[ParsedFile]:
        """Parse the file in a thread. A problem with the file is part of the result and is not raised."""
        return self._threads.submit(self._parse, source)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        if kind is not None:
            # A stopped job does not wait for the files that are being parsed.
            self._abandoned.set()
            for parser in list(self._parsers):
                parser.stop()
        self._threads.shutdown()
        for parser in self._parsers:
            if kind is not None:
                # It was stopped above: the next job gets one that works.
                parser.close()
            self._pool.give_back(parser)
        self._delete_unused_originals()

    def _delete_unused_originals(self) -> None:
        """Delete the originals of files that failed or that were not added because the job was stopped.

        This waits until the end, because another file with the same bytes may use the same original.
        """
        for sha256 in self._stored:
            if self._collection.catalogue.state(sha256) in (None, DocumentState.FAILED):
                self._collection.originals.delete(sha256)

    def _parse(self, source: Source) -> ParsedFile:
        """Store a file, parse it and cut it into chunks; runs in a thread."""
        if source.problem is not None:
            return ParsedFile("", 0, problem=source.problem)
        catalogue, originals = self._collection.catalogue, self._collection.originals
        try:
            sha256 = source.stored.sha256()
        except FileUnreadable as error:
            return ParsedFile("", 0, problem=error)
        known = catalogue.is_searchable(sha256)
        if known and not catalogue.is_unfinished(sha256) and not self._again(source, sha256):
            return ParsedFile(sha256, 0)
        size = 0
        try:
            # Start the parser before storing anything: an incomplete sandbox ends the whole job here.
            self._parser().start()
            sha256, size = originals.store(source.stored)
            self._stored.add(sha256)
            document = self._parser().parse(
                originals.file(sha256), name=source.name, how=how_for(source, self._how)
            )
        except NoText as error:
            # The file was parsed to its end: it is listed as a document, with this reason.
            return ParsedFile(sha256, size, ParsedDocument("", "", ()), Path(source.name).stem, problem=error)
        except ParseError as error:
            return ParsedFile(sha256, size, problem=error)
        title = dict(source.metadata).get("title") or document.title.strip() or Path(source.name).stem
        chunks = []
        limit = self._settings.chunk_tokens
        for chunk in cut_document(sha256, title, document.pages, self._embedder, limit):
            if self._stop.is_set():
                raise CancelledError
            chunks.append(chunk)
        annotation = annotate(sha256, source.name, title, document.pages)
        return ParsedFile(sha256, size, document, title, tuple(chunks), annotation)

    def _again(self, source: Source, sha256: str) -> bool:
        return is_read_again(source, self._collection.catalogue.document(sha256), self._how)

    def _parser(self) -> Parser:
        """Return the parser of the current thread; the first call takes it from the pool."""
        if not hasattr(self._thread_local, "parser"):
            self._thread_local.parser = self._pool.take()
            self._parsers.append(self._thread_local.parser)
            if self._abandoned.is_set():
                self._thread_local.parser.stop()
        parser: Parser = self._thread_local.parser
        return parser
