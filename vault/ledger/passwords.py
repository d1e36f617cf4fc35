"""Passwords: kept as argon2id hashes, checked with a delay that grows with every wrong one.

The delays are kept in the vault, so that a restart forgives nothing, and under the name that was typed,
whether or not there is such a user: nobody learns from them who has an account.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vault.database.database import Database
from vault.errors import (
    PasswordNeeded,
    PasswordOutdated,
    PasswordUnfit,
    SignInDelayed,
    SignInRefused,
    UserNotFound,
)
from vault.ledger.sessions import SessionStore
from vault.log.events import Event, Result
from vault.log.log import Log
from vault.log.once import Once

SHORTEST = 12
"""Characters of a password, if no setting asks for more."""
_LONGEST = 1024
_DISTINCT = 5
"""Different characters that a password must have."""
_NAME_TO_REPEAT = 4
"""Characters of a name from which on a password may not hold it."""
_FREE_FAILURES = 4
"""Wrong passwords in a row that cost no waiting."""
_FIRST_DELAY, _LONGEST_DELAY = timedelta(seconds=30), timedelta(minutes=15)
"""The next wrong password costs the first delay, and every further one twice as much as the last."""
_FORGOTTEN = timedelta(days=1)
"""Time without a further attempt after which wrong passwords are forgotten."""
_AT_ONCE, _WAITING = 2, 200
"""Hashes that are computed at the same time (64 MiB each), and attempts that may wait for their turn."""
_REFUSED = "The name and the password do not fit, or the account is locked."
_BUSY = "Too many people sign in at this moment. Try again in a minute."


class PasswordStore:
    """Sets and checks passwords. Safe to use from several threads."""

    def __init__(
        self,
        db: Database,
        sessions: SessionStore,
        log: Log,
        *,
        hasher: PasswordHasher | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`hasher` and `clock` are exchanged by tests: they are the parameters of argon2id, and the time."""
        self._db = db
        self._sessions = sessions
        self._log = log
        self._once = Once()
        self.hasher = hasher or PasswordHasher()
        self.clock = clock
        self.shortest = SHORTEST
        self._hashing = threading.BoundedSemaphore(_AT_ONCE)
        self._places = threading.BoundedSemaphore(_AT_ONCE + _WAITING)
        self._nobody = ""
        with db.read() as reading:
            rows = reading.execute("SELECT user FROM accounts WHERE hash <> ''").fetchall()
        # Known by heart: every request asks, and must not wait for the database.
        self._holders = {row["user"] for row in rows}

    def has(self, user: str) -> bool:
        """Return whether the user has a password."""
        return user in self._holders

    def any(self) -> bool:
        """Return whether anybody has a password."""
        return bool(self._holders)

    def check(self, name: str, password: str, *, outdated: bool = False) -> str:
        """Return the user whose name and password these are; capitals and accents of the name do not matter.

        With `outdated`, a temporary password is enough. Raises SignInRefused, SignInDelayed, and
        PasswordOutdated for a temporary password that is right.
        """
        if not self._places.acquire(blocking=False):
            raise SignInDelayed(_BUSY)
        try:
            # Counted before it is checked: of a thousand that come at once, few are looked at.
            try:
                self._count_failure(name)
            except SignInDelayed:
                self._once.log(_key(name), lambda: self._note_refused(name, "must wait"))
                raise
            with self._db.read() as db:
                user, stored, temporary = _stored(db, name)
            with self._hashing:
                right = self._fits(stored, password)
            if not right or not user:
                self._note_refused(name, "does not fit")
                raise SignInRefused(_REFUSED)
            self.forgive(name)
            if temporary and not outdated:
                raise PasswordOutdated(
                    "This password was given to you for the first time. Choose your own on the page, or with "
                    "`incamera users password`."
                )
            if self.hasher.check_needs_rehash(stored):
                self._store(user, password, temporary=temporary, by=None)
            return user
        finally:
            self._places.release()

    def set(self, user: str, password: str, *, by: str = "", temporary: bool = False) -> None:
        """Give the user a password, as `by` wants, by default the user; end their sessions.

        Raises PasswordUnfit, UserNotFound.
        """
        self.require_fit(user, password)
        self._store(user, password, temporary=temporary, by=by or user)
        self._sessions.end_user(user, by=by or user)

    def change(self, name: str, current: str, new: str) -> str:
        """Change a password that the user knows, or a temporary one; end their sessions; return the user.

        Raises as `check` and `set` do.
        """
        self.require_fit(name, new)
        if _normal(new) == _normal(current):
            raise PasswordUnfit("The new password is the old one. Choose another.")
        user = self.check(name, current, outdated=True)
        self.set(user, new)
        return user

    def choose_first(self, user: str, new: str) -> None:
        """Set the password of a user who has none, and end their sessions. Raises PasswordNeeded if there is
        one, and as `set` does."""
        if self.has(user):
            raise PasswordNeeded("You have a password already. Give it, to change it.")
        self.set(user, new)

    def require_fit(self, user: str, password: str) -> None:
        """Raise PasswordUnfit for a password that is too short, too long or too easy to guess."""
        if len(password) < self.shortest:
            raise PasswordUnfit(
                f"The password has {len(password)} characters; it must have at least {self.shortest}. "
                "Several words that do not belong together are long and can be remembered."
            )
        if len(password) > _LONGEST:
            raise PasswordUnfit(f"The password has more than {_LONGEST} characters.")
        repeats_name = len(user) >= _NAME_TO_REPEAT and folded(user) in folded(password)
        if len(set(password)) < _DISTINCT or repeats_name:
            raise PasswordUnfit("The password is too easy to guess: it repeats few characters, or your name.")

    def forgive(self, name: str) -> None:
        """Forget the wrong passwords for a name, and what they cost."""
        with self._db.write() as db:
            db.execute("DELETE FROM failed_sign_ins WHERE name = ?", (_key(name),))

    def _count_failure(self, name: str) -> None:
        """Count an attempt as wrong until it proves right. Raises SignInDelayed while the name must wait."""
        now, key = self.clock(), _key(name)
        with self._db.write() as db:
            db.execute("DELETE FROM failed_sign_ins WHERE last < ?", ((now - _FORGOTTEN).isoformat(),))
            row = db.execute("SELECT failures, until FROM failed_sign_ins WHERE name = ?", (key,)).fetchone()
            failures = 0 if row is None else int(row["failures"])
            if row is not None and (until := datetime.fromisoformat(row["until"])) > now:
                seconds = int((until - now).total_seconds()) + 1
                raise SignInDelayed(
                    f"There were {failures} wrong passwords for this name. Try again in "
                    f"{f'{seconds} seconds' if seconds < 120 else f'{seconds // 60 + 1} minutes'}, or ask an "
                    "administrator."
                )
            beyond = failures - _FREE_FAILURES
            delay = timedelta() if beyond < 0 else min(_FIRST_DELAY * 2 ** min(beyond, 20), _LONGEST_DELAY)
            db.execute(
                "INSERT OR REPLACE INTO failed_sign_ins VALUES (?, ?, ?, ?)",
                (key, failures + 1, now.isoformat(), (now + delay).isoformat()),
            )

    def _note_refused(self, name: str, reason: str) -> None:
        """Log that nobody was signed in for a name that was typed. One that no user has may be a password."""
        with self._db.read() as db:
            user = user_named(db, name)
        facts = {"whom": user} if user else {"name": self._log.disguised(folded(name))}
        self._log.append(
            Event.SIGN_IN_FAILED, user="", result=Result.DENIED, facts={**facts, "reason": reason}
        )

    def _fits(self, stored: str, password: str) -> bool:
        # A user without a password takes as long as one with a wrong password.
        if not self._nobody:
            self._nobody = self.hasher.hash("nobody's password")
        try:
            return self.hasher.verify(stored or self._nobody, _normal(password)) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False

    def _store(self, user: str, password: str, *, temporary: bool, by: str | None) -> None:
        """Store a password that `by` chose; None where the same one is only hashed anew."""
        with self._hashing:
            hashed = self.hasher.hash(_normal(password))
        with self._db.write() as db:
            if not db.execute("SELECT 1 FROM users WHERE name = ?", (user,)).fetchone():
                raise UserNotFound(f"There is no user named {user!r}.")
            db.execute(
                "INSERT INTO accounts (user, hash, temporary, changed) VALUES (?, ?, ?, ?) ON CONFLICT (user)"
                " DO UPDATE SET hash = excluded.hash, temporary = excluded.temporary,"
                " changed = excluded.changed",
                (user, hashed, int(temporary), self.clock().isoformat()),
            )
            if by is not None:
                event = Event.PASSWORD_RESET if temporary else Event.PASSWORD_CHANGED
                self._log.append(event, user=by, facts={"whom": user}, within=db)
        self._holders.add(user)


def _stored(db: sqlite3.Connection, name: str) -> tuple[str, str, bool]:
    """Return the user of the typed name with the hash, and whether it is temporary; empty if there is none.

    A user who is locked has none.
    """
    user = user_named(db, name)
    row = db.execute(
        "SELECT hash, temporary FROM accounts WHERE user = ? AND locked = ''", (user or "",)
    ).fetchone()
    return (user or "", row["hash"], bool(row["temporary"])) if row else ("", "", False)


def user_named(db: sqlite3.Connection, name: str) -> str | None:
    """Return the user with this name, exactly or but for capitals and accents; None if there is none."""
    names = [str(row["name"]) for row in db.execute("SELECT name FROM users ORDER BY name")]
    if name in names:
        return name
    return next((one for one in names if folded(one) == folded(name)), None)


def folded(name: str) -> str:
    """Return a name without capitals, accents and space around it."""
    apart = unicodedata.normalize("NFKD", name.strip()).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _key(name: str) -> str:
    return hashlib.sha256(folded(name).encode("utf-8", "surrogatepass")).hexdigest()


def _normal(password: str) -> bytes:
    """Return the bytes of a password: the same, however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
