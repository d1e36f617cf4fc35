"""A passage: a retrieved chunk with its document and its exact text, and the sentences in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.reader.reader import Reading
from vault.records import Citation, Document, ElementKind, Slice, Span
from vault.text.readable import readable
from vault.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row of a passage."""

    number: int
    """Its place among the sentences of the passage, from 0."""
    span: Span
    quote: str
    """The page's text there, exactly."""
    context: str
    """What it is read with: the headings, and for a table row the names of the columns."""
    kind: ElementKind = ElementKind.PARAGRAPH
    """What it stands in."""

    @property
    def heading(self) -> bool:
        """Whether it is a heading or the head of a table, which seldom answers anything by itself."""
        return self.kind in (ElementKind.HEADING, ElementKind.TABLE_HEADER)

    @property
    def row(self) -> bool:
        """Whether it is a row of a table, whose cells say little without the names of their columns."""
        return self.kind is ElementKind.TABLE_ROW


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader said, and of which text: a reading counts the sentences of that text."""

    slices: tuple[Slice, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that retrieval found."""

    collection: str
    document: Document
    chunk_id: int
    ordinal: int
    """Place of the chunk among those of its document."""
    heading: str
    slices: tuple[Slice, ...]
    score: float
    """What passages are ordered by; higher is better, comparable within one search only."""
    cosine: float
    """Cosine of the question and the chunk; 0 when only the words matched."""
    names_in_document: float
    """Share of the question's names that stand anywhere in the document; 1 when it names nothing."""
    terms_in_document: float
    """Share of the question's technical terms that stand anywhere in the document; 1 without terms."""
    document_named: float = 0.0
    """How surely the question names the document, 0 to 1."""
    read: Read | None = None
    """What the reader said of the text that the passage had when it was read."""

    @property
    def reading(self) -> Reading | None:
        """What the reader says of it with the question; None where it was not read, or has other text now."""
        return self.read.reading if self.read is not None and self.read.slices == self.slices else None

    def with_reading(self, reading: Reading | None) -> Passage:
        """The passage, its text as it stands read so."""
        return replace(self, read=None if reading is None else Read(self.slices, reading))

    @property
    def text(self) -> str:
        """The passage's text, slices joined by line ends."""
        return "\n".join(piece.text for piece in self.slices)

    @property
    def page(self) -> int:
        """The page that the passage begins on."""
        return self.slices[0].span.page

    def sentences(self) -> Iterator[Sentence]:
        """The passage's sentences in order; those without a letter or digit are left out."""
        columns, number = "", 0
        for piece in self.slices:
            if piece.kind is ElementKind.TABLE_HEADER:
                columns = readable(piece.text)
            context = self.heading
            if piece.kind is ElementKind.TABLE_ROW and columns:
                context = f"{self.heading} {columns}".strip()
            for start, end in split_sentences(piece.text):
                quote = piece.text[start:end]
                if any(character.isalnum() for character in quote):
                    span = Span(piece.span.page, piece.span.start + start, piece.span.start + end)
                    yield Sentence(number, span, quote, context, piece.kind)
                    number += 1

    def cite(self, span: Span, quote: str) -> Citation:
        """A citation of a place in the passage's document."""
        return Citation(
            document=self.document.name,
            sha256=self.document.sha256,
            page=span.page,
            start=span.start,
            end=span.end,
            quote=quote,
            collection=self.collection,
        )
