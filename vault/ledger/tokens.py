"""Tokens by which programs act in the name of a user.

Only a digest of each token is stored; nobody can use a digest. A token has 256 random bits, so its plain
SHA-256 cannot be searched for.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vault.access import Action
from vault.bearers import Bearer, Permission
from vault.database.database import Database
from vault.errors import StorageError, TokenInvalid, TokenNotFound, TokenRefused
from vault.ledger.members import MemberStore
from vault.log.events import Event, Result
from vault.log.log import Log
from vault.log.once import Once

_logger = logging.getLogger(__name__)
PREFIX = "incamera_"
"""What every token begins with, so that people and scanners of secrets recognise one."""
LONGEST_DAYS = 366
_SHORTEST_ID = 4
"""Characters of a token's id that are enough to name it."""
_USE_STORED_EVERY = timedelta(minutes=1)
"""The last use is stored at most this often: a write for each request would cost more than the request."""
_UNUSABLE = (
    "The request has no token that works here: it is missing, unknown, expired or revoked. "
    "Make one with: incamera tokens add NAME"
)


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; its secret is not."""

    id: str
    name: str
    """What its user calls it."""
    user: str
    permissions: frozenset[Permission]
    collections: frozenset[str] | None
    """Ids of the collections that it reaches; None: all of the user's, those to come included."""
    added: datetime
    expires: datetime
    revoked: datetime | None
    used: datetime | None
    """When it was last used, to within a minute."""


class TokenStore:
    """Reads and writes tokens. All times are UTC."""

    def __init__(
        self,
        db: Database,
        members: MemberStore,
        log: Log,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._db = db
        self._log = log
        self._once = Once()
        self._members = members
        self._clock = clock

    def add(
        self,
        name: str,
        *,
        user: str,
        days: float,
        permissions: Sequence[Permission] = (Permission.SEARCH,),
        collections: Sequence[str] | None = None,
    ) -> tuple[Token, str]:
        """Make a token for `user` that expires after `days`, and return it with its secret.

        `collections` are names; None: all of the user's. The secret is not kept, so it can be shown only now.
        Raises TokenRefused, and CollectionNotFound for a collection that the user is not a member of.
        """
        if isinstance(user, Bearer):
            raise TokenRefused("A token cannot make another one. Use: incamera tokens add NAME")
        if not name.strip() or len(name) > 80 or not name.isprintable():
            raise TokenRefused(f"{name!r} cannot be the name of a token: use 1 to 80 printable characters.")
        if not 0 < days <= LONGEST_DAYS:
            raise TokenRefused(f"A token is valid for up to {LONGEST_DAYS} days, not for {days:g}.")
        if not permissions:
            raise TokenRefused("A token must permit something: search, ingest, manage or administer.")
        if collections is not None and not collections:
            raise TokenRefused("A token must reach a collection. Name one, or none to reach all of yours.")
        ids = None if collections is None else self._ids(collections, user)
        secret = PREFIX + secrets.token_urlsafe(32)
        now = self._clock()
        row = (
            secrets.token_hex(6), _digest(secret), user, name,
            None if ids is None else json.dumps(ids),
            json.dumps(sorted({Permission(one).value for one in permissions})),
            now.isoformat(), (now + timedelta(days=days)).isoformat(), "", "",
        )  # fmt: skip
        with self._db.write() as db:
            if not db.execute("SELECT 1 FROM users WHERE name = ?", (user,)).fetchone():
                raise TokenRefused(f"{user!r} is not a user of this vault, so it can have no token.")
            db.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            added = db.execute("SELECT * FROM tokens WHERE id = ?", (row[0],)).fetchone()
            self._note(db, Event.TOKEN_ADDED, _token(added))
        return _token(added), secret

    def all(self, *, user: str) -> list[Token]:
        """Return the tokens of the user, those that cannot be used any more included, latest first."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT * FROM tokens WHERE user = ? ORDER BY added DESC, id", (user,)
            ).fetchall()
        return [_token(row) for row in rows]

    def revoke(self, beginning: str, *, user: str) -> Token:
        """Revoke the user's token whose id begins so, from the next request on; return it.

        Revoking it twice changes nothing. Raises TokenNotFound.
        """
        found = [token for token in self.all(user=user) if token.id.startswith(beginning)]
        if len(beginning) < _SHORTEST_ID or len(found) != 1:
            raise TokenNotFound(
                f"{len(found) or 'No'} tokens of {user!r} have an id that begins with {beginning!r}. Give at "
                f"least {_SHORTEST_ID} digits, as `incamera tokens list` shows them."
            )
        with self._db.write() as db:
            revoked = db.execute(
                "UPDATE tokens SET revoked = ? WHERE id = ? AND revoked = ''",
                (self._clock().isoformat(), found[0].id),
            )
            if revoked.rowcount:
                self._note(db, Event.TOKEN_REVOKED, found[0])
            return _token(db.execute("SELECT * FROM tokens WHERE id = ?", (found[0].id,)).fetchone())

    def bearer(self, secret: str) -> Bearer:
        """Return the user in whose name the holder of a token acts, with the limits of the token.

        Raises TokenInvalid, with the same message whatever is wrong: it tells a thief nothing.
        """
        now = self._clock()
        with self._db.read() as db:
            row = db.execute(
                "SELECT t.*, coalesce(a.locked, '') AS locked FROM tokens t"
                " LEFT JOIN accounts a ON a.user = t.user WHERE t.digest = ?",
                (_digest(secret),),
            ).fetchone()
        token = None if row is None else _token(row)
        if token is None or token.revoked is not None or now >= token.expires or row["locked"]:
            self._note_refused(token)
            raise TokenInvalid(_UNUSABLE)
        if token.used is None or now - token.used >= _USE_STORED_EVERY:
            with self._db.write() as db:
                db.execute("UPDATE tokens SET used = ? WHERE id = ?", (now.isoformat(), token.id))
                if token.used is None:
                    self._note(db, Event.TOKEN_USED, token)
        return Bearer(
            token.user, token=token.id, permissions=token.permissions, collections=token.collections
        )

    def _note(self, db: sqlite3.Connection, event: Event, token: Token) -> None:
        facts = {
            "token": token.id, "permissions": sorted(token.permissions), "expires": token.expires.isoformat()
        }  # fmt: skip
        self._log.append(
            event, user=token.user, collections=sorted(token.collections or ()), facts=facts, within=db
        )

    def _note_refused(self, token: Token | None) -> None:
        """Log that a token was refused; who tries again and again is logged once in a while."""
        user, facts = ("", {}) if token is None else (token.user, {"token": token.id})

        def append() -> None:
            try:
                self._log.append(Event.TOKEN_REFUSED, user=user, result=Result.DENIED, facts=facts)
            except StorageError:  # it is refused all the same
                _logger.exception("a refused token could not be logged")

        self._once.log(token and token.id, append)

    def _ids(self, collections: Sequence[str], user: str) -> list[str]:
        # Without `authorise`, a token could be made that works once its user becomes a member.
        return sorted(
            {self._members.authorise(name, user=user, action=Action.SEARCH).id for name in collections}
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _time(stored: str) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _token(row: sqlite3.Row) -> Token:
    return Token(
        id=row["id"], name=row["name"], user=row["user"],
        permissions=frozenset(map(Permission, json.loads(row["permissions"]))),
        collections=None if row["collections"] is None else frozenset(json.loads(row["collections"])),
        added=datetime.fromisoformat(row["added"]), expires=datetime.fromisoformat(row["expires"]),
        revoked=_time(row["revoked"]), used=_time(row["used"]),
    )  # fmt: skip
