"""Read from the vault where a user stands towards collections, so that `vault.access` can decide."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from vault.access import Action, Reason, Role, Standing, decide
from vault.bearers import reaches
from vault.errors import AccessDenied

_COLLECTION = (
    "SELECT c.id, c.name, c.created, m.role, w.user IS NOT NULL AS walled, a.at IS NOT NULL AS archived"
    " FROM collections c LEFT JOIN members m ON m.collection = c.id AND m.user = :user"
    " LEFT JOIN walls w ON w.collection = c.id AND w.user = :user"
    " LEFT JOIN archived a ON a.collection = c.id"
)


@dataclass(frozen=True, slots=True)
class StandingTowards:
    """A collection, and where a user stands towards it. Empty texts if there is no such collection."""

    standing: Standing
    id: str = ""
    name: str = ""
    created: str = ""
    """UTC, ISO 8601."""


def standing_towards(db: sqlite3.Connection, user: str, name: str) -> StandingTowards:
    """Return where `user` stands towards the collection `name`."""
    row = db.execute(f"{_COLLECTION} WHERE c.name = :name", {"user": user, "name": name}).fetchone()
    return _towards(row, user, *_account(db, user))


def standing_formerly(db: sqlite3.Connection, user: str, name: str) -> StandingTowards:
    """Return where `user` stands towards the collection that was once called `name`."""
    row = db.execute(
        f"{_COLLECTION} JOIN former_names f ON f.collection = c.id WHERE f.name = :name",
        {"user": user, "name": name},
    ).fetchone()
    return _towards(row, user, *_account(db, user))


def searchable(db: sqlite3.Connection, user: str) -> Iterator[StandingTowards]:
    """Yield the collections that `user` may search, sorted by name."""
    account = _account(db, user)
    rows = db.execute(
        f"{_COLLECTION} WHERE m.role IS NOT NULL ORDER BY c.name COLLATE NOCASE", {"user": user}
    ).fetchall()
    for row in rows:
        towards = _towards(row, user, *account)
        if decide(towards.standing, Action.SEARCH) is Reason.ROLE_ALLOWS:
            yield towards


def require_unlocked(db: sqlite3.Connection, user: str, act: str) -> None:
    """Raise AccessDenied unless the vault has the user, who is not locked; `act` says what is refused."""
    known, locked = _account(db, user)
    if not known:
        raise AccessDenied(f"{user!r} is not a user of this vault and may not {act}.")
    if locked:
        raise AccessDenied(f"The account of {user!r} is locked, and may not {act}.")


def _account(db: sqlite3.Connection, user: str) -> tuple[bool, bool]:
    """Return whether the vault has the user, and whether the user is locked."""
    row = db.execute(
        "SELECT coalesce(a.locked, '') <> '' AS locked FROM users u LEFT JOIN accounts a ON a.user = u.name"
        " WHERE u.name = ?",
        (user,),
    ).fetchone()
    return row is not None, row is not None and bool(row["locked"])


def _towards(row: sqlite3.Row | None, user: str, known: bool, locked: bool) -> StandingTowards:
    if row is None:
        return StandingTowards(Standing(known, locked))
    role = Role(row["role"]) if row["role"] else None
    standing = Standing(
        known, locked, True, bool(row["walled"]), role, bool(row["archived"]), reaches(user, row["id"])
    )
    return StandingTowards(standing, row["id"], row["name"], row["created"])
