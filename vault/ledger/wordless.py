"""Records of answers without words, where the settings keep content out of the log (`INCAMERA_LOG_CONTENT`).

A record keeps its words as long as an open conversation shows them, or somebody approved the answer for
training. Then hashes, places, verdicts, models and settings stay, as after a purge of all its documents.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from vault.database.database import Database
from vault.ledger.redact import PURGED, places_of, redact_record
from vault.log.log import Log
from vault.log.sealing import record_text

BEING_SHOWN = timedelta(minutes=10)
"""How long a new record keeps its words even if no conversation has it: the page may be about to store it."""
_AT_ONCE = 100


def forget_words(db: Database, log: Log, age: timedelta = timedelta()) -> None:
    """Remove the words of records that are older than `age` and that nothing needs any more.

    Does nothing where the log keeps content. Raises StorageError.
    """
    before = (datetime.now(UTC) - age).isoformat(timespec="seconds")
    while not log.keeps_content:
        with db.write() as connection:
            if _forget_some(connection, log, before) < _AT_ONCE:
                return


def without_words(question: str, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the question and body of a record without any words, marked as kept by hashes only."""
    answer = body.get("answer", {})
    places = (*body.get("passages", ()), *places_of(answer))
    documents = {place["sha256"] for place in places} | set(body.get("named", ()))
    question, redacted = redact_record(question, dict(body), documents)
    # Nothing was purged: the documents are still there.
    return question, {**redacted, "purged": list(body.get("purged", ())), "kept": "hashes"}


def _forget_some(db: sqlite3.Connection, log: Log, before: str) -> int:
    rows = db.execute(
        "SELECT id, question, body FROM records r WHERE question <> ? AND at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.record = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.record = r.id) LIMIT ?",
        (PURGED, before, _AT_ONCE),
    ).fetchall()
    for row in rows:
        question, body = without_words(row["question"], json.loads(row["body"]))
        stored = json.dumps(body, ensure_ascii=False)
        db.execute("UPDATE records SET question = ?, body = ? WHERE id = ?", (question, stored, row["id"]))
        log.redact_record(db, row["id"], record_text(question, stored))
    return len(rows)
