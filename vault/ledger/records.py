"""The records of answers, and which of them a user approved."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from vault.database.database import Database
from vault.errors import RecordNotFound
from vault.ledger.purges import PurgeStore
from vault.process.clock import utc_now

_SHORTEST_PREFIX = 4
"""Characters of a record's id that are enough to name it."""


class RecordStore:
    """Reads and writes the records of answers."""

    def __init__(self, db: Database, purges: PurgeStore) -> None:
        self._db = db
        self._purges = purges

    def begin_answer(self) -> int:
        """Return a mark for `add`, to be taken before an answer starts to read documents."""
        return self._purges.mark()

    def add(self, *, user: str, question: str, body: Mapping[str, Any], mark: int | None = None) -> str:
        """Store the record of an answer and return its id.

        With `mark`, the words of documents that were purged since `begin_answer` are left out.
        """
        record_id = uuid.uuid4().hex
        with self._db.write() as db:
            if mark is not None:
                question, body = self._purges.without_purged(mark, question, body)
            db.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
                (record_id, utc_now(), user, question, json.dumps(body, ensure_ascii=False)),
            )
        return record_id

    def get(self, record_id: str, *, user: str) -> dict[str, object] | None:
        """Return the body of a record of `user`, or None if `user` has no such record."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT body FROM records WHERE id = ? AND user = ?", (record_id, user)
            ).fetchone()
        return None if row is None else dict(json.loads(row["body"]))

    def approve(self, prefix: str, *, user: str, approved: bool = True) -> str:
        """Mark an answer as right, or remove the mark with `approved=False`; return the record's id.

        `prefix` is the beginning of the id, at least 4 characters. Raises RecordNotFound when it fits no
        record of `user`, or more than one.
        """
        with self._db.write() as db:
            rows = db.execute(
                "SELECT id FROM records WHERE user = ? AND substr(id, 1, ?) = ?",
                (user, len(prefix), prefix),
            ).fetchall()
            if len(prefix) < _SHORTEST_PREFIX or len(rows) != 1:
                raise RecordNotFound(
                    f"{prefix!r} is the beginning of {len(rows)} records of {user!r}. Give the `record` "
                    "of the answer, as `incamera ask --json` prints it."
                )
            db.execute("DELETE FROM approvals WHERE record = ?", (rows[0]["id"],))
            if approved:
                db.execute("INSERT INTO approvals VALUES (?, ?)", (rows[0]["id"], utc_now()))
        return str(rows[0]["id"])

    def is_approved(self, record_id: str) -> bool:
        """Return whether the answer was approved."""
        with self._db.read() as db:
            return db.execute("SELECT 1 FROM approvals WHERE record = ?", (record_id,)).fetchone() is not None

    def approved(self, *, user: str) -> list[tuple[str, dict[str, object]]]:
        """Return (id, body) of the records of `user` that were approved, oldest first."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT r.id, r.body FROM approvals a JOIN records r ON r.id = a.record WHERE r.user = ?"
                " ORDER BY r.at, r.id",
                (user,),
            ).fetchall()
        return [(row["id"], dict(json.loads(row["body"]))) for row in rows]
