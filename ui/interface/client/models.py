"""Requests for language models."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.client.results import last_event
from ui.interface.schemas.errors import StreamFailed
from ui.interface.schemas.models import (
    BytesRead,
    ModelAdded,
    ModelCheck,
    ModelEntry,
    ModelEvent,
    Models,
    ModelTrial,
    ModelUse,
    NewModel,
)

_NOTHING: TypeAdapter[None] = TypeAdapter(None)


class ModelRequests:
    """Asks what `ui.interface.operations.models.ModelOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Models:
        """Return the models that were added, and which are used."""
        return self._connection.call("GET", "/models", TypeAdapter(Models))

    def add(self, request: NewModel, on_event: Callable[[BytesRead], None] = lambda _: None) -> ModelEntry:
        """Add a GGUF file and return the model."""
        kind: TypeAdapter[BytesRead | ModelAdded | StreamFailed] = TypeAdapter(ModelEvent)
        events = self._connection.events("POST", "/models", kind, request)
        return last_event(events, ModelAdded, on_event).model

    def remove(self, name: str) -> ModelEntry:
        """Remove a model or adapter and return it."""
        return self._connection.call("DELETE", "/models", TypeAdapter(ModelEntry), query={"name": name})

    def use(self, request: ModelUse) -> None:
        """Choose the model that answers."""
        self._connection.call("PUT", "/models/choice", _NOTHING, request)

    def inherit(self, collection: str) -> None:
        """Remove a collection's own choice."""
        self._connection.call("DELETE", "/models/choice", _NOTHING, query={"collection": collection})

    def test(self, request: ModelTrial) -> ModelCheck:
        """Load a model and ask it."""
        return self._connection.call("POST", "/models/test", TypeAdapter(ModelCheck), request)
