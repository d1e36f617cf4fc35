"""Cut a document into chunks: along headings and sentences, never longer than the embedder's limit.

A chunk consists of spans of page text, so its text is always a slice of what is stored. The embedded text is
the title and headings on one line, then the text of the chunk. The embedder's tokenizer counts all of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.chunking.sections import Section, SectionElement, sections
from vault.embedding.embedder import Embedder
from vault.records import Chunk, ElementKind, Page, Span
from vault.text.readable import readable
from vault.text.sentences import split_sentences

HEADING_JOINT = " › "
_MAX_PREFIX_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class EmbeddableChunk:
    """A chunk, and the text to embed for it."""

    chunk: Chunk
    text: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece of text that is cut only if it is too long: a sentence, heading, list item or table row."""

    span: Span
    tokens: int
    table_header: _Unit | None = None
    """For a table row: the row of column names, which is repeated in each chunk with rows of the table."""


def chunk_document(
    sha256: str, title: str, pages: Sequence[Page], embedder: Embedder, limit: int
) -> list[EmbeddableChunk]:
    """Cut a document into chunks in reading order.

    `limit` is the most tokens of the embedded text of a chunk; the embedder's own maximum applies as well.
    """
    return list(cut_document(sha256, title, pages, embedder, limit))


def cut_document(
    sha256: str, title: str, pages: Sequence[Page], embedder: Embedder, limit: int
) -> Iterator[EmbeddableChunk]:
    """Yield the chunks of `chunk_document` one by one, so that a long document can be abandoned."""
    cutter = _Cutter(pages, embedder, min(limit, embedder.identity.max_tokens))
    ordinal = 0
    for section in sections(pages):
        heading = HEADING_JOINT.join(section.path)
        prefix = cutter.prefix(title, section.path)
        for cut in cutter.cut(section, prefix):
            yield EmbeddableChunk(Chunk(sha256, ordinal, heading, cut.spans, cut.tokens), cut.text)
            ordinal += 1


@dataclass(frozen=True, slots=True)
class _Cut:
    """The spans of a chunk, its embedded text, and the tokens of that text."""

    spans: tuple[Span, ...]
    text: str
    tokens: int


