"""Documents, and their deletion."""

from __future__ import annotations

from ui.interface.schemas.base import Request, Result
from vault.records import Document, DocumentState


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
