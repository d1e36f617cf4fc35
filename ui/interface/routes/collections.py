"""Routes for collections, and for what the vault holds as a whole."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations, GivenStreams, stream_of
from ui.interface.routes.permission import Right, needs
from ui.interface.routes.stream import EventStream
from ui.interface.schemas.collections import (
    CollectionEntry,
    NewCollection,
    Rebuild,
    RebuildDone,
    RebuildEvent,
    Status,
)
from vault.bearers import Permission

router = APIRouter(tags=["collections"])


@router.get("/status", summary="Show the vault", openapi_extra=needs(Permission.SEARCH, Right.OWN))
def status(owner: GivenOperations) -> Status:
    """Return what each collection of yours holds, and what the parser of files could do on this machine."""
    return owner.collections.status()


@router.get("/collections", summary="List collections", openapi_extra=needs(Permission.SEARCH, Right.OWN))
def collections(owner: GivenOperations) -> list[CollectionEntry]:
    """Return the collections that you are a member of."""
    return owner.collections.all()


@router.post(
    "/collections",
    summary="Create a collection",
    status_code=201,
    openapi_extra=needs(Permission.MANAGE, Right.OWN),
)
def create(request: NewCollection, owner: GivenOperations) -> CollectionEntry:
    """Create a collection; you become its manager."""
    return owner.collections.create(request)


@router.post(
    "/rebuilds",
    summary="Rebuild a collection",
    response_class=EventStream,
    status_code=200,
    responses=stream_of(RebuildEvent),
    openapi_extra=needs(Permission.MANAGE),
)
async def rebuild(request: Rebuild, owner: GivenOperations, streams: GivenStreams) -> EventStream:
    """Chunk and embed a collection again from its stored text; until then it answers as before.

    Events: `document` for each document, and `end`. After an interruption, the same request continues.
    """
    return streams.of(lambda send, _: RebuildDone(rebuilt=owner.collections.rebuild(request, send)))
