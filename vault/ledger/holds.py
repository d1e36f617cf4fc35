"""Legal holds, which refuse that something is deleted or replaced, and retention dates."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from vault.access import Action
from vault.database.database import Database
from vault.errors import Held, HoldNotFound, RequestInvalid
from vault.ledger.members import MemberStore
from vault.log.events import Event, Result
from vault.log.log import Log
from vault.process.clock import utc_now

_SHORTEST_PREFIX = 4
"""Digits of a hold's id that are enough to name it."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold on a document or on a whole collection."""

    id: str
    collection: str
    """Name of the collection."""
    sha256: str
    """The document; empty for the whole collection."""
    reason: str
    user: str
    """Who set it."""
    at: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Retention:
    """The day until which a document or a whole collection is to be kept."""

    collection: str
    """Name of the collection."""
    sha256: str
    """The document; empty for the whole collection."""
    until: str
    """The last day, ISO 8601."""
    held: bool
    """Whether a legal hold refuses its deletion, whatever the day."""


class HoldStore:
    """Reads and writes holds and retention dates. Managers of a collection set and release them."""

    def __init__(self, db: Database, members: MemberStore, log: Log) -> None:
        self._db = db
        self._members = members
        self._log = log

    def set(self, collection: str, reason: str, *, user: str, sha256: str = "") -> Hold:
        """Hold a document (sha256) of a collection (its name), or all of the collection.

        Raises RequestInvalid without a reason, and as `MemberStore.authorise` does.
        """
        entry = self._members.authorise(collection, user=user, action=Action.MANAGE)
        reason = _given(reason, "set a legal hold")
        hold = Hold(uuid.uuid4().hex[:12], entry.name, sha256, reason, user, utc_now())
        with self._db.write() as db:
            db.execute(
                "INSERT INTO holds VALUES (?, ?, ?, ?, ?, ?)",
                (hold.id, entry.id, sha256, reason, user, hold.at),
            )
            self._log.append(
                Event.HOLD_SET, user=user, collections=[entry.id],
                facts={"hold": hold.id, "documents": [sha256] if sha256 else []},
                content={"reason": reason}, within=db,
            )  # fmt: skip
        return hold

    def release(self, prefix: str, reason: str, *, user: str) -> Hold:
        """Release the hold whose id begins with `prefix`, for a reason that the log keeps.

        Raises HoldNotFound, also for a hold in a collection that the user does not belong to, RequestInvalid
        without a reason, and AccessDenied when the user does not manage the collection.
        """
        reason = _given(reason, "release a legal hold")
        found = [hold for hold in self.all(user=user) if hold.id.startswith(prefix)]
        if len(prefix) < _SHORTEST_PREFIX or len(found) != 1:
            raise HoldNotFound(
                f"{len(found) or 'No'} legal holds have an id that begins with {prefix!r}. "
                f"Give at least {_SHORTEST_PREFIX} digits, as `incamera holds` shows them."
            )
        hold = found[0]
        entry = self._members.authorise(hold.collection, user=user, action=Action.MANAGE)
        with self._db.write() as db:
            db.execute("DELETE FROM holds WHERE id = ?", (hold.id,))
            self._log.append(
                Event.HOLD_RELEASED, user=user, collections=[entry.id],
                facts={"hold": hold.id, "documents": [hold.sha256] if hold.sha256 else []},
                content={"reason": reason}, within=db,
            )  # fmt: skip
        return hold

    def all(self, *, user: str) -> list[Hold]:
        """Return the holds in the collections that the user is a member of, oldest first."""
        names = {entry.id: entry.name for entry in self._members.collections(user=user)}
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM holds ORDER BY at, id").fetchall()
        return [
            Hold(row["id"], names[row["collection"]], row["sha256"], row["reason"], row["user"], row["at"])
            for row in rows
            if row["collection"] in names
        ]

    def check(self, collection: str, sha256s: Iterable[str], *, user: str) -> None:
        """Raise Held if a hold is on the collection (its id) or on one of its documents; log that."""
        with self._db.read() as db:
            held = {
                row["sha256"]: row["id"]
                for row in db.execute("SELECT * FROM holds WHERE collection = ?", (collection,))
            }
        found = [sha256 for sha256 in ("", *sha256s) if sha256 in held]
        if not found:
            return
        self._log.append(
            Event.HOLD_REFUSED, user=user, collections=[collection], result=Result.DENIED,
            facts={"hold": held[found[0]], "documents": [sha256 for sha256 in found if sha256]},
        )  # fmt: skip
        what = f"The document {found[0][:12]}" if found[0] else "The collection"
        raise Held(
            f"{what} is under legal hold ({held[found[0]]}), so nothing of it is deleted or replaced. See: "
            "incamera holds. A manager can end the hold: incamera holds release ID --reason TEXT"
        )

    def check_of(self, collection: str) -> Callable[[Iterable[str]], None]:
        """Return `check` for documents of one collection (its id) that newer versions would replace."""

        def check(sha256s: Iterable[str]) -> None:
            if replaced := list(sha256s):
                self.check(collection, replaced, user="")

        return check

    def keep_until(self, collection: str, until: date | None, *, user: str, sha256: str = "") -> None:
        """Set the last day on which a document, or a collection (its name), is to be kept; None: no such day.

        Raises as `MemberStore.authorise` does.
        """
        entry = self._members.authorise(collection, user=user, action=Action.MANAGE)
        with self._db.write() as db:
            db.execute("DELETE FROM retention WHERE collection = ? AND sha256 = ?", (entry.id, sha256))
            if until is not None:
                db.execute("INSERT INTO retention VALUES (?, ?, ?)", (entry.id, sha256, until.isoformat()))
            self._log.append(
                Event.RETENTION_SET, user=user, collections=[entry.id],
                facts={"until": until and until.isoformat(), "documents": [sha256] if sha256 else []},
                within=db,
            )  # fmt: skip

    def retention(self, *, user: str, due: date | None = None) -> list[Retention]:
        """Return the retention dates in the user's collections, earliest first; with `due`, those before it.

        A document that was purged has none.
        """
        names = {entry.id: entry.name for entry in self._members.collections(user=user)}
        with self._db.read() as db:
            rows = db.execute(
                "SELECT r.*, EXISTS (SELECT 1 FROM holds h WHERE h.collection = r.collection"
                " AND (h.sha256 = '' OR h.sha256 = r.sha256 OR r.sha256 = '')) AS held"
                " FROM retention r WHERE ? IS NULL OR r.until < ? ORDER BY r.until, r.collection, r.sha256",
                (due and due.isoformat(), due and due.isoformat()),
            ).fetchall()
        return [
            Retention(names[row["collection"]], row["sha256"], row["until"], bool(row["held"]))
            for row in rows
            if row["collection"] in names
        ]


def remove_dates(db: sqlite3.Connection, collection: str, sha256s: Iterable[str] | None) -> None:
    """Remove the retention dates of documents that are purged; None for all of the collection (its id)."""
    if sha256s is None:
        db.execute("DELETE FROM retention WHERE collection = ?", (collection,))
    else:
        db.executemany(
            "DELETE FROM retention WHERE collection = ? AND sha256 = ?",
            [(collection, sha256) for sha256 in sha256s],
        )


def _given(reason: str, act: str) -> str:
    if not reason.strip():
        raise RequestInvalid(f"To {act}, give a reason: the log keeps it.")
    return reason.strip()
