"""Requests for members of collections, walls and names."""

from __future__ import annotations

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.schemas.accounts import (
    CollectionArchiving,
    CollectionDeletion,
    CollectionRenaming,
    ManagerAppointment,
    MemberChange,
    MemberEntry,
    WallChange,
    WallEntry,
)
from ui.interface.schemas.collections import CollectionEntry, CollectionTotals

_MEMBERS, _WALLS = TypeAdapter(list[MemberEntry]), TypeAdapter(list[WallEntry])


class MemberRequests:
    """Asks what `ui.interface.operations.members.MemberOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, collection: str) -> list[MemberEntry]:
        """Return the members of a collection."""
        return self._connection.call("GET", "/members", _MEMBERS, query={"collection": collection})

    def set(self, request: MemberChange) -> list[MemberEntry]:
        """Give or take a role, and return the members."""
        return self._connection.call("PUT", "/members", _MEMBERS, request)

    def appoint(self, request: ManagerAppointment) -> None:
        """Appoint a manager where all are locked."""
        self._connection.call("POST", "/members/managers", TypeAdapter(None), request)

    def walls(self, collection: str) -> list[WallEntry]:
        """Return the walls around a collection."""
        return self._connection.call("GET", "/walls", _WALLS, query={"collection": collection})

    def raise_wall(self, request: WallChange) -> list[WallEntry]:
        """Raise a wall, and return all."""
        return self._connection.call("POST", "/walls", _WALLS, request)

    def lift_wall(self, request: WallChange) -> list[WallEntry]:
        """Lift a wall, and return the others."""
        return self._connection.call("POST", "/walls/lift", _WALLS, request)

    def rename(self, request: CollectionRenaming) -> CollectionEntry:
        """Rename a collection."""
        return self._connection.call("PUT", "/collections/name", TypeAdapter(CollectionEntry), request)

    def preview_deletion(self, request: CollectionDeletion) -> CollectionTotals:
        """Return how much a collection holds that would be deleted."""
        kind = TypeAdapter(CollectionTotals)
        return self._connection.call("POST", "/collections/deletion/preview", kind, request)

    def delete(self, request: CollectionDeletion) -> None:
        """Delete a collection with everything in it."""
        self._connection.call("POST", "/collections/deletion", TypeAdapter(None), request)

    def archive(self, request: CollectionArchiving) -> CollectionEntry:
        """Archive a collection, or restore it."""
        return self._connection.call("PUT", "/collections/archived", TypeAdapter(CollectionEntry), request)
