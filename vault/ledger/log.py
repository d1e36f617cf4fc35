"""What is kept of questions, answers and refusals."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from vault.access import Action
from vault.errors import RecordNotFound
from vault.ledger.purges import Purges
from vault.store.database import Database

_SHORTEST = 4


class Log:
    """The part of the vault that remembers what was asked and shown, and what was refused."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._purges = Purges(db)

    def answering_begins(self) -> int:
        """What `record` is told as `begun` when the answer that begins now is there."""
        return self._purges.mark()

    def record(self, *, user: str, question: str, body: Mapping[str, Any], begun: int | None = None) -> str:
        """Keep the record of an answer; returns its id. Words of documents that were purged while it was
        written (since `begun`) do not come back with it."""
        record_id = uuid.uuid4().hex
        with self._db.write() as db:
            if begun is not None:
                question, body = self._purges.without_purged(begun, question, body)
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

    def approve(self, beginning: str, *, user: str, approved: bool = True) -> str:
        """Note that an answer is right, or take that back; the record's id, of which four characters will do.

        Raises RecordNotFound when `user` made no such record, or more than one.
        """
        with self._db.write() as db:
            rows = db.execute(
                "SELECT id FROM records WHERE user = ? AND substr(id, 1, ?) = ?",
                (user, len(beginning), beginning),
            ).fetchall()
            if len(beginning) < _SHORTEST or len(rows) != 1:
                raise RecordNotFound(
                    f"{beginning!r} is the beginning of {len(rows)} records of {user!r}. Give the `record` "
                    "of the answer, as `incamera ask --json` prints it."
                )
            db.execute("DELETE FROM approvals WHERE record = ?", (rows[0]["id"],))
            if approved:
                db.execute("INSERT INTO approvals VALUES (?, ?)", (rows[0]["id"], now()))
        return str(rows[0]["id"])

    def is_approved(self, record_id: str) -> bool:
        """Whether the answer was found right."""
        with self._db.read() as db:
            return db.execute("SELECT 1 FROM approvals WHERE record = ?", (record_id,)).fetchone() is not None

    def approved(self, *, user: str) -> list[tuple[str, dict[str, object]]]:
        """(id, body) of the answers that `user` found right, oldest first."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT r.id, r.body FROM approvals a JOIN records r ON r.id = a.record WHERE r.user = ?"
                " ORDER BY r.at, r.id",
                (user,),
            ).fetchall()
        return [(row["id"], dict(json.loads(row["body"]))) for row in rows]

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
