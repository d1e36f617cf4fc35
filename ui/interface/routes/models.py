"""Routes for language models."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations, GivenStreams, stream_of
from ui.interface.routes.permission import LOCAL, Right, needs
from ui.interface.routes.stream import EventStream
from ui.interface.schemas.models import (
    ModelAdded,
    ModelCheck,
    ModelEntry,
    ModelEvent,
    Models,
    ModelTrial,
    ModelUse,
    NewModel,
)
from vault.bearers import Permission

router = APIRouter(tags=["models"])


@router.get("/models", summary="List models", openapi_extra=needs(Permission.SEARCH, Right.OWN))
def models(owner: GivenOperations) -> Models:
    """Return the models that were added, and which of your collections use them."""
    return owner.models.all()


@router.post(
    "/models",
    summary="Add a model",
    response_class=EventStream,
    status_code=200,
    responses=stream_of(ModelEvent),
    openapi_extra=needs(LOCAL, Right.ADMINISTRATOR),
)
async def add(request: NewModel, owner: GivenOperations, streams: GivenStreams) -> EventStream:
    """Add a GGUF model or adapter: check that it is complete, hash it, copy it into the data folder.

    Events: `bytes`, and `end` with the model. Only administrators may do this.
    """
    return streams.of(lambda send, _: ModelAdded(model=owner.models.add(request, send)))


@router.delete("/models", summary="Remove a model", openapi_extra=needs(Permission.ADMINISTER))
def remove(name: str, owner: GivenOperations) -> ModelEntry:
    """Remove a model or adapter; a linked file is not deleted. Only administrators may do this."""
    return owner.models.remove(name)


@router.put(
    "/models/choice",
    summary="Choose the model",
    status_code=204,
    openapi_extra=needs(Permission.MANAGE, Right.MANAGE_OR_ADMINISTRATOR),
)
def use(request: ModelUse, owner: GivenOperations) -> None:
    """Choose the model that answers, for one collection or for all without their own choice."""
    owner.models.use(request)


@router.delete(
    "/models/choice", summary="Remove a choice", status_code=204, openapi_extra=needs(Permission.MANAGE)
)
def inherit(collection: str, owner: GivenOperations) -> None:
    """Remove the collection's own choice, so that it uses the model of all others."""
    owner.models.inherit(collection)


@router.post("/models/test", summary="Test a model", openapi_extra=needs(Permission.ADMINISTER, Right.OWN))
def test(request: ModelTrial, owner: GivenOperations) -> ModelCheck:
    """Load a model, measure it, and ask it a question about three sentences."""
    return owner.models.test(request)
