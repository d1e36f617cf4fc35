"""Who may use the web page: one-time links and passwords, and the sessions that they open.

Links are in memory and end with the server. Sessions are stored in the vault by the digest of their secret,
so that a browser stays signed in when the server restarts. Only the browser's cookie holds the secret itself:
random, so that it cannot be guessed, and new at each sign-in, so that nobody can give it to a browser before.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from vault.errors import StorageError
from vault.ledger.sessions import SessionStore, StoredSession

USER_KEY = "incamera.user"
"""In the scope of a request that is let in: the user who is signed in."""
_CONVERSATION_KEPT = timedelta(days=30)
"""How long the conversation of an ended session is kept for its browser to sign in again."""
_ID_LETTERS = 12
"""Of the digest, in a list of sessions."""


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """When sessions end by themselves."""

    idle: timedelta
    """Without any use."""
    absolute: timedelta = timedelta(days=30)
    """In any case."""
    lock: timedelta = timedelta()
    """Without a key or a movement, if the user has a password to unlock it with; 0 for never."""


class SessionState(Enum):
    """What a session is good for."""

    OPEN = "open"
    LOCKED = "locked"
    """Nothing is shown until its user gives their password again."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session in the list that its user sees."""

    id: str
    begun: datetime
    seen: datetime
    browser: str
    current: bool
    """Whether it is the one that asks."""


@dataclass(slots=True)
class _Session:
    user: str
    conversation: str
    begun: datetime
    seen: datetime
    saved: datetime
    """The `seen` that the vault has stored."""
    active: datetime
    """When its user last touched a key or moved something."""
    browser: str
    ended: bool = False


