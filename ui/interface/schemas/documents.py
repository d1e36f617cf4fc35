"""Documents, and their deletion."""

from __future__ import annotations

from ui.interface.schemas.base import Request, Result
from vault.records import Document, DocumentState, Unread


class UnreadPart(Result):
    """Something that a document holds and that was not read."""

    what: str
    where: str
    """Where in the document; empty if it belongs to all of it."""
    why: str
    words: bool
    """Whether it may hold words that a person would read there: then the document is partial."""

    @classmethod
    def of(cls, unread: Unread) -> UnreadPart:
        """Return what the interface says about a part that was not read."""
        return cls(what=unread.what, where=unread.where, why=unread.why, words=unread.words)

    def __str__(self) -> str:
        """Say what, where and why on one line."""
        return str(Unread(self.what, self.where, self.why, self.words))


class DocumentEntry(Result):
    """A document of a collection."""

    name: str
    sha256: str
    state: DocumentState
    reason: str
    """Why it failed or is partial, or empty."""
    pages: int
    chunks: int
    ocr_pages: int
    warnings: list[str]
    added: str
    """UTC, ISO 8601."""
    path: str
    """Where it was found; it is shown to users and never opened again."""
    parent: str
    """sha256 of the message or archive that it was attached to, or empty."""
    metadata: dict[str, str]
    """Fields from a manifest."""
    unread: list[UnreadPart]
    """What the document holds and was not read."""

    @classmethod
    def of(cls, document: Document) -> DocumentEntry:
        """Return what the interface says about a document."""
        return cls(
            name=document.name,
            sha256=document.sha256,
            state=document.state,
            reason=document.reason,
            pages=document.pages,
            chunks=document.chunks,
            ocr_pages=document.ocr_pages,
            warnings=list(document.warnings),
            added=document.added,
            path=document.path,
            parent=document.parent,
            metadata=dict(document.metadata),
            unread=[UnreadPart.of(part) for part in document.unread],
        )


class Purge(Request):
    """Documents to delete with everything that was made from them."""

    collection: str
    sha256s: list[str]
    """For a preview, 8 or more digits of each are enough."""


class PurgePreview(Result):
    """What a purge would delete."""

    documents: list[DocumentEntry]
    """The documents, and those that were attached to them."""
    other_versions: list[DocumentEntry]
    """Other versions of the same files, which stay."""
