"""The users of a vault as administrators see them: adding, locking, resetting, roles in the whole vault."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vault.bearers import may_administer
from vault.database.database import Database
from vault.errors import AccessDenied, UserExists, UserNotFound
from vault.ledger.passwords import PasswordStore, user_named
from vault.ledger.sessions import SessionStore
from vault.ledger.sign_on import SignOnStore
from vault.ledger.standing import require_unlocked
from vault.ledger.user_rows import check_user_name, insert_user, require_an_administrator, set_auditor
from vault.log.events import Event
from vault.log.log import Log
from vault.process.clock import utc_now

_GROUPS, _LETTERS = 4, "abcdefghijkmnpqrstuvwxyz23456789"
"""Of a temporary password: groups of five letters and digits that are not mistaken for each other."""
_USERS = (
    "SELECT u.name, u.administrator, u.added, coalesce(a.auditor, 0) AS auditor,"
    " coalesce(a.locked, '') AS locked, coalesce(a.hash, '') <> '' AS password,"
    " coalesce(a.temporary, 0) AS temporary FROM users u LEFT JOIN accounts a ON a.user = u.name"
)


@dataclass(frozen=True, slots=True)
class User:
    """A user of the vault. What they are a member of is not part of it."""

    name: str
    administrator: bool
    auditor: bool
    locked: str
    """Since when (UTC, ISO 8601), or empty."""
    password: bool
    """Whether they have one."""
    temporary: bool
    """Whether it must be changed before anything else is done."""
    added: str
    """UTC, ISO 8601."""


class AccountStore:
    """Reads and writes accounts. Only administrators may, and none of it opens a collection."""

    def __init__(self, db: Database, passwords: PasswordStore, sessions: SessionStore, log: Log) -> None:
        self._db = db
        self._log = log
        self._passwords = passwords
        self._sessions = sessions
        self.sign_on = SignOnStore(db, log)
        with db.read() as reading:
            rows = reading.execute("SELECT user FROM accounts WHERE locked <> ''").fetchall()
        self._locked = {row["user"] for row in rows}

    def is_locked(self, name: str) -> bool:
        """Return whether the user is locked. Known by heart: it never waits for the database."""
        return name in self._locked

    def get(self, name: str) -> User:
        """Return a user. Raises UserNotFound."""
        with self._db.read() as db:
            return _user(_found(db, name))

    def all(self, *, user: str) -> list[User]:
        """Return all users, sorted by name. Raises AccessDenied unless `user` is an administrator."""
        with self._administering(user, "see its users") as db:
            return [_user(row) for row in db.execute(f"{_USERS} ORDER BY u.name COLLATE NOCASE")]

    def without_password(self) -> list[str]:
        """Return the users who are not locked and have no password, and so act without any proof."""
        with self._db.read() as db:
            users = [_user(row) for row in db.execute(f"{_USERS} ORDER BY u.name")]
        return [user.name for user in users if not user.password and not user.locked]

    def names(self, *, user: str) -> list[str]:
        """Return the names of all users, for those who choose members. Raises AccessDenied for a stranger."""
        with self._db.read() as db:
            require_unlocked(db, user, "see its users")
            return [row["name"] for row in db.execute("SELECT name FROM users ORDER BY name COLLATE NOCASE")]

    def add(
        self,
        name: str,
        *,
        user: str,
        administrator: bool = False,
        auditor: bool = False,
        password: bool = True,
    ) -> str:
        """Add a user and return a temporary password, or "" with `password=False`.

        Raises UserNameInvalid, UserExists, and AccessDenied unless `user` is an administrator.
        """
        check_user_name(name)
        with self._administering(user, "add a user") as db:
            if (taken := user_named(db, name)) is not None:
                raise UserExists(f"There is a user named {taken!r} already. Choose another name.")
            insert_user(db, name, administrator=administrator, auditor=auditor)
            facts = {"added": name, "administrator": administrator, "auditor": auditor, "password": password}
            self._log.append(Event.USER_ADDED, user=user, facts=facts, within=db)
        return self._give_temporary(name, user) if password else ""

    def reset(self, name: str, *, user: str) -> str:
        """Give a user a new temporary password and return it; end their sessions and their waiting.

        Raises UserNotFound, and AccessDenied unless `user` is an administrator.
        """
        with self._administering(user, "reset a password") as db:
            _found(db, name)
        self._passwords.forgive(name)
        return self._give_temporary(name, user)

    def lock(self, name: str, *, user: str) -> None:
        """Let a user do nothing any more, and end their sessions.

        Raises UserNotFound, LastOfRole for the last administrator, and AccessDenied unless `user` is another
        administrator.
        """
        with self._administering(user, "lock a user") as db:
            _found(db, name)
            if name == user:
                raise AccessDenied("You cannot lock yourself. Another administrator can.")
            _set_locked(db, name, utc_now())
            require_an_administrator(db)
            self._log.append(Event.USER_LOCKED, user=user, facts={"whom": name}, within=db)
        self._locked.add(name)
        self._sessions.end_user(name, by=user)

    def unlock(self, name: str, *, user: str) -> None:
        """Let a user who is locked, or who must wait after wrong passwords, sign in again.

        Raises UserNotFound, and AccessDenied unless `user` is an administrator.
        """
        with self._administering(user, "unlock a user") as db:
            _found(db, name)
            _set_locked(db, name, "")
            self._log.append(Event.USER_UNLOCKED, user=user, facts={"whom": name}, within=db)
        self._locked.discard(name)
        self._passwords.forgive(name)

    def set_roles(
        self, name: str, *, user: str, administrator: bool | None = None, auditor: bool | None = None
    ) -> User:
        """Give or take the roles of administrator and auditor; None leaves one as it is. Return the user.

        Raises UserNotFound, LastOfRole for the last administrator, and AccessDenied unless `user` is an
        administrator.
        """
        with self._administering(user, "change roles") as db:
            _found(db, name)
            if administrator is not None:
                db.execute("UPDATE users SET administrator = ? WHERE name = ?", (int(administrator), name))
            if auditor is not None:
                set_auditor(db, name, auditor)
            require_an_administrator(db)
            facts = {"whom": name, "administrator": administrator, "auditor": auditor}
            self._log.append(Event.ROLES_CHANGED, user=user, facts=facts, within=db)
        return self.get(name)

    @contextmanager
    def _administering(self, user: str, act: str) -> Iterator[sqlite3.Connection]:
        """Yield a connection for what only administrators may do; log a refusal, which changes nothing."""
        try:
            with self._db.write() as db:
                require_administrator(db, user, act)
                yield db
        except AccessDenied:
            self._log.refuse(user, act)
            raise

    def _give_temporary(self, name: str, by: str) -> str:
        made = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(_GROUPS))
        self._passwords.set(name, made, by=by, temporary=True)
        return made


def require_administrator(db: sqlite3.Connection, user: str, act: str) -> None:
    """Raise AccessDenied unless the user is an administrator who is not locked."""
    row = db.execute(f"{_USERS} WHERE u.name = ?", (user,)).fetchone()
    if row is None or row["locked"] or not row["administrator"] or not may_administer(user):
        raise AccessDenied(f"{user!r} is not an administrator of this vault and may not {act}.")


def _set_locked(db: sqlite3.Connection, user: str, locked: str) -> None:
    db.execute(
        "INSERT INTO accounts (user, locked) VALUES (?, ?)"
        " ON CONFLICT (user) DO UPDATE SET locked = excluded.locked",
        (user, locked),
    )


def _found(db: sqlite3.Connection, name: str) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute(f"{_USERS} WHERE u.name = ?", (name,)).fetchone()
    if row is None:
        raise UserNotFound(f"There is no user named {name!r}. See: incamera users list")
    return row


def _user(row: sqlite3.Row) -> User:
    return User(
        row["name"], bool(row["administrator"]), bool(row["auditor"]), row["locked"], bool(row["password"]),
        bool(row["temporary"]), row["added"],
    )  # fmt: skip
