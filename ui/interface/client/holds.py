"""Requests for legal holds and retention dates."""

from __future__ import annotations

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.schemas.holds import HoldEntry, HoldRelease, NewHold, NewRetention, RetentionEntry


class HoldRequests:
    """Asks what `ui.interface.operations.holds.HoldOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[HoldEntry]:
        """Return the holds in the user's collections."""
        return self._connection.call("GET", "/holds", TypeAdapter(list[HoldEntry]))

    def set(self, request: NewHold) -> HoldEntry:
        """Set a hold."""
        return self._connection.call("POST", "/holds", TypeAdapter(HoldEntry), request)

    def release(self, request: HoldRelease) -> HoldEntry:
        """Release a hold and return it."""
        return self._connection.call("POST", "/holds/releases", TypeAdapter(HoldEntry), request)

    def keep_until(self, request: NewRetention) -> None:
        """Set or remove a retention date."""
        self._connection.call("POST", "/retention", TypeAdapter(None), request)

    def retention(self, *, due: bool = False) -> list[RetentionEntry]:
        """Return the retention dates in the user's collections."""
        kind = TypeAdapter(list[RetentionEntry])
        return self._connection.call("GET", "/retention", kind, query={"due": due})
