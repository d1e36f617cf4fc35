"""Which user of the vault a provider of sign-on means, and the roles that its groups give them.

A user is known by the provider's subject, which never changes and is never given to somebody else. The name
that the provider says counts at the first sign-on only: who can change their name there must not become
another user here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from vault.database.database import Database
from vault.errors import SignInRefused, SignOnFailed, UserNameInvalid
from vault.ledger.passwords import user_named
from vault.ledger.user_rows import check_user_name, has_administrator, insert_user, set_auditor
from vault.log.events import Event, Result
from vault.log.log import Log
from vault.log.once import Once
from vault.process.clock import utc_now


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as a provider has proved it."""

    issuer: str
    subject: str
    name: str
    """What the user is to be called when they come for the first time."""
    administrator: bool | None = None
    """Whether their groups make them an administrator; None if groups do not decide it."""
    auditor: bool | None = None
    """Whether their groups make them an auditor; None if groups do not decide it."""


class SignOnStore:
    """Finds, adds and links the users who sign on. None of it opens a collection."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log
        self._once = Once()
        with db.read() as reading:
            rows = reading.execute("SELECT DISTINCT user FROM sign_on").fetchall()
        # Known by heart: every request asks, and must not wait for the database.
        self._linked = {row["user"] for row in rows}

    def has(self, user: str) -> bool:
        """Return whether a provider says who this user is."""
        return user in self._linked

    def enter(self, identity: Identity, *, signed_in: str | None = None) -> str:
        """Return the user whom a provider has proved somebody to be; add them if they are new.

        Their roles in the vault are set as their groups say, but the last administrator stays one. A user
        who is here already is linked only if `signed_in`, the user of this browser's open session, is that
        user. Raises SignInRefused for a locked user, SignOnFailed for a name that cannot be used or belongs
        to somebody else.
        """
        try:
            with self._db.write() as db:
                user = self._found(db, identity) or self._new(db, identity, signed_in)
                row = db.execute("SELECT locked FROM accounts WHERE user = ?", (user,)).fetchone()
                if row is not None and row["locked"]:
                    raise SignInRefused("This account is locked. An administrator of Incamera can unlock it.")
                self._set_roles(db, user, identity)
        except SignInRefused as error:
            self.note_refused(str(error), whom=self._user_of(identity))
            raise
        self._linked.add(user)
        return user

    def note_refused(self, reason: str, *, whom: str = "") -> None:
        """Log that a sign-on failed: the same reason once in some minutes, as strangers can cause it."""
        facts = {"reason": reason, "by": "sign-on", **({"whom": whom} if whom else {})}
        self._once.log(
            (reason, whom),
            lambda: self._log.append(Event.SIGN_IN_FAILED, user="", result=Result.DENIED, facts=facts),
        )

    def _user_of(self, identity: Identity) -> str:
        with self._db.read() as db:
            return self._found(db, identity)

    @staticmethod
    def _found(db: sqlite3.Connection, identity: Identity) -> str:
        row = db.execute(
            "SELECT user FROM sign_on WHERE issuer = ? AND subject = ?", (identity.issuer, identity.subject)
        ).fetchone()
        return "" if row is None else str(row["user"])

    def _new(self, db: sqlite3.Connection, identity: Identity, signed_in: str | None) -> str:
        """Add or link the user of somebody who signs on for the first time."""
        user = user_named(db, identity.name)
        if user is None:
            user = identity.name
            try:
                check_user_name(user)
            except UserNameInvalid as error:
                raise SignOnFailed(f"The provider says a name that Incamera cannot use. {error}") from error
            insert_user(db, user)
            facts = {"added": user, "by": identity.issuer}
            self._log.append(Event.USER_ADDED, user="", facts=facts, within=db)
        elif user != signed_in:
            raise SignOnFailed(
                f"There is a user named {user!r} in Incamera already, and nothing shows that this is you. "
                "If it is, sign in as before, open /sign-on in the same browser, and the two are one. "
                "Otherwise the provider must give another name."
            )
        db.execute(
            "INSERT INTO sign_on (issuer, subject, user, linked) VALUES (?, ?, ?, ?)",
            (identity.issuer, identity.subject, user, utc_now()),
        )
        facts = {"whom": user, "issuer": identity.issuer, "subject": identity.subject}
        self._log.append(Event.USER_LINKED, user=user, facts=facts, within=db)
        return user

    def _set_roles(self, db: sqlite3.Connection, user: str, identity: Identity) -> None:
        row = db.execute(
            "SELECT u.administrator, coalesce(a.auditor, 0) AS auditor FROM users u"
            " LEFT JOIN accounts a ON a.user = u.name WHERE u.name = ?",
            (user,),
        ).fetchone()
        facts: dict[str, object] = {}
        administrator = identity.administrator
        if administrator is False and not has_administrator(db, besides=user):
            administrator = None  # somebody always administers the vault, whatever a provider forgets to say
        if administrator is not None and administrator != bool(row["administrator"]):
            db.execute("UPDATE users SET administrator = ? WHERE name = ?", (int(administrator), user))
            facts["administrator"] = administrator
        if identity.auditor is not None and identity.auditor != bool(row["auditor"]):
            set_auditor(db, user, identity.auditor)
            facts["auditor"] = identity.auditor
        if facts:
            facts = {"whom": user, "administrator": None, "auditor": None, **facts, "by": identity.issuer}
            self._log.append(Event.ROLES_CHANGED, user="", facts=facts, within=db)
