"""Roles and what they allow. Everything else is denied, and `vault.ledger.members` records each refusal."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Something that a user can do to a collection."""

    SEARCH = "search"
    """Ask questions, and see passages, pages and the list of documents."""
    INGEST = "ingest"
    """Add documents."""
    MANAGE = "manage"
    """Delete documents, change members, delete the collection."""


class Role(StrEnum):
    """The role of a member in a collection."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    MANAGER = "manager"

    def allows(self, action: Action) -> bool:
        """Return whether a member with this role may do `action`."""
        return action in _ALLOWED[self]


_ALLOWED = {
    Role.READER: {Action.SEARCH},
    Role.CONTRIBUTOR: {Action.SEARCH, Action.INGEST},
    Role.MANAGER: {Action.SEARCH, Action.INGEST, Action.MANAGE},
}
