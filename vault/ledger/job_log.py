"""Log what jobs do, in the name of the users who began them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from vault.log.events import Event, Result
from vault.log.log import Log
from vault.records import DocumentState


def note_begun(log: Log, db: sqlite3.Connection, job: str, *, resumed: bool) -> None:
    """Log that a job (its id) began or, if it is resumed, goes on."""
    task = json.loads(db.execute("SELECT task FROM jobs WHERE id = ?", (job,)).fetchone()["task"])
    facts = {"resumed": resumed, "upload": task.get("upload", "")}
    _note(log, db, Event.JOB_BEGUN, job, facts, {"paths": "\n".join(task.get("paths", ()))})


def note_file(
    log: Log, db: sqlite3.Connection, job: str, *, path: str, sha256: str, state: str, pages: int
) -> None:
    """Log what became of a file of a job (its id)."""
    failed = state == DocumentState.FAILED
    facts = {"documents": [sha256] if sha256 else [], "state": state, "pages": pages}
    _note(log, db, Event.DOCUMENT_INGESTED, job, facts, {"path": path}, failed=failed)


def note_ended(log: Log, db: sqlite3.Connection, job: str, facts: Mapping[str, object]) -> None:
    """Log that a job (its id) ended."""
    _note(log, db, Event.JOB_ENDED, job, facts)


def _note(
    log: Log,
    db: sqlite3.Connection,
    event: Event,
    job: str,
    facts: Mapping[str, object],
    content: Mapping[str, str] | None = None,
    *,
    failed: bool = False,
) -> None:
    row = db.execute("SELECT user, collection FROM jobs WHERE id = ?", (job,)).fetchone()
    if row is None:  # it was removed with its collection
        return
    log.append(
        event, user=row["user"], collections=[row["collection"]],
        result=Result.FAILED if failed else Result.DONE, facts={"job": job, **facts},
        content={name: text for name, text in (content or {}).items() if text}, within=db,
    )  # fmt: skip
