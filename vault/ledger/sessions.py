"""Browsers that are signed in, stored so that they stay signed in after a restart.

Only a digest of each session's secret is stored. Nobody can sign in with a digest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vault.database.database import Database
from vault.log.events import Event
from vault.log.log import Log

ID_DIGITS = 12
"""Of the digest, which name a session in lists and in the log."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session as it is stored."""

    digest: str
    """SHA-256 of its secret, in hexadecimal digits."""
    conversation: str
    """The name of its conversation. Several sessions of one browser share a conversation."""
    seen: datetime
    """When it was last used (UTC)."""
    user: str
    begun: datetime
    """When it was signed in (UTC); of those of earlier versions, when they were last used."""
    browser: str = ""
    """What the browser calls itself, in a few words, or empty."""
    ended: bool = False
    """Whether it is kept only for its conversation, which comes back when its browser signs in again."""


class SessionStore:
    """Reads and writes sessions."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log
        self.on_user_ended: Callable[[str], None] = lambda _: None
        """Called with a user whose sessions have all ended, for the server, which knows them by heart."""

    def all(self) -> list[StoredSession]:
        """Return every session of every user."""
        with self._db.read() as db:
            return [_session(row) for row in db.execute("SELECT * FROM sessions")]

    def add(self, session: StoredSession) -> None:
        """Store a new session."""
        with self._db.write() as db:
            db.execute(
                "INSERT INTO sessions (digest, conversation, user, seen, begun, browser)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (session.digest, session.conversation, session.user, session.seen.isoformat(),
                 session.begun.isoformat(), session.browser),
            )  # fmt: skip
            facts = {"session": session.digest[:ID_DIGITS]}
            self._log.append(Event.SIGNED_IN, user=session.user, facts=facts, within=db)

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

    def end_one(self, digest: str, *, by: str) -> None:
        """End one session, as the user `by` wants. Its conversation comes back when its browser signs in
        again."""
        with self._db.write() as db:
            self._note_ended(db, by, digest=digest)
            db.execute("UPDATE sessions SET ended = 1 WHERE digest = ?", (digest,))

    def end_user(self, user: str, *, by: str, conversations: bool = False) -> None:
        """End every session of a user, as the user `by` wants; with `conversations`, remove their
        conversations too."""
        with self._db.write() as db:
            self._note_ended(db, by, user=user)
            if conversations:
                db.execute(
                    "DELETE FROM turns WHERE conversation IN"
                    " (SELECT conversation FROM sessions WHERE user = ?)",
                    (user,),
                )
                db.execute("DELETE FROM sessions WHERE user = ?", (user,))
            else:
                db.execute("UPDATE sessions SET ended = 1 WHERE user = ?", (user,))
        self.on_user_ended(user)

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

    def _note_ended(
        self, db: sqlite3.Connection, by: str, *, digest: str | None = None, user: str | None = None
    ) -> None:
        """Log that sessions are ended from elsewhere: from another browser, by a new password, by a lock."""
        rows = db.execute(
            "SELECT digest, user FROM sessions WHERE (digest = ? OR user = ?) AND NOT ended", (digest, user)
        ).fetchall()
        for row in rows:
            facts = {"session": row["digest"][:ID_DIGITS], "whom": row["user"]}
            self._log.append(Event.SESSION_ENDED, user=by, facts=facts, within=db)

    def _note_end(self, db: sqlite3.Connection, conversation: str | None) -> None:
        """Log that the sessions of a conversation are ended, or all with None."""
        rows = db.execute(
            "SELECT digest, user FROM sessions WHERE (?1 IS NULL OR conversation = ?1) AND NOT ended",
            (conversation,),
        ).fetchall()
        for row in rows:
            facts = {"session": row["digest"][:ID_DIGITS]}
            self._log.append(Event.SIGNED_OUT, user=row["user"], facts=facts, within=db)


def _session(row: sqlite3.Row) -> StoredSession:
    return StoredSession(
        row["digest"], row["conversation"], datetime.fromisoformat(row["seen"]), row["user"],
        datetime.fromisoformat(row["begun"] or row["seen"]), row["browser"], bool(row["ended"]),
    )  # fmt: skip
