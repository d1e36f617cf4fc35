"""What is known of a sentence beyond its words, and of a document beyond its pages.

A *sentence* is a sentence, list item, table row or form field of a document. Its *annotation* says whom it is
about, which dates, quantities and references it holds, and whether it states a fact at all; the *profile* of
its document says whose document it is, from when and by whom. `ingest.annotation` makes both from stored
pages, and `vault.store.sentences` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vault.line_numbers import LineNumbers
from vault.records import NO_NAME, ElementKind, PageName, Span
from vault.text.dates.found import FoundDate
from vault.text.quantities.found import FoundQuantity
from vault.text.references import FoundReference


class Stance(StrEnum):
    """Why a sentence does not simply state something of its subject, now."""

    DENIED = "denied"
    """It says that something is absent: "no known drug allergies"."""
    OTHER_PERSON = "other_person"
    """It is about somebody else: "his sister is allergic to penicillin"."""
    PAST = "past"
    """It was so, and may not be so now: "previously took warfarin"."""
    PLANNED = "planned"
    """It is intended or asked for, and has not happened: "will start ramipril"."""
    CONDITIONAL = "conditional"
    """It holds if something happens: "should the tenant fail to pay"."""
    SUPERSEDED = "superseded"
    """The document itself says that it no longer holds: "clause 4.1 is replaced by …"."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row, or the value of a form field, with the name of its column or field."""

    column: str
    text: str
    start: int
    """Offsets on the page: `page.text[start:end] == text`."""
    end: int


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """A sentence of a document with what is known of it."""

    id: int
    """Its id in the index of its collection; 0 before it is stored."""
    document: str
    """sha256"""
    number: int
    """Its index among the sentences of the document."""
    span: Span
    text: str
    """The page's text there, exactly."""
    kind: ElementKind
    heading: str
    """The headings above it, joined as in `Chunk.heading`."""
    table: int | None = None
    """The number of its table in the document; a table that goes on over a page is one."""
    row: int | None = None
    """Its index among the rows of the table, headers left out."""
    cells: tuple[Cell, ...] = ()
    subject: str = ""
    """Whom or what it is about, where its own row, section or page says so; else empty."""
    clause: str = ""
    """The numbered clause that it belongs to, such as "4.2(b)", or empty."""
    dates: tuple[FoundDate, ...] = ()
    """Offsets of what was found count from the start of `text`; so do those of the next two."""
    quantities: tuple[FoundQuantity, ...] = ()
    references: tuple[FoundReference, ...] = ()
    stance: frozenset[Stance] = frozenset()
    page_name: PageName = NO_NAME
    """What its page is called on paper; empty before it is stored."""
    page_lines: LineNumbers = ()
    """The numbered lines of its page; empty before it is stored."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, party, matter or thing that a document is about, or that has a part in it."""

    name: str
    role: str
    """In lower case: "patient", "tenant", "claimant", "matter", "author", "recipient" …"""
    identifiers: tuple[str, ...] = ()
    """Hospital, case, account or company numbers, as written."""
    born: date | None = None
    aliases: tuple[str, ...] = ()
    """Other names for it in the document: "the Tenant", "Mrs Corrowan"."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a document as a whole."""

    document: str
    """sha256"""
    subjects: tuple[Subject, ...] = ()
    """The main ones first: the patient, the matter, the parties."""
    date: date | None = None
    """When it was written, signed or sent; never a date of birth."""
    kind: str = ""
    """In lower case: "discharge summary", "lease", "e-mail" … or empty."""
    author: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    """(short form, what it stands for): ("LVEF", "left ventricular ejection fraction")."""
    replaces: tuple[str, ...] = ()
    """What it says that it replaces, varies or supersedes, as written."""

    @property
    def subject(self) -> str:
        """The name of the main subject, or empty."""
        return self.subjects[0].name if self.subjects else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document."""

    document: str
    """sha256"""
    table: int
    heading: str
    columns: tuple[str, ...]
    rows: int
    subject: str
    """Whom or what the whole table is about, where something beside it says so; else empty."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything that annotating one document finds."""

    profile: Profile
    sentences: tuple[AnnotatedSentence, ...]
    """In the order of the document."""
    tables: tuple[Table, ...]
    names: tuple[str, ...]
    """The people and parties named anywhere in it, with titles and initials."""
