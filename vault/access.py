"""Who may do what to which collection. Deny by default; every denial is noted by the vault."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What can be done to a collection."""

    SEARCH = "search"
    """Ask, and see the passages, pages and the list of documents."""
    INGEST = "ingest"
    """Add documents."""
    MANAGE = "manage"
    """Delete documents, change members, delete the collection."""


class Role(StrEnum):
    """What a member of a collection is."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    MANAGER = "manager"

    def allows(self, action: Action) -> bool:
        """Whether a member with this role may do `action`."""
        return action in _ALLOWED[self]


_ALLOWED = {
    Role.READER: {Action.SEARCH},
    Role.CONTRIBUTOR: {Action.SEARCH, Action.INGEST},
    Role.MANAGER: {Action.SEARCH, Action.INGEST, Action.MANAGE},
}
