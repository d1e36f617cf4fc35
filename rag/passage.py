"""A passage: a retrieved chunk with its document and its exact text."""

from __future__ import annotations

from dataclasses import dataclass

from vault.records import Citation, Document, Span
from vault.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that retrieval found."""

    collection: str
    document: Document
    chunk_id: int
    heading: str
    slices: tuple[tuple[Span, str], ...]
    """The passage element by element (heading, paragraph, row), each place with the page's text there."""
    score: float
    """Fused rank score; higher is better, comparable within one search only."""
    cosine: float
    """Cosine of the question and the chunk; 0 when only the words matched."""

    @property
    def text(self) -> str:
        """The passage's text, slices joined by line ends."""
        return "\n".join(text for _, text in self.slices)

    @property
    def page(self) -> int:
        """The page that the passage begins on."""
        return self.slices[0][0].page

    def sentences(self) -> list[tuple[Span, str]]:
        """The passage's sentences, each with its place and exact text; those without a letter left out."""
        found = []
        for span, text in self.slices:
            for start, end in split_sentences(text):
                if any(character.isalnum() for character in text[start:end]):
                    found.append((Span(span.page, span.start + start, span.start + end), text[start:end]))
        return found

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
