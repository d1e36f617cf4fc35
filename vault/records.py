"""The classes that every package shares: pages, elements, spans, chunks, documents, citations.

Offsets count characters (Python `str` indices) of `Page.text`. `start` is inclusive, `end` exclusive, and
pages are numbered from 1. `Page.text` is stored exactly as it was parsed and never changes. Text that is
searched, embedded or shown goes through `vault.text.readable` first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from vault.line_numbers import LineNumbers, in_words, numbers_between


class ElementKind(StrEnum):
    """The kind of an element, as far as the file format says it."""

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
    """A part of one page, such as a paragraph. The elements of a page are in order and do not overlap."""

    kind: ElementKind
    start: int
    end: int
    level: int = 0
    """Level of a heading, from 1; 0 for everything else."""
    cells: tuple[tuple[int, int], ...] = ()
    """(start, end) on the page of each cell of a table row or header, one for each column of the table.

    The start and end of an empty cell are equal. None where the format does not say where cells are. All lie
    within the element. Where a cell is continued on the next line and the page's text has other cells
    in between, it reaches over them, so that nothing of it is lost.
    """


@dataclass(frozen=True, slots=True)
class WordBox:
    """The place of a recognised word: its part of the page's text, and its rectangle on the page.

    Edges are measured from the top left in parts of the page's width and height (`BOX_UNIT`), so they are
    right for an image of the page in any size.
    """

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int


BOX_UNIT = 10_000
"""The width and height of a page in the unit of `WordBox`."""


@dataclass(frozen=True, slots=True)
class PageName:
    """What a page is called on paper, beside its number in the file."""

    printed: str = ""
    """Its printed page number ("iv", "A-3"), or empty where the file says none or has them all in step."""
    bates: str = ""
    """The number that a lawyer's stamp gives the page ("VANE000018"), or empty."""
    lines: str = ""
    """In the name of a place: the numbers of its lines in the margin ("7", "7 to 9"), or empty."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The names as they are looked up, each once."""
        return tuple(dict.fromkeys(filter(None, map(page_name_form, (self.printed, self.bates)))))

    def beside(self, number: int) -> str:
        """Return what to say after the number of the page: ", printed 14, lines 7 to 9, VANE000018"."""
        printed = f", printed {self.printed}" if self.printed not in ("", str(number)) else ""
        if self.lines:
            printed += f", {'lines' if ' ' in self.lines else 'line'} {self.lines}"
        return f"{printed}, {self.bates}" if self.bates else printed

    def at(self, lines: LineNumbers, start: int, end: int) -> PageName:
        """Return the name of a part of the page, whose lines are numbered like this."""
        return replace(self, lines=in_words(numbers_between(lines, start, end))) if lines else self

    @property
    def whole(self) -> PageName:
        """The name of the page itself, without lines."""
        return replace(self, lines="")

    def as_json(self) -> dict[str, str]:
        """Return the JSON value that programs may rely on."""
        return {"printed": self.printed, "bates": self.bates, "lines": self.lines}


NO_NAME = PageName()


def page_name_form(name: str) -> str:
    """Return a page name as it is looked up: "VANE 000018", "vane-000018" and "VANE000018" are one."""
    return "".join(character for character in name.upper() if character.isalnum())


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document, or what comes closest in its format: a slide, a sheet, a whole text file."""

    number: int
    text: str
    elements: tuple[Element, ...] = ()
    label: str = ""
    """The name that the format gives the page ("Slide 3", "Sheet Haematology"), or empty."""
    ocr: bool = False
    """Whether its text was recognised from an image."""
    words: tuple[WordBox, ...] = ()
    """The places of the words of a recognised page, in the order of the text."""
    name: PageName = NO_NAME
    """What it is called on paper. Unlike a label, it is no heading of what stands on the page."""
    lines: LineNumbers = ()
    """Where lines start whose numbers stand in the margin, as in a transcript. The text is without them."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of the text of a page."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a page with its exact text and kind."""

    span: Span
    text: str
    kind: ElementKind = ElementKind.PARAGRAPH


class DocumentState(StrEnum):
    """The state of a document: `queued → reading → ready | partial | failed`, and later `superseded`."""

    QUEUED = "queued"
    READING = "reading"
    READY = "ready"
    PARTIAL = "partial"
    FAILED = "failed"
    SUPERSEDED = "superseded"

    @property
    def searchable(self) -> bool:
        """Whether the document is current and answers may rest on it."""
        return self in (DocumentState.READY, DocumentState.PARTIAL)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that a document holds and that was not read."""

    what: str
    """What it is, such as "Picture" or "File 'plan.dwg'"."""
    where: str
    """Where in the document, such as "page 3" or "sheet Fees"; empty if it belongs to all of it."""
    why: str
    """Why it was not read, and what to do where something helps."""
    words: bool = True
    """Whether it may hold words that a person would read there: then its document is partial."""

    def __str__(self) -> str:
        """Say all three on one line."""
        return f"{self.what}{self.where and f', {self.where}'}: {self.why}"


@dataclass(frozen=True, slots=True)
class Document:
    """A document: the bytes of one file in a collection, identified by their sha256."""

    sha256: str
    name: str
    path: str
    """The path where it was found, or the name of an upload. It is shown to users and never opened again."""
    media_type: str
    title: str
    state: DocumentState
    reason: str
    """Why it failed or is partial, or empty."""
    pages: int
    chunks: int
    ocr_pages: int
    warnings: tuple[str, ...]
    added: str
    """UTC, ISO 8601."""
    size: int
    """Bytes."""
    parent: str = ""
    """sha256 of the message or archive that it was attached to, or empty."""
    metadata: tuple[tuple[str, str], ...] = ()
    """(name, value) pairs from a manifest."""
    unread: tuple[Unread, ...] = ()
    """What it holds and was not read."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of retrieval: spans of one document's pages, in order, under the same headings."""

    document: str
    ordinal: int
    heading: str
    """The headings above it, joined by " › ", or empty."""
    spans: tuple[Span, ...]
    tokens: int
    """Tokens of the embedded text, special tokens included."""

    def text(self, pages: Mapping[int, str]) -> str:
        """Return the chunk's text: its spans, joined by line breaks. `pages` are page texts by number."""
        return "\n".join(pages[span.page][span.start : span.end] for span in self.spans)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document with the exact words there: `page.text[start:end] == quote`."""

    document: str
    """Name of the document."""
    sha256: str
    page: int
    start: int
    end: int
    quote: str
    collection: str = ""
    """Name of the collection that the document is in."""
    page_name: PageName = NO_NAME
    """What the page is called on paper, with the lines of the place where they are numbered."""

    def shares_text_with(self, other: Citation) -> bool:
        """Return whether both are in the same file and have characters of a page in common."""
        same_page = (self.sha256, self.page) == (other.sha256, other.page)
        return same_page and self.start < other.end and other.start < self.end

    @property
    def page_words(self) -> str:
        """The page with its names: "page 18, printed 14, lines 7 to 9, VANE000018"."""
        return f"page {self.page}{self.page_name.beside(self.page)}"

    def as_json(self) -> dict[str, object]:
        """Return the citation as JSON, in a form that stays stable for programs."""
        return {
            "document": self.document,
            "sha256": self.sha256,
            "page": self.page,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "collection": self.collection,
            "page_name": self.page_name.as_json(),
        }
