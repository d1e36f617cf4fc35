"""Browsers that are signed in, stored so that they stay signed in after a restart.

Only a digest of each session's secret is stored. Nobody can sign in with a digest.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from vault.database.database import Database
from vault.log.events import Event
from vault.log.log import Log


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session as it is stored."""

    digest: str
    """SHA-256 of its secret, in hexadecimal digits."""
    conversation: str
    """The name of its conversation. Several sessions of one browser share a conversation."""
    seen: datetime
    """When it was last used (UTC)."""


class SessionStore:
    """Reads and writes sessions."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log

    def all(self, *, user: str) -> list[StoredSession]:
        """Return every session of the user."""
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM sessions WHERE user = ?", (user,)).fetchall()
        return [
            StoredSession(row["digest"], row["conversation"], datetime.fromisoformat(row["seen"]))
            for row in rows
        ]

    def add(self, session: StoredSession, *, user: str) -> None:
        """Store a new session."""
        with self._db.write() as db:
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?)",
                (session.digest, session.conversation, user, session.seen.isoformat()),
            )
            self._log.append(Event.SIGNED_IN, user=user, facts={"session": session.digest[:12]}, within=db)

    def note_seen(self, seen: dict[str, datetime]) -> None:
        """Store when sessions were last used: time (UTC) by digest."""
        with self._db.write() as db:
            db.executemany(
                "UPDATE sessions SET seen = ? WHERE digest = ?",
                [(at.isoformat(), digest) for digest, at in seen.items()],
            )

    def end(self, conversation: str) -> None:
        """End the sessions that share a conversation, and remove the conversation. The records of its answers
        stay."""
        with self._db.write() as db:
            self._note_end(db, conversation)
            db.execute("DELETE FROM sessions WHERE conversation = ?", (conversation,))
            db.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))

    def sweep(self, before: datetime | None) -> None:
        """End the sessions that were last used before `before` (UTC), or all with None.

        Conversations without a session are removed.
        """
        with self._db.write() as db:
            if before is None:
                self._note_end(db, None)
                db.execute("DELETE FROM sessions")
            else:
                db.execute("DELETE FROM sessions WHERE seen < ?", (before.isoformat(),))
            db.execute("DELETE FROM turns WHERE conversation NOT IN (SELECT conversation FROM sessions)")

    def _note_end(self, db: sqlite3.Connection, conversation: str | None) -> None:
        """Log that the sessions of a conversation are ended, or all with None."""
        rows = db.execute(
            "SELECT digest, user FROM sessions WHERE ?1 IS NULL OR conversation = ?1", (conversation,)
        ).fetchall()
        for row in rows:
            facts = {"session": row["digest"][:12]}
            self._log.append(Event.SIGNED_OUT, user=row["user"], facts=facts, within=db)
