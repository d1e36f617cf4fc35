"""Where tables are looked for: one collection, and the documents of it that a question may search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vault.annotations import AnnotatedSentence
from vault.records import Citation, Document
from vault.store.catalogue.page_names import PageNames
from vault.store.sentences.index import SentenceIndex


@dataclass(frozen=True, slots=True)
class TableSource:
    """A collection with its index of sentences."""

    collection: str
    """Its name."""
    sentences: SentenceIndex
    documents: Mapping[str, Document]
    """The documents in scope, by sha256. Nothing of another one is read."""
    page_names: PageNames
    """What their pages are called on paper."""
    whole: bool = False
    """Whether these are all current documents of the collection, so that nothing must be left out."""

    @property
    def scope(self) -> Sequence[str] | None:
        """The documents as the index wants them: None for all current ones."""
        return None if self.whole else list(self.documents)

    def cite_sentence(self, sha256: str, sentence: AnnotatedSentence) -> Citation:
        """Return a citation of a whole sentence, list item or row of one of the documents."""
        span = sentence.span
        return self.cite(sha256, span.page, span.start, span.end, sentence.text)

    def cite(self, sha256: str, page: int, start: int, end: int, quote: str) -> Citation:
        """Return a citation of a place in one of the documents."""
        return Citation(
            self.documents[sha256].name,
            sha256,
            page,
            start,
            end,
            quote,
            self.collection,
            self.page_names.at(sha256, page, start, end),
        )
