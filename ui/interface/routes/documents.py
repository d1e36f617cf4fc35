"""Routes for documents."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations
from ui.interface.routes.permission import needs
from ui.interface.schemas.documents import DocumentEntry, Purge, PurgePreview
from vault.bearers import Permission

router = APIRouter(tags=["documents"])


@router.get("/documents", summary="List documents", openapi_extra=needs(Permission.SEARCH))
def documents(collection: str, owner: GivenOperations) -> list[DocumentEntry]:
    """Return the documents of a collection with their states and problems."""
    return owner.documents.all(collection)


@router.post("/purges/preview", summary="Preview a purge", openapi_extra=needs(Permission.MANAGE))
def preview_purge(request: Purge, owner: GivenOperations) -> PurgePreview:
    """Return what a purge would delete: the documents, and what was attached to them. Nothing is deleted."""
    return owner.documents.preview_purge(request)


@router.post("/purges", summary="Purge documents", openapi_extra=needs(Permission.MANAGE))
def purge(request: Purge, owner: GivenOperations) -> list[DocumentEntry]:
    """Delete documents and their attachments, so that no byte of them stays in the data folder."""
    return owner.documents.purge(request)
