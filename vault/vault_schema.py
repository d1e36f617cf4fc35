"""The schema of `vault.db`, step by step; a step that was released is never edited."""

from __future__ import annotations

VAULT_STEPS: tuple[str, ...] = (
    """
    CREATE TABLE users (
        name TEXT PRIMARY KEY, administrator INTEGER NOT NULL, added TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE collections (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, created TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE members (
        collection TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
        user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
        role TEXT NOT NULL,
        PRIMARY KEY (collection, user)
    ) WITHOUT ROWID;
    CREATE TABLE records (
        id TEXT PRIMARY KEY, at TEXT NOT NULL, user TEXT NOT NULL, question TEXT NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE denials (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, user TEXT NOT NULL, collection TEXT NOT NULL,
        action TEXT NOT NULL
    );
    """,
)
