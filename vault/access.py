"""Who may do what: roles, walls, and the reason of each decision. Everything that is not allowed is refused.

`decide` is the only place where a right is decided; `vault.ledger.members` asks it and records refusals.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """Something that a user can do to a collection."""

    SEARCH = "search"
    """Ask questions, and see passages, pages and the list of documents."""
    INGEST = "ingest"
    """Add documents."""
    MANAGE = "manage"
    """Delete documents, change members and walls, rename, archive and delete the collection."""


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


class Reason(StrEnum):
    """Why something is allowed or refused."""

    ROLE_ALLOWS = "the role allows it"
    LOCKED = "the user is locked"
    NO_USER = "there is no such user"
    NO_COLLECTION = "there is no such collection"
    WALL = "a wall stands between the user and the collection"
    NO_MEMBER = "the user is not a member"
    NOT_REACHED = "the token does not reach the collection"
    ROLE = "the role does not allow it"
    ARCHIVED = "the collection is archived"
    TOKEN = "the token does not permit it"  # noqa: S105

    @property
    def hides(self) -> bool:
        """Whether the user must not learn from the refusal that the collection exists."""
        return self in (
            Reason.NO_USER, Reason.NO_COLLECTION, Reason.WALL, Reason.NO_MEMBER, Reason.NOT_REACHED
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a user stands towards a collection.

    To be an administrator or auditor of the vault is no part of it: neither opens a collection.
    """

    known: bool
    """Whether the vault has this user."""
    locked: bool = False
    exists: bool = False
    """Whether there is such a collection."""
    walled: bool = False
    role: Role | None = None
    archived: bool = False
    reached: bool = True
    """Whether the token of a program, if it is one, reaches the collection."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a user may do something to a collection, and why."""

    user: str
    collection: str
    """Id of the collection, or empty if there is none."""
    action: Action
    reason: Reason

    @property
    def allowed(self) -> bool:
        """Whether the user may do it."""
        return self.reason is Reason.ROLE_ALLOWS


def decide(standing: Standing, action: Action) -> Reason:
    """Return the reason for which `action` is allowed or refused. A wall is stronger than any role."""
    if standing.locked:
        return Reason.LOCKED
    if not standing.known:
        return Reason.NO_USER
    if not standing.exists:
        return Reason.NO_COLLECTION
    if standing.walled:
        return Reason.WALL
    if standing.role is None:
        return Reason.NO_MEMBER
    if not standing.reached:
        return Reason.NOT_REACHED
    if not standing.role.allows(action):
        return Reason.ROLE
    if standing.archived and action is Action.INGEST:
        return Reason.ARCHIVED
    return Reason.ROLE_ALLOWS
