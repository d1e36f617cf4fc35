"""The users of a vault, and the collections that each of them belongs to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from vault.access import Action, Decision, Reason, Role, decide
from vault.bearers import may_administer, permits
from vault.database.database import Database
from vault.errors import AccessDenied, CollectionNotFound, LastOfRole, UserNotFound, WallStands
from vault.ledger.standing import StandingTowards, searchable, standing_formerly, standing_towards
from vault.log.events import Entry, Event
from vault.log.log import Log
from vault.log.selection import Selection
from vault.process.clock import utc_now


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """A collection in a list: what a member sees of it without opening it."""

    id: str
    name: str
    role: Role
    """The role of the member who asked for the list."""
    created: str
    """UTC, ISO 8601."""
    archived: bool = False
    """Whether it is kept to be read only, and left out where no collection is named."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a collection."""

    user: str
    role: Role
    walled: bool
    """Whether a wall keeps the member out all the same."""
    locked: bool
    """Whether the member's account is locked."""


class MemberStore:
    """Reads and writes users and memberships. What is refused is in the log."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log

    def add_user(self, name: str) -> None:
        """Add a user. An existing user stays unchanged."""
        with self._db.write() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO users (name, administrator, added) VALUES (?, 0, ?)", (name, utc_now())
            )
            if added.rowcount:
                self._log.append(Event.USER_ADDED, user="", facts={"added": name}, within=db)

    def is_administrator(self, user: str) -> bool:
        """Return whether the user may change what all collections share. A locked user may not."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT u.administrator FROM users u LEFT JOIN accounts a ON a.user = u.name"
                " WHERE u.name = ? AND coalesce(a.locked, '') = ''",
                (user,),
            ).fetchone()
        return row is not None and bool(row["administrator"]) and may_administer(user)

    def is_auditor(self, user: str) -> bool:
        """Return whether the user may read the log of the whole vault. A locked user may not."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT auditor FROM accounts WHERE user = ? AND locked = ''", (user,)
            ).fetchone()
        return row is not None and bool(row["auditor"]) and may_administer(user)

    def collections(self, *, user: str) -> list[CollectionEntry]:
        """Return the collections that `user` may search, sorted by name, archived ones too."""
        with self._db.read() as db:
            return [_entry(towards) for towards in searchable(db, user)]

    def decide(self, name: str, *, user: str, action: Action) -> Decision:
        """Return whether `user` may do `action` to the collection `name`, and why. Nothing is recorded."""
        with self._db.read() as db:
            towards = standing_towards(db, user, name)
        return Decision(user, towards.id, action, _reason(towards, user, action))

    def authorise(self, name: str, *, user: str, action: Action) -> CollectionEntry:
        """Return the entry of the collection `name` if `user` may do `action` to it; record a refusal.

        Raises CollectionNotFound for an unknown name, a wall, and a user who is not a member, because the
        existence of a matter is itself confidential: the three refusals say the same and do the same. Raises
        AccessDenied when the member's role does not allow the action, and for a user who is locked.
        """
        with self._db.read() as db:
            towards = standing_towards(db, user, name)
            renamed = standing_formerly(db, user, name)
        reason = _reason(towards, user, action)
        if reason is Reason.ROLE_ALLOWS:
            return _entry(towards)
        self._add_denial(Decision(user, towards.id, action, reason))
        if reason is Reason.LOCKED:
            raise AccessDenied(
                f"The account of {user!r} is locked. An administrator can unlock it: incamera users unlock"
            )
        if reason.hides:
            if not towards.id and decide(renamed.standing, Action.SEARCH) is Reason.ROLE_ALLOWS:
                raise CollectionNotFound(f"The collection {name!r} is now called {renamed.name!r}.")
            raise CollectionNotFound(
                f"There is no collection named {name!r} for user {user!r}. See: incamera collections"
            )
        if reason is Reason.ARCHIVED:
            raise AccessDenied(
                f"{towards.name!r} is archived: it can be searched, and nothing can be added. A manager of "
                f"the collection can change that: incamera collections archive {towards.name!r} --restore"
            )
        if reason is Reason.TOKEN:
            raise AccessDenied(
                f"This token of {str(user)!r} may not {action.value}. Make one that may: incamera tokens add "
                f"NAME --may {action.value}"
            )
        role = towards.standing.role
        assert role is not None
        raise AccessDenied(
            f"{user!r} is a {role.value} of {towards.name!r} and may not {action.value}. "
            "A manager of the collection can change that."
        )

    def present_name(self, name: str, *, user: str) -> str:
        """Return what a collection is called now that was called `name` when an answer cited it.

        A name that the user may not know, or that no collection had, is returned as it is.
        """
        with self._db.read() as db:
            if standing_towards(db, user, name).id:
                return name
            towards = standing_formerly(db, user, name)
        return towards.name if decide(towards.standing, Action.SEARCH) is Reason.ROLE_ALLOWS else name

    # --- members ------------------------------------------------------------------------------

    def members(self, collection: str, *, user: str) -> list[Member]:
        """Return the members of a collection (its name), sorted by name.

        Every member may see who else is one. Raises as `authorise` does.
        """
        entry = self.authorise(collection, user=user, action=Action.SEARCH)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT m.user, m.role, w.user IS NOT NULL AS walled, coalesce(a.locked, '') <> '' AS locked"
                " FROM members m LEFT JOIN walls w ON w.collection = m.collection AND w.user = m.user"
                " LEFT JOIN accounts a ON a.user = m.user WHERE m.collection = ? ORDER BY m.user",
                (entry.id,),
            ).fetchall()
        return [Member(r["user"], Role(r["role"]), bool(r["walled"]), bool(r["locked"])) for r in rows]

    def set_member(self, collection: str, member: str, role: Role | None, *, user: str) -> None:
        """Give `member` a role in a collection (its name), or take the role away with None.

        `user` must manage the collection. Raises UserNotFound, WallStands when a wall keeps the new member
        out, LastOfRole when nobody would manage the collection any more, and as `authorise` does.
        """
        entry = self.authorise(collection, user=user, action=Action.MANAGE)
        with self._db.write() as db:
            if role is not None:
                require_user(db, member)
                require_no_wall(db, entry, member)
            db.execute("DELETE FROM members WHERE collection = ? AND user = ?", (entry.id, member))
            if role is not None:
                db.execute("INSERT INTO members VALUES (?, ?, ?)", (entry.id, member, role.value))
            require_manager(db, entry)
            facts = {"member": member, "role": role and role.value}
            self._log.append(Event.MEMBER_CHANGED, user=user, collections=[entry.id], facts=facts, within=db)

    def appoint_manager(self, collection: str, member: str, *, user: str) -> None:
        """Make `member` the manager of a collection whose managers are all locked or walled off.

        Only an administrator may, and for somebody else: to administer the vault opens no matter. Raises
        AccessDenied, CollectionNotFound, UserNotFound, WallStands.
        """
        if not self.is_administrator(user) or member == user:
            self._log.refuse(user, "appoint a manager")
            raise AccessDenied("Only an administrator may appoint a manager, and only somebody else.")
        with self._db.write() as db:
            towards = standing_towards(db, member, collection)
            if not towards.id or _has_manager(db, towards.id):
                raise CollectionNotFound(f"There is no collection named {collection!r} without a manager.")
            require_user(db, member)
            require_no_wall(db, towards, member)
            db.execute("DELETE FROM members WHERE collection = ? AND user = ?", (towards.id, member))
            db.execute("INSERT INTO members VALUES (?, ?, ?)", (towards.id, member, Role.MANAGER.value))
            self._log.append(
                Event.MANAGER_APPOINTED, user=user, collections=[towards.id], facts={"member": member},
                within=db,
            )  # fmt: skip

    # --- refusals -----------------------------------------------------------------------------

    def denials(self) -> list[tuple[str, str, str]]:
        """Return (user, collection id, action) of every refusal about a collection, oldest first.

        The id is empty for a name that no collection has.
        """
        return [
            (entry.user, "".join(entry.collections[:1]), str(entry.facts["action"]))
            for entry in self._refusals()
            if entry.collections or "reason" in entry.facts
        ]

    def reasons(self) -> list[Reason]:
        """Return the reason of every refusal about a collection, oldest first; those of earlier versions have
        none."""
        return [Reason(entry.facts["reason"]) for entry in self._refusals() if "reason" in entry.facts]

    def _refusals(self) -> Iterable[Entry]:
        return reversed(self._log.entries(Selection(events=(Event.ACCESS_DENIED,))))

    def _add_denial(self, decision: Decision) -> None:
        """Log a refusal, also of a name that does not exist: it takes as long as that of one that does, and
        somebody may be trying names.

        On a disk that takes nothing more, it is refused all the same.
        """
        collections = [decision.collection] if decision.collection else []
        self._log.refuse(
            decision.user, decision.action.value, collections=collections, reason=decision.reason.value
        )


def require_user(db: sqlite3.Connection, name: str) -> None:
    """Raise UserNotFound unless the vault has this user."""
    if not db.execute("SELECT 1 FROM users WHERE name = ?", (name,)).fetchone():
        raise UserNotFound(
            f"There is no user named {name!r}. An administrator can add one: incamera users add"
        )


def require_no_wall(db: sqlite3.Connection, entry: CollectionEntry | StandingTowards, member: str) -> None:
    """Raise WallStands if a wall keeps the user out of the collection."""
    if db.execute("SELECT 1 FROM walls WHERE collection = ? AND user = ?", (entry.id, member)).fetchone():
        raise WallStands(
            f"A wall keeps {member!r} out of {entry.name!r}. Lift it first, if that is right: "
            f"incamera collections wall {entry.name!r} {member!r} --lift"
        )


def require_manager(db: sqlite3.Connection, entry: CollectionEntry) -> None:
    """Raise LastOfRole if no user is left who can manage the collection."""
    if not _has_manager(db, entry.id):
        raise LastOfRole(f"Then nobody would manage {entry.name!r}. Make somebody else its manager first.")


def _reason(towards: StandingTowards, user: str, action: Action) -> Reason:
    """Return why the user may do something or not, the limits of a token included."""
    reason = decide(towards.standing, action)
    return Reason.TOKEN if reason is Reason.ROLE_ALLOWS and not permits(user, action) else reason


def _has_manager(db: sqlite3.Connection, collection: str) -> bool:
    found = db.execute(
        "SELECT 1 FROM members m LEFT JOIN accounts a ON a.user = m.user"
        " LEFT JOIN walls w ON w.collection = m.collection AND w.user = m.user"
        " WHERE m.collection = ? AND m.role = ? AND coalesce(a.locked, '') = '' AND w.user IS NULL",
        (collection, Role.MANAGER.value),
    ).fetchone()
    return found is not None


def _entry(towards: StandingTowards) -> CollectionEntry:
    standing = towards.standing
    assert standing.role is not None
    return CollectionEntry(towards.id, towards.name, standing.role, towards.created, standing.archived)