class Sessions:
    """Each link works once. A session ends when it signs out, after some hours without use, or after days."""

    def __init__(
        self,
        store: SessionStore,
        *,
        user: str,
        hours: float,
        port: int,
        limits: SessionLimits | None = None,
        link_is_enough: Callable[[], bool] = lambda: True,
        has_password: Callable[[str], bool] = lambda _: False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Load the sessions of all users. `user` is the one whom a link signs in, `port` the server's.

        Sessions end after `hours` without use, or as `limits` says. `link_is_enough` says whether a link
        signs in now, `has_password` whether a user could unlock a locked session.
        """
        self._store = store
        self._user = user
        self._limits = limits or SessionLimits(timedelta(hours=hours))
        self._link_is_enough = link_is_enough
        self._has_password = has_password
        self._clock = clock
        # Cookies ignore the port: two servers on one machine must not overwrite each other's session.
        self.cookie = f"incamera_{port}"
        # Taken again by a signal that asks for a link while this thread holds it.
        self._lock = threading.RLock()
        self._links: set[bytes] = set()
        store.sweep(clock() - max(self._limits.idle, _CONVERSATION_KEPT))
        self._sessions = {
            kept.digest: _Session(
                kept.user, kept.conversation, kept.begun, kept.seen, kept.seen, kept.seen, kept.browser,
                kept.ended,
            )
            for kept in store.all()
        }  # fmt: skip
        store.on_user_ended = self._forget_user

    @property
    def link_is_enough(self) -> bool:
        """Whether a link signs a browser in, without a password."""
        return self._link_is_enough()

    def new_link(self) -> str:
        """Return a token for one login. It replaces the last one if that was not used."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._links = {_digest(token)}
        return token

    def redeem(self, token: str, *, previous: str = "", browser: str = "") -> str | None:
        """Return the id of a new session, or None when the token is wrong or used, or a link is not enough.

        `previous` is the session that the browser had: the new session continues its conversation, even if it
        has expired. Raises StorageError when the vault cannot store the session.
        """
        if not self._link_is_enough():
            return None
        with self._lock:
            # Digests are compared, so that the time of the comparison reveals nothing about the token.
            link = next((link for link in self._links if secrets.compare_digest(link, _digest(token))), None)
            if link is None:
                return None
            self._links.discard(link)
        try:
            return self.sign_in(self._user, previous=previous, browser=browser)
        except StorageError:
            with self._lock:
                self._links = self._links or {link}  # the link works again when the disk has room
            raise

    def sign_in(self, user: str, *, previous: str = "", browser: str = "") -> str:
        """Return the id of a new session of a user who has proved to be that user.

        `previous` is the session that the browser had. One of the same user gives its conversation to the new
        session; it ends if it is locked, or another user's. Raises StorageError.
        """
        with self._lock:
            earlier = self._sessions.get(_digest(previous).hex())
        session, now = secrets.token_urlsafe(32), self._clock()
        same = earlier is not None and earlier.user == user
        conversation = earlier.conversation if earlier is not None and same else uuid.uuid4().hex
        digest = _digest(session).hex()
        # Without the lock: the vault may be busy for seconds, and every request needs the lock.
        self._store.add(StoredSession(digest, conversation, now, user, now, browser))
        with self._lock:
            goes_on = same and self._state(earlier) is SessionState.OPEN
        if earlier is not None and not goes_on:
            self._end_one(_digest(previous).hex(), by=user)
        with self._lock:
            self._sessions[digest] = _Session(user, conversation, now, now, now, now, browser)
        return session

    def state(self, session: str) -> SessionState:
        """Return what the session is good for, without extending it."""
        with self._lock:
            return self._state(self._sessions.get(_digest(session).hex()))

    def use(self, session: str, *, active: bool = False) -> bool:
        """Return whether the session is open, and extend it from now; `active` if its user did something."""
        with self._lock:
            found = self._found(session)
            if found is not None:
                found.seen = self._clock()
                if active:
                    found.active = found.seen
        return found is not None

    def note_active(self, session: str) -> None:
        """Note that the user of an open session touched a key or moved something: it is not locked."""
        with self._lock:
            found = self._found(session)
            if found is not None:
                found.active = self._clock()

    def knows(self, session: str) -> bool:
        """Return whether the session is open, without extending it."""
        return self.state(session) is SessionState.OPEN

    def user(self, session: str) -> str | None:
        """Return the user of the session, or None when it is not open."""
        with self._lock:
            found = self._found(session)
        return None if found is None else found.user

    def locked_user(self, session: str) -> str | None:
        """Return whose password unlocks the session, or None when it is not locked."""
        with self._lock:
            found = self._sessions.get(_digest(session).hex())
            return found.user if found is not None and self._state(found) is SessionState.LOCKED else None

    def conversation(self, session: str) -> str | None:
        """Return the name of the session's conversation, or None when the session has ended."""
        with self._lock:
            found = self._found(session)
        return None if found is None else found.conversation

    def entries(self, user: str, current: str) -> list[SessionEntry]:
        """Return the sessions of a user that have not ended, latest first; `current` is the one that asks."""
        with self._lock:
            kept = {
                digest: one
                for digest, one in self._sessions.items()
                if one.user == user and self._state(one) is not SessionState.ENDED
            }
        entries = [
            SessionEntry(
                digest[:_ID_LETTERS], one.begun, one.seen, one.browser, digest == _digest(current).hex()
            )
            for digest, one in kept.items()
        ]
        return sorted(entries, key=lambda entry: entry.seen, reverse=True)

    def end(self, conversation: str) -> None:
        """End every session that shares this conversation, and remove the conversation."""
        with self._lock:
            self._sessions = {
                digest: kept for digest, kept in self._sessions.items() if kept.conversation != conversation
            }
        self._store.end(conversation)

    def end_entry(self, user: str, entry_id: str) -> None:
        """End one session of a user, by its id in their list; do nothing if there is none."""
        with self._lock:
            own = [digest for digest, kept in self._sessions.items() if kept.user == user]
        for digest in own:
            if digest.startswith(entry_id):
                self._end_one(digest, by=user)

    def end_user(self, user: str) -> None:
        """End every session of a user, and remove their conversations."""
        self._store.end_user(user, by=user, conversations=True)

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

    def _end_one(self, digest: str, *, by: str) -> None:
        with self._lock:
            if digest in self._sessions:
                self._sessions[digest].ended = True
        self._store.end_one(digest, by=by)

    def _forget_user(self, user: str) -> None:
        """End every session of a user here; the vault has done so already."""
        with self._lock:
            for kept in self._sessions.values():
                kept.ended = kept.ended or kept.user == user

    def _found(self, session: str) -> _Session | None:
        found = self._sessions.get(_digest(session).hex())
        return found if self._state(found) is SessionState.OPEN else None

    def _state(self, found: _Session | None) -> SessionState:
        if found is None or found.ended:
            return SessionState.ENDED
        now, limits = self._clock(), self._limits
        if now - found.seen >= limits.idle or now - found.begun >= limits.absolute:
            return SessionState.ENDED
        if limits.lock and now - found.active >= limits.lock and self._has_password(found.user):
            return SessionState.LOCKED
        return SessionState.OPEN


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
