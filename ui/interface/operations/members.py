"""Members of collections, walls around them, their names, and whether they are archived."""

from __future__ import annotations

from ui.interface.operations.collections import totals_of
from ui.interface.operations.workplace import Workplace
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
from vault.access import Action
from vault.ledger.members import CollectionEntry as StoredEntry


class MemberOperations:
    """Lists and changes members and walls, renames and archives. Managers of the collection may."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._vault = workplace.vault
        self._user = user

    def all(self, collection: str) -> list[MemberEntry]:
        """Return the members of a collection. Raises CollectionNotFound, AccessDenied."""
        return [MemberEntry.of(one) for one in self._vault.members.members(collection, user=self._user)]

    def set(self, request: MemberChange) -> list[MemberEntry]:
        """Give or take a role, and return the members.

        Raises CollectionNotFound, AccessDenied, UserNotFound, WallStands, LastOfRole.
        """
        members = self._vault.members
        members.set_member(request.collection, request.user, request.role, user=self._user)
        # Who takes their own membership away sees the collection no more.
        gone = request.user == self._user and request.role is None
        return [] if gone else self.all(request.collection)

    def appoint(self, request: ManagerAppointment) -> None:
        """Appoint a manager where all are locked. Raises CollectionNotFound, AccessDenied, UserNotFound."""
        self._vault.members.appoint_manager(request.collection, request.user, user=self._user)

    def walls(self, collection: str) -> list[WallEntry]:
        """Return the walls around a collection. Raises CollectionNotFound, AccessDenied."""
        return [WallEntry.of(one) for one in self._vault.walls.all(collection, user=self._user)]

    def raise_wall(self, request: WallChange) -> list[WallEntry]:
        """Raise a wall, and return all.

        Raises CollectionNotFound, AccessDenied, UserNotFound, WallStands, LastOfRole.
        """
        self._vault.walls.raise_wall(request.collection, request.user, request.reason, user=self._user)
        return self.walls(request.collection)

    def lift_wall(self, request: WallChange) -> list[WallEntry]:
        """Lift a wall, and return the others. Raises CollectionNotFound, AccessDenied, WallStands."""
        self._vault.walls.lift(request.collection, request.user, request.reason, user=self._user)
        return self.walls(request.collection)

    def rename(self, request: CollectionRenaming) -> CollectionEntry:
        """Rename a collection.

        Raises CollectionNotFound, AccessDenied, CollectionExists, CollectionNameInvalid, JobRuns.
        """
        return _entry(self._vault.names.rename(request.collection, request.name, user=self._user))

    def preview_deletion(self, request: CollectionDeletion) -> CollectionTotals:
        """Return how much would be deleted. Raises CollectionNotFound, AccessDenied."""
        with self._vault.open_collection(
            request.collection, user=self._user, action=Action.MANAGE
        ) as collection:
            return totals_of(collection)

    def delete(self, request: CollectionDeletion) -> None:
        """Delete a collection with everything in it. Raises CollectionNotFound, AccessDenied."""
        self._vault.delete_collection(request.collection, user=self._user)

    def archive(self, request: CollectionArchiving) -> CollectionEntry:
        """Archive a collection, or restore it. Raises CollectionNotFound, AccessDenied."""
        return _entry(
            self._vault.names.archive(request.collection, user=self._user, archived=request.archived)
        )


def _entry(stored: StoredEntry) -> CollectionEntry:
    return CollectionEntry(
        name=stored.name, role=stored.role, created=stored.created, archived=stored.archived
    )
