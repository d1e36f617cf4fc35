"""What is kept of questions, answers and refusals."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from vault.access import Action
from vault.database import Database


class Log:
    """The part of the vault that remembers what was asked and shown, and what was refused."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(self, *, user: str, question: str, body: Mapping[str, object]) -> str:
        """Keep the record of an answer; returns its id."""
        record_id = uuid.uuid4().hex
        with self._db.write() as db:
            db.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
                (record_id, now(), user, question, json.dumps(body, ensure_ascii=False)),
            )
        return record_id

    def recorded(self, record_id: str, *, user: str) -> dict[str, object] | None:
        """The body of a record that `user` made; None when there is none."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT body FROM records WHERE id = ? AND user = ?", (record_id, user)
            ).fetchone()
        return None if row is None else dict(json.loads(row["body"]))

    def denials(self) -> list[tuple[str, str, str]]:
        """(user, collection id, action) of every refusal, oldest first."""
        with self._db.read() as db:
            rows = db.execute("SELECT user, collection, action FROM denials ORDER BY id").fetchall()
        return [(row["user"], row["collection"], row["action"]) for row in rows]

    def note_denial(self, user: str, collection_id: str, action: Action) -> None:
        """Note that the user was refused."""
        with self._db.write() as db:
            db.execute(
                "INSERT INTO denials (at, user, collection, action) VALUES (?, ?, ?, ?)",
                (now(), user, collection_id, action.value),
            )


def now() -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
