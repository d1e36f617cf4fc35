"""Browsers that are signed in, stored so that they stay signed in after a restart.

Only a digest of each session's secret is stored. Nobody can sign in with a digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vault.database.database import Database


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

    def __init__(self, db: Database) -> None:
        self._db = db

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
            db.execute("DELETE FROM sessions WHERE conversation = ?", (conversation,))
            db.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))

    def sweep(self, before: datetime | None) -> None:
        """End the sessions that were last used before `before` (UTC), or all with None.

        Conversations without a session are removed.
        """
        with self._db.write() as db:
            if before is None:
                db.execute("DELETE FROM sessions")
            else:
                db.execute("DELETE FROM sessions WHERE seen < ?", (before.isoformat(),))
            db.execute("DELETE FROM turns WHERE conversation NOT IN (SELECT conversation FROM sessions)")
