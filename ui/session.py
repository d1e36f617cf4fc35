"""Who may use the web page: one-time links, and the sessions that they open; all in memory."""

from __future__ import annotations

import hashlib
import secrets
import threading


class Sessions:
    """Links are dead once used; a session lasts until the server stops."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._links: set[bytes] = set()
        self._sessions: set[bytes] = set()

    def new_link(self) -> str:
        """A token for one login; it replaces the one that was not used yet."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._links = {_digest(token)}
        return token

    def redeem(self, token: str) -> str | None:
        """The id of a new session, or None when the token is wrong or used."""
        with self._lock:
            # Digests are compared, so what the comparison's time tells is nothing about the token.
            link = next((link for link in self._links if secrets.compare_digest(link, _digest(token))), None)
            if link is None:
                return None
            self._links.discard(link)
            session = secrets.token_urlsafe(32)
            self._sessions.add(_digest(session))
        return session

    def knows(self, session: str) -> bool:
        """Whether this is the id of a session."""
        with self._lock:
            return _digest(session) in self._sessions


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
