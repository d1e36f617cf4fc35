"""Routes for documents."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations
from ui.interface.schemas.documents import DocumentEntry, Purge, PurgePreview

router = APIRouter(tags=["documents"])


@router.get("/documents", summary="List documents")
def documents(collection: str, owner: GivenOperations) -> list[DocumentEntry]:
    """Return the documents of a collection with their states and problems."""
    return owner.documents.all(collection)


@router.post("/purges/preview", summary="Preview a purge")
def preview_purge(request: Purge, owner: GivenOperations) -> PurgePreview:
    """Return what a purge would delete: the documents, and what was attached to them. Nothing is deleted."""
    return owner.documents.preview_purge(request)


@router.post("/purges", summary="Purge documents")
def purge(request: Purge, owner: GivenOperations) -> list[DocumentEntry]:
    """Delete documents and their attachments, so that no byte of them stays in the data folder."""
    return owner.documents.purge(request)