class _Cutter:
    """Cuts the sections of one document."""

    def __init__(self, pages: Sequence[Page], embedder: Embedder, limit: int) -> None:
        self._texts = {page.number: page.text for page in pages}
        self._embedder = embedder
        self._limit = limit
        (self._special,) = embedder.count_tokens([""])
        self._token_starts: dict[int, list[int]] = {}

    def prefix(self, title: str, path: Sequence[str]) -> str:
        """Return title and headings for the embedded text; if they are too long, the inner headings stay."""
        parts = [readable(part) for part in (title, *path) if part.strip()]
        room = int(self._limit * _MAX_PREFIX_SHARE)
        while len(parts) > 1 and self._count(HEADING_JOINT.join(parts)) > room:
            parts.pop(0 if len(parts) == 2 else 1)
        prefix = HEADING_JOINT.join(parts)
        while prefix and self._count(prefix) > room:
            prefix = prefix[: int(len(prefix) * 0.8)].rpartition(" ")[0]
        return prefix

    def _embedded_text(self, prefix: str, spans: Sequence[Span]) -> str:
        """Return the embedded text of a chunk."""
        body = readable(" ".join(self._texts[span.page][span.start : span.end] for span in spans))
        return f"{prefix}\n{body}" if prefix else body

    def cut(self, section: Section, prefix: str) -> Iterator[_Cut]:
        """Yield the chunks of a section."""
        room = self._limit - self._count(prefix) - 1 if prefix else self._limit - self._special
        units: list[_Unit] = []
        for unit in self._units(section.elements, room):
            if units and self._tokens([*units, unit]) > room:
                yield from self._checked(units, prefix)
                units = []
            units.append(unit)
        if units:
            yield from self._checked(units, prefix)

    def _checked(self, units: list[_Unit], prefix: str) -> Iterator[_Cut]:
        """Yield the units as one chunk, or as several if cleaning the text made it longer than the limit."""
        spans = _merged_spans(units)
        text = self._embedded_text(prefix, spans)
        tokens = self._count(text)
        if tokens <= self._limit:
            yield _Cut(spans, text, tokens)
        elif len(units) > 1:
            middle = len(units) // 2
            yield from self._checked(units[:middle], prefix)
            yield from self._checked(units[middle:], prefix)
        else:
            # Two halves of a sentence are better than an end that the model never sees.
            span = units[0].span
            middle = (span.start + span.end) // 2
            for half in (Span(span.page, span.start, middle), Span(span.page, middle, span.end)):
                yield from self._checked([_Unit(half, self._span_tokens(half))], prefix)

    def _units(self, elements: Sequence[SectionElement], room: int) -> Iterator[_Unit]:
        """Yield the units of a section, each at most `room` tokens long."""
        header: _Unit | None = None
        for element in elements:
            if element.kind is ElementKind.TABLE_HEADER:
                tokens = self._span_tokens(element.span)
                # A header that fills a chunk by itself would leave no room for the rows.
                header = _Unit(element.span, tokens) if tokens <= room // 2 else None
                yield from self._fitting(element.span, room)
            elif element.kind is ElementKind.TABLE_ROW:
                left = room - (header.tokens if header else 0)
                for unit in self._fitting(element.span, left):
                    yield _Unit(unit.span, unit.tokens, header)
            else:
                header = None
                text = self._texts[element.span.page]
                for start, end in split_sentences(text[element.span.start : element.span.end]):
                    sentence = Span(element.span.page, element.span.start + start, element.span.start + end)
                    yield from self._fitting(sentence, room)

    def _fitting(self, span: Span, room: int) -> Iterator[_Unit]:
        """Yield the span as one unit, or cut it at punctuation and spaces if it is longer than `room`."""
        tokens = self._span_tokens(span)
        if tokens <= room:
            yield _Unit(span, tokens)
            return
        splitter = RecursiveCharacterTextSplitter(
            separators=[r"\n", r"[;:]\s", r",\s", r"\s", ""],
            is_separator_regex=True,
            keep_separator="end",
            chunk_size=room,
            chunk_overlap=0,
            length_function=lambda text: self._count(text) - self._special,
            add_start_index=True,
            strip_whitespace=True,
        )
        text = self._texts[span.page][span.start : span.end]
        for piece in splitter.create_documents([text]):
            start = span.start + piece.metadata["start_index"]
            inner = Span(span.page, start, start + len(piece.page_content))
            yield _Unit(inner, self._span_tokens(inner))

    def _tokens(self, units: Sequence[_Unit]) -> int:
        """Count the tokens of the units and of the table header that they need."""
        missing_header = _missing_header(units)
        return sum(unit.tokens for unit in units) + (missing_header.tokens if missing_header else 0)

    def _span_tokens(self, span: Span) -> int:
        """Count the tokens that begin in a span."""
        starts = self._token_starts.get(span.page)
        if starts is None:
            # Tokenize each page once; bisection then counts the tokens of a span.
            starts = [start for start, _ in self._embedder.token_offsets(self._texts[span.page])]
            self._token_starts[span.page] = starts
        return bisect_left(starts, span.end) - bisect_left(starts, span.start)

    def _count(self, text: str) -> int:
        """Count the tokens of a text, with the special tokens of the model."""
        return self._embedder.count_tokens([text])[0]


def _missing_header(units: Sequence[_Unit]) -> _Unit | None:
    """Return the table header that rows in `units` need and that is not one of the units."""
    for unit in units:
        if unit.table_header is not None:
            return None if any(other.span == unit.table_header.span for other in units) else unit.table_header
    return None


def _merged_spans(units: Sequence[_Unit]) -> tuple[Span, ...]:
    """Return the spans of the units, with neighbours on a page merged; a repeated table header is first."""
    missing_header = _missing_header(units)
    spans: list[Span] = [missing_header.span] if missing_header else []
    is_first = True
    for unit in units:
        if not is_first and spans[-1].page == unit.span.page and spans[-1].end <= unit.span.start:
            spans[-1] = Span(unit.span.page, spans[-1].start, unit.span.end)
        else:
            spans.append(unit.span)
        is_first = False
    return tuple(spans)
