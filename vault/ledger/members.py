"""The users of a vault, and the collections that each of them belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from vault.access import Action, Role
from vault.database.database import Database
from vault.errors import AccessDenied, CollectionNotFound
from vault.log.events import Event, Result
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


class MemberStore:
    """Reads and writes users and memberships. What is refused is in the log."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log

    def add_user(self, name: str) -> None:
        """Add a user. An existing user stays unchanged."""
        with self._db.write() as db:
            added = db.execute("INSERT OR IGNORE INTO users VALUES (?, 0, ?)", (name, utc_now()))
            if added.rowcount:
                self._log.append(Event.USER_ADDED, user="", facts={"added": name}, within=db)

    def is_administrator(self, user: str) -> bool:
        """Return whether the user may change what all collections share."""
        with self._db.read() as db:
            row = db.execute("SELECT administrator FROM users WHERE name = ?", (user,)).fetchone()
        return row is not None and bool(row["administrator"])

    def collections(self, *, user: str) -> list[CollectionEntry]:
        """Return the collections that `user` is a member of, sorted by name."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT c.id, c.name, c.created, m.role FROM collections c"
                " JOIN members m ON m.collection = c.id WHERE m.user = ? ORDER BY c.name COLLATE NOCASE",
                (user,),
            ).fetchall()
        return [CollectionEntry(row["id"], row["name"], Role(row["role"]), row["created"]) for row in rows]

    def set_member(self, collection: str, member: str, role: Role | None, *, user: str) -> None:
        """Give `member` a role in a collection (its name), or take the role away with None.

        `user` must manage the collection. Raises as `authorise` does.
        """
        entry = self.authorise(collection, user=user, action=Action.MANAGE)
        with self._db.write() as db:
            db.execute("DELETE FROM members WHERE collection = ? AND user = ?", (entry.id, member))
            if role is not None:
                db.execute("INSERT INTO members VALUES (?, ?, ?)", (entry.id, member, role.value))
            facts = {"member": member, "role": role and role.value}
            self._log.append(Event.MEMBER_CHANGED, user=user, collections=[entry.id], facts=facts, within=db)

    def authorise(self, name: str, *, user: str, action: Action) -> CollectionEntry:
        """Return the entry of the collection `name` if `user` may do `action` to it; record a refusal.

        Raises CollectionNotFound for an unknown name and for a user who is not a member, because the
        existence of a matter is itself confidential. Raises AccessDenied when the member's role does not
        allow the action.
        """
        with self._db.read() as db:
            row = db.execute(
                "SELECT c.id, c.name, c.created, m.role FROM collections c"
                " LEFT JOIN members m ON m.collection = c.id AND m.user = ? WHERE c.name = ?",
                (user, name),
            ).fetchone()
        if row is None or row["role"] is None:
            # Also for a name that nothing has: it takes as long, and somebody may be trying names.
            self._add_denial(user, None if row is None else row["id"], action)
            raise CollectionNotFound(
                f"There is no collection named {name!r} for user {user!r}. See: incamera collections"
            )
        role = Role(row["role"])
        if not role.allows(action):
            self._add_denial(user, row["id"], action)
            raise AccessDenied(
                f"{user!r} is a {role.value} of {row['name']!r} and may not {action.value}. "
                "A manager of the collection can change that."
            )
        return CollectionEntry(row["id"], row["name"], role, row["created"])

    def denials(self) -> list[tuple[str, str, str]]:
        """Return (user, collection id, action) of every refusal about a collection, oldest first."""
        entries = reversed(self._log.entries(Selection(events=(Event.ACCESS_DENIED,))))
        return [
            (entry.user, entry.collections[0], entry.facts["action"])
            for entry in entries
            if entry.collections
        ]

    def _add_denial(self, user: str, collection_id: str | None, action: Action) -> None:
        self._log.append(
            Event.ACCESS_DENIED, user=user, collections=[collection_id] if collection_id else [],
            result=Result.DENIED, facts={"action": action.value},
        )  # fmt: skip
