"""Who may use the web page: one-time links, and the sessions that they open.

Links live in memory and die with the server. Sessions are kept in the vault by the digest of their secret, so
that a browser is still signed in after a restart; the secret itself is in the browser's cookie alone.
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
from vault.ledger.sessions import KeptSession, SessionStore

_REMEMBERED = timedelta(days=30)
"""How long the conversation of a session that has ended waits for its browser to sign in again."""


@dataclass(slots=True)
class _Session:
    conversation: str
    seen: datetime
    noted: datetime
    """What the vault has as `seen`."""


class Sessions:
    """Links are dead once used; a session ends by signing out, or when it was not used for `hours`."""

    def __init__(
        self,
        store: SessionStore,
        *,
        user: str,
        hours: float,
        port: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._user = user
        self._lasts = timedelta(hours=hours)
        self._clock = clock
        # Cookies know no ports: two servers on one machine must not overwrite each other's session.
        self.cookie = f"incamera_{port}"
        self._lock = threading.Lock()
        self._links: set[bytes] = set()
        store.sweep(clock() - max(self._lasts, _REMEMBERED))
        self._sessions = {
            kept.digest: _Session(kept.conversation, kept.seen, kept.seen) for kept in store.all(user=user)
        }

    def new_link(self) -> str:
        """A token for one login; it replaces the one that was not used yet."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._links = {_digest(token)}
        return token

    def redeem(self, token: str, *, before: str = "") -> str | None:
        """The id of a new session, or None when the token is wrong or used.

        `before` is the session that the browser had: its conversation goes on, even when it has ended by
        time. Raises StorageError when the vault cannot keep the session.
        """
        with self._lock:
            # Digests are compared, so what the comparison's time tells is nothing about the token.
            link = next((link for link in self._links if secrets.compare_digest(link, _digest(token))), None)
            if link is None:
                return None
            self._links.discard(link)
            had = self._sessions.get(_digest(before).hex())
        session, now = secrets.token_urlsafe(32), self._clock()
        conversation = uuid.uuid4().hex if had is None else had.conversation
        # Outside of the lock: the vault may be busy for seconds, and every request asks for the lock.
        try:
            self._store.add(KeptSession(_digest(session).hex(), conversation, now), user=self._user)
        except StorageError:
            with self._lock:
                self._links = self._links or {link}  # it works when the disk has room again
            raise
        with self._lock:
            self._sessions[_digest(session).hex()] = _Session(conversation, now, now)
        return session

    def use(self, session: str) -> bool:
        """Whether this is the id of a session that has not ended; it lasts on from now."""
        with self._lock:
            found = self._found(session)
            if found is not None:
                found.seen = self._clock()
        return found is not None

    def knows(self, session: str) -> bool:
        """As `use`, but to ask is no use."""
        with self._lock:
            return self._found(session) is not None

    def conversation(self, session: str) -> str | None:
        """The name of the conversation of a session; None when it has ended."""
        with self._lock:
            found = self._found(session)
        return None if found is None else found.conversation

    def end(self, conversation: str) -> None:
        """End every session that shares this conversation, and remove it."""
        with self._lock:
            self._sessions = {
                digest: kept for digest, kept in self._sessions.items() if kept.conversation != conversation
            }
        self._store.end(conversation)

    def end_all(self) -> None:
        """End every session, of whatever user, and remove their conversations."""
        with self._lock:
            self._sessions = {}
        self._store.sweep(None)

    def note_use(self) -> None:
        """Write down when sessions were last used: the vault is told now and then, not at every request."""
        with self._lock:
            used = {digest: kept.seen for digest, kept in self._sessions.items() if kept.seen != kept.noted}
        if not used:
            return
        self._store.note_seen(used)
        with self._lock:
            for digest, seen in used.items():
                if digest in self._sessions:
                    self._sessions[digest].noted = seen

    def _found(self, session: str) -> _Session | None:
        found = self._sessions.get(_digest(session).hex())
        if found is None or self._clock() - found.seen >= self._lasts:
            return None
        return found


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
