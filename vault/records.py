"""The nouns that every package shares: pages, elements, spans, chunks, documents, citations.

Offsets count characters (Python `str` indices) of `Page.text`; `start` is inclusive, `end` exclusive;
pages are numbered from 1. `Page.text` is stored once, exactly as it was read, and nothing rewrites it:
what is matched, embedded or shown in a cleaner form is derived by `vault.text.readable`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ElementKind(StrEnum):
    """What a stretch of a page is, as far as the format says so."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of one page: elements of a page are in order and do not overlap."""

    kind: ElementKind
    start: int
    end: int
    level: int = 0
    """Depth of a heading, from 1; 0 for everything else."""


@dataclass(frozen=True, slots=True)
class WordBox:
    """Where a recognised word stands on its page: a stretch of the page's text and its rectangle.

    Edges are in ten-thousandths (`BOX_UNIT`) of the width and height of the page as it is shown, from
    its top left: an image of any size shows the word at the same place.
    """

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int


BOX_UNIT = 10_000
"""What the edges of a `WordBox` are parts of."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the reader of the document would call a page."""

    number: int
    text: str
    elements: tuple[Element, ...] = ()
    label: str = ""
    """How the format names it when it does: "Slide 3", "Sheet Haematology"; else empty."""
    ocr: bool = False
    """Its text was recognised from a picture."""
    words: tuple[WordBox, ...] = ()
    """The places of a recognised page's words, in the order of the text; else empty."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of page text."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a page with its exact text and what it is."""

    span: Span
    text: str
    kind: ElementKind = ElementKind.PARAGRAPH


class DocumentState(StrEnum):
    """Where a document is on its way in; DESIGN's `queued → reading → ready | partial | failed`."""

    QUEUED = "queued"
    READING = "reading"
    READY = "ready"
    PARTIAL = "partial"
    FAILED = "failed"
    SUPERSEDED = "superseded"

    @property
    def searchable(self) -> bool:
        """Whether answers may rest on the document."""
        return self in (DocumentState.READY, DocumentState.PARTIAL)


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one file in a collection; the sha256 is its identity, the name a label."""

    sha256: str
    name: str
    path: str
    """Where it was found, for people; empty for an upload. Never opened again."""
    media_type: str
    title: str
    state: DocumentState
    reason: str
    """Why it failed or is partial; empty otherwise."""
    pages: int
    chunks: int
    ocr_pages: int
    warnings: tuple[str, ...]
    added: str
    """UTC, ISO 8601."""
    size: int
    """Bytes."""
    parent: str = ""
    """sha256 of the message or archive that it came in; empty when it came by itself."""
    metadata: tuple[tuple[str, str], ...] = ()
    """(name, value) pairs that a manifest gave."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of retrieval: spans of one document's pages, in order, under one heading path."""

    document: str
    ordinal: int
    heading: str
    """Heading path joined by " › "; empty when there is none."""
    spans: tuple[Span, ...]
    tokens: int
    """Tokens of the text that was embedded, special tokens included."""

    def text(self, pages: Mapping[int, str]) -> str:
        """The chunk's text, given the page texts by number: its slices, joined by line ends."""
        return "\n".join(pages[span.page][span.start : span.end] for span in self.spans)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document and the exact words there: `page.text[start:end] == quote`."""

    document: str
    sha256: str
    page: int
    start: int
    end: int
    quote: str
    collection: str = ""
    """Name of the collection that the document lies in."""

    def as_json(self) -> dict[str, object]:
        """The shape that programs may rely on."""
        return {
            "document": self.document,
            "sha256": self.sha256,
            "page": self.page,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "collection": self.collection,
        }
