"""A passage: a retrieved chunk with its document and its exact text, and the sentences in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rag.reader.reader import Reading
from vault.annotations import AnnotatedSentence, Profile
from vault.records import NO_NAME, Citation, Document, ElementKind, Slice, Span
from vault.text.readable import readable
from vault.text.sentences import split_sentences
from vault.text.testimony import Asking


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row of a passage."""

    number: int
    """Index among the sentences of the passage."""
    span: Span
    quote: str
    """The page's text there, exactly."""
    context: str
    """What helps to understand it: headings, the names of a row's columns, the question of an answer."""
    kind: ElementKind = ElementKind.PARAGRAPH
    """The kind of element that it is part of."""

    @property
    def heading(self) -> bool:
        """Whether it is a heading or the header of a table, which seldom answers anything by itself."""
        return self.kind in (ElementKind.HEADING, ElementKind.TABLE_HEADER)

    @property
    def row(self) -> bool:
        """Whether it is a row of a table: its cells say little without the names of their columns."""
        return self.kind is ElementKind.TABLE_ROW


@dataclass(frozen=True, slots=True)
class PassageReading:
    """A reading with the text that was read: the reading counts the sentences of that text."""

    slices: tuple[Slice, ...]
    reading: Reading


class SentenceCache:
    """The sentences of a passage, split once for each text that it has had; its copies share the cache."""

    def __init__(self) -> None:
        self._split: dict[tuple[str, tuple[Slice, ...]], tuple[Sentence, ...]] = {}

    def sentences(self, heading: str, slices: tuple[Slice, ...]) -> tuple[Sentence, ...]:
        """Return the sentences of the slices, which stand under `heading`."""
        key = (heading, slices)
        if key not in self._split:
            self._split[key] = tuple(_sentences_of(heading, slices))
        return self._split[key]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that a search found, with what ranks it."""

    collection: str
    document: Document
    chunk_id: int
    ordinal: int
    """Index of the chunk in its document."""
    heading: str
    slices: tuple[Slice, ...]
    score: float
    """What passages are sorted by; higher is better, comparable within one search only."""
    cosine: float
    """Cosine of the question and the chunk; 0 when only the words matched."""
    names_in_document: float
    """Share of the question's names that the document holds anywhere; 1 when the question has no names."""
    terms_in_document: float
    """Share of the question's technical terms that the document holds anywhere; 1 without terms."""
    document_named: float = 0.0
    """How surely the question names the document, 0 to 1."""
    annotated: Mapping[Span, AnnotatedSentence] = field(default_factory=dict, repr=False, compare=False)
    """What is known of its sentences, by their places; empty in a document that is not annotated."""
    profile: Profile | None = field(default=None, repr=False, compare=False)
    """What is known of its document."""
    latest_reading: PassageReading | None = None
    """The reader's latest reading, with the text that the passage had then."""
    sentence_cache: SentenceCache = field(default_factory=SentenceCache, repr=False, compare=False)
    """Kept by `dataclasses.replace`; it ends with the last copy of the passage."""

    @property
    def reading(self) -> Reading | None:
        """The reader's reading with the question; None if the passage was not read, or has other text now."""
        latest = self.latest_reading
        return latest.reading if latest is not None and latest.slices == self.slices else None

    def with_reading(self, reading: Reading | None) -> Passage:
        """Return the passage with a reading of its present text, or with none."""
        latest = None if reading is None else PassageReading(self.slices, reading)
        return replace(self, latest_reading=latest)

    @property
    def text(self) -> str:
        """The text of the passage, its slices joined by line ends."""
        return "\n".join(piece.text for piece in self.slices)

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        return self.slices[0].span.page

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences in order; those without a letter or digit are left out."""
        return self.sentence_cache.sentences(self.heading, self.slices)

    def cite(self, span: Span, quote: str) -> Citation:
        """Return a citation of a place in the passage's document."""
        return Citation(
            document=self.document.name,
            sha256=self.document.sha256,
            page=span.page,
            start=span.start,
            end=span.end,
            quote=quote,
            collection=self.collection,
            page_name=next(
                (
                    one.page_name.at(one.page_lines, span.start, span.end)
                    for place, one in self.annotated.items()
                    if place.page == span.page
                ),
                NO_NAME,
            ),
        )


def _sentences_of(heading: str, slices: tuple[Slice, ...]) -> Iterator[Sentence]:
    columns, number, asking = "", 0, Asking()
    for piece in slices:
        question = readable(asking.question_of(piece.text))
        if piece.kind is ElementKind.TABLE_HEADER:
            columns = readable(piece.text)
        context = heading
        if piece.kind is ElementKind.TABLE_ROW and columns:
            context = f"{heading} {columns}".strip()
        elif question:
            context = f"{heading} {question}".strip()
        for start, end in split_sentences(piece.text):
            quote = piece.text[start:end]
            if any(character.isalnum() for character in quote):
                span = Span(piece.span.page, piece.span.start + start, piece.span.start + end)
                yield Sentence(number, span, quote, context, piece.kind)
                number += 1
