"""The records of answers, and which of them a user approved."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from vault.database.database import Database
from vault.errors import RecordNotFound, StorageError
from vault.ledger.purges import PurgeStore
from vault.ledger.redact import places_of
from vault.ledger.wordless import BEING_SHOWN, forget_words
from vault.log.events import Event, Result
from vault.log.log import Log
from vault.log.sealing import record_text
from vault.process.clock import utc_now
from vault.text.counted import counted

SHORTEST_PREFIX = 4
"""Characters of a record's id that are enough to name it."""

_LONGEST = 2000
"""Characters of a question without an answer that the log keeps. It may be too long to be asked."""
_MOST_LISTED = 1000
"""Documents of a search that the log lists; of more it has only the number."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """The record of an answer."""

    id: str
    at: str
    """UTC, ISO 8601."""
    user: str
    """Who asked."""
    body: Mapping[str, Any]


class RecordStore:
    """Reads and writes the records of answers. Each is sealed by an entry of the log."""

    def __init__(self, db: Database, purges: PurgeStore, log: Log) -> None:
        self._db = db
        self._purges = purges
        self._log = log
        self._closed = False
        with suppress(StorageError):  # what is only read can still be read on a full disk
            forget_words(db, log)

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
            stored = json.dumps(body, ensure_ascii=False)
            db.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
                (record_id, utc_now(), user, question, stored),
            )
            answer = body.get("answer", {})
            self._log.append_record(
                db, Event.QUESTION_ANSWERED, record_id, record_text(question, stored), user=user,
                collections=_ids(db, answer.get("collections", ())), facts=_facts(body),
            )  # fmt: skip
        self._log.note_now_and_then()
        forget_words(self._db, self._log, BEING_SHOWN)
        return record_id

    def close(self) -> None:
        """Remove words that nothing needs any more, if the settings want that. It can be called twice."""
        if not self._closed:
            self._closed = True
            with suppress(StorageError):
                forget_words(self._db, self._log)

    def add_failure(self, *, user: str, question: str, collections: Sequence[str], reason: str) -> None:
        """Log that a question to collections (names) has no answer; `reason` is the name of an error.

        A disk that is full must not hide the error itself, so nothing is logged then.
        """
        with suppress(StorageError), self._db.write() as db:
            self._log.append(
                Event.QUESTION_FAILED, user=user, collections=_ids(db, collections), result=Result.FAILED,
                facts={"reason": reason}, content={"question": question[:_LONGEST]}, within=db,
            )  # fmt: skip

    def add_search(
        self, *, user: str, term: str, collections: Sequence[str], places: int, documents: Sequence[str]
    ) -> None:
        """Log that every mention of a term was shown: how many, and in which documents (sha256)."""
        with self._db.write() as db:
            self._log.append(
                Event.MENTIONS_FOUND, user=user, collections=_ids(db, collections),
                # Under another name than `documents`, so that a purge of any removes the term.
                facts={"places": places, "count": len(documents), "shown": list(documents[:_MOST_LISTED])},
                content={"term": term}, within=db,
            )  # fmt: skip

    def add_export(self, *, user: str, records: Sequence[str]) -> None:
        """Log that approved answers (ids of their records) leave the vault, with passages of documents."""
        with self._db.write() as db:
            self._log.append(
                Event.ANSWERS_EXPORTED, user=user, collections=_asked_in(db, records),
                facts={"records": list(records)}, within=db,
            )  # fmt: skip

    def find(self, prefix: str) -> StoredRecord | None:
        """Return the record of any user whose id begins with `prefix`, at least 4 characters.

        Who may see it is for the caller to decide. None if the prefix is too short, or fits none or several.
        """
        with self._db.read() as db:
            rows = db.execute(
                "SELECT * FROM records WHERE substr(id, 1, ?) = ? LIMIT 2", (len(prefix), prefix)
            ).fetchall()
        if len(prefix) < SHORTEST_PREFIX or len(rows) != 1:
            return None
        row = rows[0]
        return StoredRecord(row["id"], row["at"], row["user"], json.loads(row["body"]))

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
            if len(prefix) < SHORTEST_PREFIX or len(rows) != 1:
                raise RecordNotFound(
                    f"{prefix!r} is the beginning of {counted(len(rows), 'record')} of {user!r}. Give the "
                    "`record` of the answer, as `incamera ask --json` prints it."
                )
            db.execute("DELETE FROM approvals WHERE record = ?", (rows[0]["id"],))
            if approved:
                db.execute("INSERT INTO approvals VALUES (?, ?)", (rows[0]["id"], utc_now()))
            self._log.append(
                Event.ANSWER_APPROVED, user=user, collections=_asked_in(db, [rows[0]["id"]]),
                facts={"record": rows[0]["id"], "approved": approved}, within=db,
            )  # fmt: skip
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


def _ids(db: sqlite3.Connection, names: Sequence[str]) -> list[str]:
    """Return the ids of collections by their names; those that are gone are left out."""
    found = db.execute(
        "SELECT id FROM collections WHERE name IN (SELECT value FROM json_each(?)) ORDER BY created",
        (json.dumps(list(names)),),
    )
    return [row["id"] for row in found]


def _asked_in(db: sqlite3.Connection, records: Sequence[str]) -> list[str]:
    """Return the ids of the collections that answers rest on, by the ids of their records."""
    found = db.execute(
        "SELECT DISTINCT one.value FROM log l, json_each(l.collections) one WHERE l.content_kind = 'record'"
        " AND l.record IN (SELECT value FROM json_each(?)) ORDER BY one.value",
        (json.dumps(list(records)),),
    )
    return [row["value"] for row in found]


def _facts(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the log says of an answer: how it ended, which model wrote it, which documents it shows."""
    answer = body.get("answer", {})
    model = answer.get("model") or {}
    return {
        "outcome": answer.get("outcome"),
        "mode": answer.get("mode"),
        "model": model.get("sha256"),
        "documents": sorted({place["sha256"] for place in places_of(answer)}),
        "read": sorted({passage["sha256"] for passage in body.get("passages", ())}),
    }
