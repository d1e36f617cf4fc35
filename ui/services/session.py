"""Who may use the web page: one-time links, and the sessions that they open.

Links are in memory and end with the server. Sessions are stored in the vault by the digest of their secret,
so that a browser stays signed in when the server restarts. Only the browser's cookie holds the secret itself.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vault.errors import StorageError
from vault.ledger.sessions import SessionStore, StoredSession

_CONVERSATION_KEPT = timedelta(days=30)
"""How long the conversation of an ended session is kept for its browser to sign in again."""


@dataclass(slots=True)
class _Session:
    conversation: str
    seen: datetime
    saved: datetime
    """The `seen` that the vault has stored."""


class Sessions:
    """Each link works once. A session ends when it signs out, or after some hours without use."""

    def __init__(
        self,
        store: SessionStore,
        *,
        user: str,
        hours: float,
        port: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Load the sessions of `user`; they end after `hours` without use. `port` is the server's."""
        self._store = store
        self._user = user
        self._lifetime = timedelta(hours=hours)
        self._clock = clock
        # Cookies ignore the port: two servers on one machine must not overwrite each other's session.
        self.cookie = f"incamera_{port}"
        self._lock = threading.Lock()
        self._links: set[bytes] = set()
        store.sweep(clock() - max(self._lifetime, _CONVERSATION_KEPT))
        self._sessions = {
            kept.digest: _Session(kept.conversation, kept.seen, kept.seen) for kept in store.all(user=user)
        }

    def new_link(self) -> str:
        """Return a token for one login. It replaces the last one if that was not used."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._links = {_digest(token)}
        return token

    def redeem(self, token: str, *, previous: str = "") -> str | None:
        """Return the id of a new session, or None when the token is wrong or used.

        `previous` is the session that the browser had: the new session continues its conversation, even if it
        has expired. Raises StorageError when the vault cannot store the session.
        """
        with self._lock:
            # Digests are compared, so that the time of the comparison reveals nothing about the token.
            link = next((link for link in self._links if secrets.compare_digest(link, _digest(token))), None)
            if link is None:
                return None
            self._links.discard(link)
            earlier = self._sessions.get(_digest(previous).hex())
        session, now = secrets.token_urlsafe(32), self._clock()
        conversation = uuid.uuid4().hex if earlier is None else earlier.conversation
        # Without the lock: the vault may be busy for seconds, and every request needs the lock.
        try:
            self._store.add(StoredSession(_digest(session).hex(), conversation, now), user=self._user)
        except StorageError:
            with self._lock:
                self._links = self._links or {link}  # the link works again when the disk has room
            raise
        with self._lock:
            self._sessions[_digest(session).hex()] = _Session(conversation, now, now)
        return session

    def use(self, session: str) -> bool:
        """Return whether the session has not ended, and extend it from now."""
        with self._lock:
            found = self._found(session)
            if found is not None:
                found.seen = self._clock()
        return found is not None

    def knows(self, session: str) -> bool:
        """Return whether the session has not ended, without extending it."""
        with self._lock:
            return self._found(session) is not None

    def conversation(self, session: str) -> str | None:
        """Return the name of the session's conversation, or None when the session has ended."""
        with self._lock:
            found = self._found(session)
        return None if found is None else found.conversation

    def end(self, conversation: str) -> None:
        """End every session that shares this conversation, and remove the conversation."""
        with self._lock:
            self._sessions = {
                digest: kept for digest, kept in self._sessions.items() if kept.conversation != conversation
            }
        self._store.end(conversation)

    def end_all(self) -> None:
        """End every session of every user, and remove their conversations."""
        with self._lock:
            self._sessions = {}
        self._store.sweep(None)

    def save_use(self) -> None:
        """Store when sessions were last used. Call it now and then; the requests themselves only note it."""
        with self._lock:
            used = {digest: kept.seen for digest, kept in self._sessions.items() if kept.seen != kept.saved}
        if not used:
            return
        self._store.note_seen(used)
        with self._lock:
            for digest, seen in used.items():
                if digest in self._sessions:
                    self._sessions[digest].saved = seen

    def _found(self, session: str) -> _Session | None:
        found = self._sessions.get(_digest(session).hex())
        if found is None or self._clock() - found.seen >= self._lifetime:
            return None
        return found


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
