"""Browsers that are signed in, kept over a restart: digests of their secrets only, which open nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vault.store.database import Database


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session as it is kept."""

    digest: str
    """SHA-256 of its secret, in hexadecimal digits."""
    conversation: str
    """The name of the conversation that belongs to it; several sessions of one browser share it."""
    seen: datetime
    """When it was last used."""


class SessionStore:
    """The part of the vault that keeps sessions."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self, *, user: str) -> list[KeptSession]:
        """Every session of the user."""
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM sessions WHERE user = ?", (user,)).fetchall()
        return [
            KeptSession(row["digest"], row["conversation"], datetime.fromisoformat(row["seen"]))
            for row in rows
        ]

    def add(self, session: KeptSession, *, user: str) -> None:
        """Keep a new session."""
        with self._db.write() as db:
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?)",
                (session.digest, session.conversation, user, session.seen.isoformat()),
            )

    def note_seen(self, seen: dict[str, datetime]) -> None:
        """Note when sessions (by digest) were last used."""
        with self._db.write() as db:
            db.executemany(
                "UPDATE sessions SET seen = ? WHERE digest = ?",
                [(at.isoformat(), digest) for digest, at in seen.items()],
            )

    def end(self, conversation: str) -> None:
        """End the sessions that share a conversation, and remove it; the records of its answers stay."""
        with self._db.write() as db:
            db.execute("DELETE FROM sessions WHERE conversation = ?", (conversation,))
            db.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))

    def sweep(self, before: datetime | None) -> None:
        """End the sessions that were not used since `before` (UTC), or all when it is None, and remove the
        conversations that no session is left of."""
        with self._db.write() as db:
            if before is None:
                db.execute("DELETE FROM sessions")
            else:
                db.execute("DELETE FROM sessions WHERE seen < ?", (before.isoformat(),))
            db.execute("DELETE FROM turns WHERE conversation NOT IN (SELECT conversation FROM sessions)")
