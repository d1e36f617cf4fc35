"""Users of the vault, members of collections and walls."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import SecretStr, field_serializer

from ui.interface.schemas.base import Request, Result
from vault.access import Role
from vault.ledger.accounts import User
from vault.ledger.members import Member
from vault.ledger.walls import Wall


class UserEntry(Result):
    """A user of the vault, as administrators see them."""

    name: str
    administrator: bool
    auditor: bool
    locked: str
    """Since when (UTC, ISO 8601), or empty."""
    password: bool
    """Whether they have one."""
    temporary: bool
    """Whether it must be changed first."""
    added: str
    """UTC, ISO 8601."""

    @classmethod
    def of(cls, user: User) -> UserEntry:
        """Return the entry of a user."""
        return cls(**asdict(user))


class NewUser(Request):
    """A user to add."""

    name: str
    administrator: bool = False
    auditor: bool = False
    password: bool = True
    """Whether they get a temporary password; without one, they act without any proof on this machine."""


class UserAdded(Result):
    """A user who was added, or whose password was reset."""

    name: str
    password: str
    """Temporary: it works once, to choose another. Shown here only. Empty for a user without one."""


class UserName(Request):
    """Which user is meant."""

    name: str


class UserRoles(Request):
    """Roles in the whole vault to give or take; null leaves one as it is."""

    name: str
    administrator: bool | None = None
    auditor: bool | None = None


class NewPassword(Request):
    """A password of one's own to choose."""

    current: SecretStr | None = None
    """The present one, also a temporary one; null for a user who has none."""
    new: SecretStr

    @field_serializer("current", "new")
    def _write(self, value: SecretStr | None) -> str | None:
        return None if value is None else value.get_secret_value()


class MemberEntry(Result):
    """A member of a collection."""

    user: str
    role: Role
    walled: bool
    """Whether a wall keeps them out all the same."""
    locked: bool
    """Whether their account is locked."""

    @classmethod
    def of(cls, member: Member) -> MemberEntry:
        """Return the entry of a member."""
        return cls(**asdict(member))


class MemberChange(Request):
    """A role to give to a user in a collection, or to take away."""

    collection: str
    user: str
    role: Role | None
    """Null takes the membership away."""


class ManagerAppointment(Request):
    """A manager for a collection whose managers are all locked."""

    collection: str
    user: str


class WallEntry(Result):
    """A wall around a collection."""

    user: str
    """Whom it keeps out."""
    reason: str
    raised_by: str
    raised: str
    """UTC, ISO 8601."""

    @classmethod
    def of(cls, wall: Wall) -> WallEntry:
        """Return the entry of a wall."""
        return cls(**asdict(wall))


class WallChange(Request):
    """A wall to raise or to lift."""

    collection: str
    user: str
    reason: str


class CollectionRenaming(Request):
    """A new name for a collection."""

    collection: str
    name: str


class CollectionDeletion(Request):
    """A collection to delete."""

    collection: str


class CollectionArchiving(Request):
    """Whether a collection is archived: searched only, and left out where no collection is named."""

    collection: str
    archived: bool = True
