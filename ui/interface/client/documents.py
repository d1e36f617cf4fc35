"""Requests for documents."""

from __future__ import annotations

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.schemas.documents import DocumentEntry, Purge, PurgePreview


class DocumentRequests:
    """Asks what `ui.interface.operations.documents.DocumentOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, collection: str) -> list[DocumentEntry]:
        """Return the documents of a collection."""
        kind = TypeAdapter(list[DocumentEntry])
        return self._connection.call("GET", "/documents", kind, query={"collection": collection})

    def preview_purge(self, request: Purge) -> PurgePreview:
        """Return what a purge would delete."""
        return self._connection.call("POST", "/purges/preview", TypeAdapter(PurgePreview), request)

    def purge(self, request: Purge) -> list[DocumentEntry]:
        """Delete documents, and return what was deleted."""
        return self._connection.call("POST", "/purges", TypeAdapter(list[DocumentEntry]), request)
