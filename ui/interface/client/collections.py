"""Requests for collections."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.client.results import last_event
from ui.interface.schemas.collections import (
    CollectionEntry,
    DocumentRebuilt,
    NewCollection,
    Rebuild,
    RebuildDone,
    RebuildEvent,
    RebuildReport,
    Status,
)
from ui.interface.schemas.errors import StreamFailed


class CollectionRequests:
    """Asks what `ui.interface.operations.collections.CollectionOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def status(self) -> Status:
        """Return what each collection holds."""
        return self._connection.call("GET", "/status", TypeAdapter(Status))

    def all(self) -> list[CollectionEntry]:
        """Return the collections that the user is a member of."""
        return self._connection.call("GET", "/collections", TypeAdapter(list[CollectionEntry]))

    def create(self, request: NewCollection) -> CollectionEntry:
        """Create a collection and return it."""
        return self._connection.call("POST", "/collections", TypeAdapter(CollectionEntry), request)

    def rebuild(self, request: Rebuild, on_event: Callable[[DocumentRebuilt], None]) -> RebuildReport:
        """Chunk and embed a collection again."""
        kind: TypeAdapter[DocumentRebuilt | RebuildDone | StreamFailed] = TypeAdapter(RebuildEvent)
        events = self._connection.events("POST", "/rebuilds", kind, request)
        return last_event(events, RebuildDone, on_event).rebuilt
