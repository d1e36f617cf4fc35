"""The rows of users: their names, and their roles in the vault."""

from __future__ import annotations

import re
import sqlite3

from vault.errors import LastOfRole, UserNameInvalid
from vault.process.clock import utc_now

_NAME = re.compile(r"[^\W_][\w .@'-]{0,63}")


def check_user_name(name: str) -> None:
    """Raise UserNameInvalid for what cannot be the name of a user."""
    if not _NAME.fullmatch(name):
        raise UserNameInvalid(
            f"{name!r} cannot be the name of a user: use 1 to 64 letters, digits, spaces and . @ ' - _ , "
            "beginning with a letter or digit."
        )


def insert_user(
    db: sqlite3.Connection, name: str, *, administrator: bool = False, auditor: bool = False
) -> None:
    """Insert a user whose name is free."""
    db.execute(
        "INSERT INTO users (name, administrator, added) VALUES (?, ?, ?)",
        (name, int(administrator), utc_now()),
    )
    db.execute("INSERT INTO accounts (user, auditor) VALUES (?, ?)", (name, int(auditor)))


def set_auditor(db: sqlite3.Connection, user: str, auditor: bool) -> None:
    """Make a user an auditor, or no auditor any more."""
    db.execute(
        "INSERT INTO accounts (user, auditor) VALUES (?, ?)"
        " ON CONFLICT (user) DO UPDATE SET auditor = excluded.auditor",
        (user, int(auditor)),
    )


def require_an_administrator(db: sqlite3.Connection) -> None:
    """Raise LastOfRole unless somebody who is not locked administers the vault."""
    if not has_administrator(db):
        raise LastOfRole("Then nobody would administer the vault. Make somebody else an administrator first.")


def has_administrator(db: sqlite3.Connection, besides: str = "") -> bool:
    """Return whether somebody who is not locked administers the vault, besides this user."""
    row = db.execute(
        "SELECT 1 FROM users u LEFT JOIN accounts a ON a.user = u.name"
        " WHERE u.administrator AND coalesce(a.locked, '') = '' AND u.name <> ?",
        (besides,),
    ).fetchone()
    return row is not None
