"""Ingest jobs, kept in `vault.db`: what was asked, how it stands, and every file that is through.

A job outlives the process that works on it. A process that was stopped or killed leaves it `stopped`, and
the same task asked for again, or the job by its id, goes on with the files that are not through.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from vault.errors import JobNotFound
from vault.store.database import Database

_SHORTEST = 4
_SUMS = ("ready", "partial", "skipped", "failed", "pages", "chunks")


class JobState(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    """Its process ended before it did; it can go on."""
    CANCELLED = "cancelled"
    """Somebody ended it; what was taken in by then stays."""
    DONE = "done"
    FAILED = "failed"
    """It could not go on as a whole; a file that failed does not make a failed job."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a job is to do."""

    paths: tuple[str, ...]
    """Absolute paths of files and folders."""
    manifest: str = ""
    """Absolute path of a manifest; empty when there is none."""
    manifest_sha256: str = ""
    """A manifest that was changed makes another task."""
    upload: str = ""
    """Files that were uploaded in the page, as `vault.ledger.uploads` keeps them; else empty."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Task:
        """A task as `asdict` writes it."""
        upload = value.get("upload", "")  # tasks kept by an earlier version have none
        return cls(tuple(value["paths"]), value["manifest"], value["manifest_sha256"], upload)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands."""

    id: str
    collection: str
    """The name of the collection."""
    user: str
    task: Task
    state: JobState
    reason: str
    created: str
    ended: str
    seconds: float
    ready: int
    partial: int
    skipped: int
    failed: int
    pages: int
    chunks: int
    resumed: bool = False
    """Whether it was begun before and goes on now."""

    def as_json(self) -> dict[str, object]:
        """The shape that programs may rely on."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file that is through."""

    item: str
    """What it is known by in the job: its path, or for what was attached a name that is always the same."""
    path: str
    """What people know it by."""
    size: int
    mtime_ns: int
    sha256: str
    state: str
    """The document's state, or "skipped"."""
    reason: str
    pages: int
    chunks: int


class JobStore:
    """Reads and writes jobs; each file is kept before the next one is."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def stop_all(self) -> None:
        """Whatever was running when the last owner of the vault ended is stopped."""
        with self._db.write() as db:
            db.execute("UPDATE jobs SET state = 'stopped' WHERE state = 'running'")

    def begin(self, collection_id: str, user: str, task: Task, *, besides: str = "") -> Job:
        """The job for this task: the one that was left unfinished, else a new one; from now on it runs.

        `besides` is the id of a job that is being worked on: it is left to itself.
        """
        written = json.dumps(asdict(task), ensure_ascii=False)
        with self._db.write() as db:
            row = db.execute(
                "SELECT id FROM jobs WHERE collection = ? AND user = ? AND task = ? AND state <> 'done'"
                " AND id <> ? ORDER BY created DESC LIMIT 1",
                (collection_id, user, written, besides),
            ).fetchone()
            job_id = row["id"] if row else uuid.uuid4().hex[:12]
            db.execute(
                "INSERT INTO jobs (id, collection, user, task, state, created)"
                " VALUES (?, ?, ?, ?, 'running', ?)"
                " ON CONFLICT (id) DO UPDATE SET state = 'running', reason = ''",
                (job_id, collection_id, user, written, _now()),
            )
        return replace(self.find(job_id, user=user), resumed=row is not None)

    def resume(self, job: Job) -> Job:
        """A job that was stopped runs again."""
        with self._db.write() as db:
            db.execute("UPDATE jobs SET state = 'running', reason = '' WHERE id = ?", (job.id,))
        return replace(self.find(job.id, user=job.user), resumed=True)

    def find(self, beginning: str, *, user: str) -> Job:
        """The user's job whose id begins so. Raises JobNotFound."""
        found = [job for job in self.all(user=user) if job.id.startswith(beginning)]
        if len(beginning) < _SHORTEST or len(found) != 1:
            raise JobNotFound(
                f"{len(found) or 'No'} jobs have an id that begins with {beginning!r}. "
                f"Give at least {_SHORTEST} digits, as `incamera jobs` shows them."
            )
        return found[0]

    def all(self, *, user: str) -> list[Job]:
        """The user's jobs, latest first."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT j.*, c.name FROM jobs j JOIN collections c ON c.id = j.collection"
                " WHERE j.user = ? ORDER BY j.created DESC, j.id",
                (user,),
            ).fetchall()
        return [_job(row) for row in rows]

    def uploads(self) -> list[Job]:
        """Jobs of all users that have uploaded files still to take in, the oldest first."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT j.*, c.name FROM jobs j JOIN collections c ON c.id = j.collection"
                " WHERE j.state IN ('running', 'stopped') ORDER BY j.created, j.id"
            ).fetchall()
        return [job for job in map(_job, rows) if job.task.upload]

    def note(self, job: str, file: JobFile) -> None:
        """A file is through; what was noted of it before is replaced."""
        with self._db.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO job_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (job, file.item, file.path, file.size, file.mtime_ns, file.sha256, file.state, file.reason,
                 file.pages, file.chunks),
            )  # fmt: skip

    def files(self, job: str) -> list[JobFile]:
        """The files that are through, in the order of their paths.

        Of a job that is done only those that failed or are partial are kept.
        """
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM job_files WHERE job = ? ORDER BY path, item", (job,)).fetchall()
        columns = JobFile.__slots__
        return [JobFile(*(row[name] for name in columns)) for row in rows]

    def end(self, job: Job, state: JobState, *, seconds: float, reason: str = "") -> Job:
        """The job is done, stopped or failed, after so many seconds of work in this process."""
        with self._db.write() as db:
            sums = db.execute(
                "SELECT coalesce(sum(state = 'ready'), 0) AS ready,"
                " coalesce(sum(state = 'partial'), 0) AS partial,"
                " coalesce(sum(state = 'skipped'), 0) AS skipped,"
                " coalesce(sum(state = 'failed'), 0) AS failed,"
                " coalesce(sum(pages), 0) AS pages, coalesce(sum(chunks), 0) AS chunks"
                " FROM job_files WHERE job = ?",
                (job.id,),
            ).fetchone()
            db.execute(
                "UPDATE jobs SET state = ?, reason = ?, ended = ?, seconds = seconds + ?, ready = ?,"
                " partial = ?, skipped = ?, failed = ?, pages = ?, chunks = ? WHERE id = ?",
                (state.value, reason, _now(), seconds, *(sums[name] for name in _SUMS), job.id),
            )
        return self.find(job.id, user=job.user)

    def forget_files(self, job: Job) -> None:
        """Keep of a job that is done only the files that somebody has to look at."""
        with self._db.write() as db:
            db.execute(
                "DELETE FROM job_files WHERE job = ? AND state NOT IN ('failed', 'partial')", (job.id,)
            )


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"], collection=row["name"], user=row["user"],
        task=Task.from_json(json.loads(row["task"])),
        state=JobState(row["state"]), reason=row["reason"], created=row["created"], ended=row["ended"],
        seconds=row["seconds"], **{name: row[name] for name in _SUMS},
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
