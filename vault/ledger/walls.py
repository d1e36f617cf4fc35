"""Walls: a user never sees a collection, whatever their role. A wall is raised and lifted with a reason."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from vault.access import Action
from vault.database.database import Database
from vault.errors import AccessDenied, WallStands
from vault.ledger.members import MemberStore, require_manager, require_user
from vault.log.events import Event
from vault.log.log import Log
from vault.process.clock import utc_now


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall that stands between a user and a collection."""

    user: str
    """Whom it keeps out."""
    reason: str
    raised_by: str
    raised: str
    """UTC, ISO 8601."""


class WallStore:
    """Raises, lists and lifts walls. Only the managers of a collection may."""

    def __init__(self, db: Database, members: MemberStore, log: Log) -> None:
        self._db = db
        self._log = log
        self._members = members

    def all(self, collection: str, *, user: str) -> list[Wall]:
        """Return the walls around a collection (its name). Raises as `MemberStore.authorise` does."""
        entry = self._members.authorise(collection, user=user, action=Action.MANAGE)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT user, reason, raised_by, raised FROM walls WHERE collection = ? ORDER BY user",
                (entry.id,),
            ).fetchall()
        return [Wall(row["user"], row["reason"], row["raised_by"], row["raised"]) for row in rows]

    def raise_wall(self, collection: str, walled: str, reason: str, *, user: str) -> None:
        """Keep `walled` out of a collection from now on; a membership stays and means nothing meanwhile.

        Raises UserNotFound, WallStands when there is one already or the reason is empty, AccessDenied for a
        wall around oneself, LastOfRole when nobody would manage the collection any more, and as
        `MemberStore.authorise` does.
        """
        entry = self._members.authorise(collection, user=user, action=Action.MANAGE)
        if walled == user:
            self._log.refuse(user, "raise a wall around oneself", collections=[entry.id])
            raise AccessDenied("You cannot raise a wall around yourself. Another manager can.")
        with self._db.write() as db:
            require_user(db, walled)
            if db.execute(
                "SELECT 1 FROM walls WHERE collection = ? AND user = ?", (entry.id, walled)
            ).fetchone():
                raise WallStands(f"A wall keeps {walled!r} out of {entry.name!r} already.")
            _require_reason(reason)
            db.execute(
                "INSERT INTO walls VALUES (?, ?, ?, ?, ?)",
                (entry.id, walled, reason.strip(), user, utc_now()),
            )
            require_manager(db, entry)
            self._note(db, Event.WALL_RAISED, entry.id, walled, reason, user)

    def lift(self, collection: str, walled: str, reason: str, *, user: str) -> None:
        """Remove a wall. A membership that the user had counts again.

        Raises WallStands when there is none or the reason is empty, and as `MemberStore.authorise` does.
        """
        entry = self._members.authorise(collection, user=user, action=Action.MANAGE)
        with self._db.write() as db:
            _require_reason(reason)
            if not db.execute(
                "DELETE FROM walls WHERE collection = ? AND user = ?", (entry.id, walled)
            ).rowcount:
                raise WallStands(f"No wall keeps {walled!r} out of {entry.name!r}.")
            self._note(db, Event.WALL_LIFTED, entry.id, walled, reason, user)

    def _note(
        self, db: sqlite3.Connection, event: Event, collection: str, walled: str, reason: str, user: str
    ) -> None:
        self._log.append(
            event, user=user, collections=[collection], facts={"whom": walled, "documents": []},
            content={"reason": reason.strip()}, within=db,
        )  # fmt: skip


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise WallStands("A wall is raised and lifted for a reason. Say it in a few words.")
