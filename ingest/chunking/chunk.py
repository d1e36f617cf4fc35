"""Cut a document into chunks: along headings, then sentences, never over the embedder's limit.

A chunk is made of spans of page text, so its text is always a slice of what is stored. What is
embedded is the title and heading path on a line of their own and then the chunk's text, and it is that
whole that is counted with the embedder's tokenizer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.chunking.sections import Block, Section, sections
from vault.embedding.embedder import Embedder
from vault.records import Chunk, ElementKind, Page, Span
from vault.text.readable import readable
from vault.text.sentences import split_sentences

HEADING_JOINT = " › "
_MOST_PREFIX_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class EmbeddableChunk:
    """A chunk with the text that is embedded for it."""

    chunk: Chunk
    text: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not cut unless it must be: a sentence, a heading, a list item, a table row."""

    span: Span
    tokens: int
    table_header: _Unit | None = None
    """For a table row: the row of column names, to be carried into the chunk."""


def chunk_document(
    sha256: str, title: str, pages: Sequence[Page], embedder: Embedder, limit: int
) -> list[EmbeddableChunk]:
    """The chunks of one document in reading order, each at most `limit` tokens as embedded.

    A `limit` over the embedder's own maximum is that maximum.
    """
    return list(cut_document(sha256, title, pages, embedder, limit))


def cut_document(
    sha256: str, title: str, pages: Sequence[Page], embedder: Embedder, limit: int
) -> Iterator[EmbeddableChunk]:
    """As `chunk_document`, one chunk after the other: a long document takes seconds, and may be given up."""
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
    """A chunk as it was cut: where, what is embedded for it, and how long that is."""

    spans: tuple[Span, ...]
    text: str
    tokens: int


class _Cutter:
    def __init__(self, pages: Sequence[Page], embedder: Embedder, limit: int) -> None:
        self._texts = {page.number: page.text for page in pages}
        self._embedder = embedder
        self._limit = limit
        (self._special,) = embedder.count_tokens([""])
        self._token_starts: dict[int, list[int]] = {}

    def prefix(self, title: str, path: Sequence[str]) -> str:
        """Title and headings for the embedded text, innermost kept when there is no room for all."""
        parts = [readable(part) for part in (title, *path) if part.strip()]
        room = int(self._limit * _MOST_PREFIX_SHARE)
        while len(parts) > 1 and self._count(HEADING_JOINT.join(parts)) > room:
            parts.pop(0 if len(parts) == 2 else 1)
        prefix = HEADING_JOINT.join(parts)
        while prefix and self._count(prefix) > room:
            prefix = prefix[: int(len(prefix) * 0.8)].rpartition(" ")[0]
        return prefix

    def _embedded(self, prefix: str, spans: Sequence[Span]) -> str:
        """What is embedded for a chunk."""
        body = readable(" ".join(self._texts[span.page][span.start : span.end] for span in spans))
        return f"{prefix}\n{body}" if prefix else body

    def cut(self, section: Section, prefix: str) -> Iterator[_Cut]:
        """The chunks of a section."""
        room = self._limit - self._count(prefix) - 1 if prefix else self._limit - self._special
        held: list[_Unit] = []
        for unit in self._units(section.blocks, room):
            if held and self._tokens([*held, unit]) > room:
                yield from self._checked(held, prefix)
                held = []
            held.append(unit)
        if held:
            yield from self._checked(held, prefix)

    def _checked(self, units: list[_Unit], prefix: str) -> Iterator[_Cut]:
        """`units` as one chunk, or as more where cleaning the text made more tokens of it."""
        spans = _joined(units)
        text = self._embedded(prefix, spans)
        tokens = self._count(text)
        if tokens <= self._limit:
            yield _Cut(spans, text, tokens)
        elif len(units) > 1:
            middle = len(units) // 2
            yield from self._checked(units[:middle], prefix)
            yield from self._checked(units[middle:], prefix)
        else:
            # Half a sentence twice is better than a tail that the model never sees.
            span = units[0].span
            middle = (span.start + span.end) // 2
            for half in (Span(span.page, span.start, middle), Span(span.page, middle, span.end)):
                yield from self._checked([_Unit(half, self._span_tokens(half))], prefix)

    def _units(self, blocks: Sequence[Block], room: int) -> Iterator[_Unit]:
        header: _Unit | None = None
        for block in blocks:
            if block.kind is ElementKind.TABLE_HEADER:
                tokens = self._span_tokens(block.span)
                # A header that fills the chunk by itself would leave no room for its rows.
                header = _Unit(block.span, tokens) if tokens <= room // 2 else None
                yield from self._fitting(block.span, room)
            elif block.kind is ElementKind.TABLE_ROW:
                left = room - (header.tokens if header else 0)
                for unit in self._fitting(block.span, left):
                    yield _Unit(unit.span, unit.tokens, header)
            else:
                header = None
                text = self._texts[block.span.page]
                for start, end in split_sentences(text[block.span.start : block.span.end]):
                    sentence = Span(block.span.page, block.span.start + start, block.span.start + end)
                    yield from self._fitting(sentence, room)

    def _fitting(self, span: Span, room: int) -> Iterator[_Unit]:
        """The span as one unit, or cut at clause marks and spaces when it is longer than a chunk."""
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
        carried = _carried_header(units)
        return sum(unit.tokens for unit in units) + (carried.tokens if carried else 0)

    def _span_tokens(self, span: Span) -> int:
        starts = self._token_starts.get(span.page)
        if starts is None:
            # One pass of the tokenizer over each page; what a span holds is then a matter of bisection.
            starts = [start for start, _ in self._embedder.token_offsets(self._texts[span.page])]
            self._token_starts[span.page] = starts
        return bisect_left(starts, span.end) - bisect_left(starts, span.start)

    def _count(self, text: str) -> int:
        return self._embedder.count_tokens([text])[0]


def _carried_header(units: Sequence[_Unit]) -> _Unit | None:
    """The table header that rows among `units` need and that is not among them."""
    for unit in units:
        if unit.table_header is not None:
            return None if any(other.span == unit.table_header.span for other in units) else unit.table_header
    return None


def _joined(units: Sequence[_Unit]) -> tuple[Span, ...]:
    """Spans of the units, neighbours on a page made one; a carried table header comes first."""
    carried = _carried_header(units)
    spans: list[Span] = [carried.span] if carried else []
    fresh = True
    for unit in units:
        if not fresh and spans[-1].page == unit.span.page and spans[-1].end <= unit.span.start:
            spans[-1] = Span(unit.span.page, spans[-1].start, unit.span.end)
        else:
            spans.append(unit.span)
        fresh = False
    return tuple(spans)
