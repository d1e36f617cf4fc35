"""Ingest jobs in `vault.db`: the task, the state and the result of every file.

A job outlives the process that works on it. When that process is stopped or killed, the job becomes
`stopped`. Starting the same task again, or resuming the job by its id, continues with the remaining files.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from vault.database.database import Database
from vault.errors import JobNotFound
from vault.ledger.job_log import note_begun, note_ended, note_file
from vault.ledger.standing import searchable
from vault.log.log import Log
from vault.process.clock import utc_now
from vault.text.counted import agreeing

SKIPPED = "skipped"
"""The state of a file whose document was in the collection already."""
_SHORTEST_PREFIX = 4
"""Characters of a job's id that are enough to name it."""
_SUMS = ("ready", "partial", "skipped", "failed", "pages", "chunks")


class JobState(StrEnum):
    """The state of a job."""

    RUNNING = "running"
    STOPPED = "stopped"
    """The process ended before the job did. The job can be resumed."""
    CANCELLED = "cancelled"
    """A user ended it. The documents that it had added by then stay."""
    DONE = "done"
    FAILED = "failed"
    """The job as a whole could not continue. A job in which single files failed is done, not failed."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a job has to do."""

    paths: tuple[str, ...]
    """Absolute paths of files and folders."""
    manifest: str = ""
    """Absolute path of a manifest, or empty."""
    manifest_sha256: str = ""
    """A task with a changed manifest is another task."""
    upload: str = ""
    """Id of an upload in `vault.ledger.uploads`, or empty."""
    follow_links: bool = False
    """Whether links that lead out of the paths are followed."""
    ocr: str = "auto"
    """When words are recognised: "auto", "always" or "never"."""
    again: tuple[str, ...] = ()
    """sha256 of documents of the collection that are read again from their originals."""
    elsewhere: str = ""
    """The collection of files for which the manifest names none; empty for the collection of the job."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Task:
        """Return the task that `as_json` turned into `value`."""
        # Tasks of earlier versions have none of the last five.
        return cls(
            tuple(value["paths"]), value["manifest"], value["manifest_sha256"], value.get("upload", ""),
            value.get("follow_links", False), value.get("ocr", "auto"), tuple(value.get("again", ())),
            value.get("elsewhere", ""),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return the task as JSON values.

        Without those of the last four that are not set: a task is found again by these values, also one of
        an earlier version, which did not have them.
        """
        unset = {"follow_links": False, "ocr": "auto", "again": (), "elsewhere": ""}
        return {k: v for k, v in asdict(self).items() if k not in unset or v != unset[k]}


@dataclass(frozen=True, slots=True)
class Job:
    """A job and its state. Programs rely on the names of its fields."""

    id: str
    collection: str
    """The name of the collection."""
    user: str
    task: Task
    state: JobState
    reason: str
    """Why it stopped or failed, or empty."""
    created: str
    """UTC, ISO 8601."""
    ended: str
    """UTC, ISO 8601, or empty while it runs for the first time."""
    seconds: float
    """Seconds of work, summed over all processes that worked on it."""
    ready: int
    partial: int
    skipped: int
    failed: int
    pages: int
    chunks: int
    resumed: bool = False
    """Whether it was started earlier and continues now."""


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file that a job has processed, and the result."""

    item: str
    """Its key in the job: the path, or a stable name for an attachment."""
    path: str
    """The path that is shown to users."""
    size: int
    """Bytes."""
    mtime_ns: int
    sha256: str
    state: str
    """The document's state, or "skipped"."""
    reason: str
    pages: int
    chunks: int


class JobStore:
    """Reads and writes jobs. The result of each file is committed before the next file starts."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log

    def stop_all(self) -> None:
        """Mark jobs as stopped that were running when the last owner of the vault ended."""
        with self._db.write() as db:
            db.execute("UPDATE jobs SET state = 'stopped' WHERE state = 'running'")

    def begin(self, collection_id: str, user: str, task: Task, *, exclude: str = "") -> Job:
        """Start the job for this task and return it: the unfinished one if there is one, else a new one.

        `exclude` is the id of a job that is not considered, because it is running.
        """
        task_json = json.dumps(task.as_json(), ensure_ascii=False)
        with self._db.write() as db:
            row = db.execute(
                "SELECT id FROM jobs WHERE collection = ? AND user = ? AND task = ? AND state <> 'done'"
                " AND id <> ? ORDER BY created DESC LIMIT 1",
                (collection_id, user, task_json, exclude),
            ).fetchone()
            job_id = row["id"] if row else uuid.uuid4().hex[:12]
            db.execute(
                "INSERT INTO jobs (id, collection, user, task, state, created)"
                " VALUES (?, ?, ?, ?, 'running', ?)"
                " ON CONFLICT (id) DO UPDATE SET state = 'running', reason = ''",
                (job_id, collection_id, user, task_json, utc_now()),
            )
            note_begun(self._log, db, job_id, resumed=row is not None)
        return replace(self._get(job_id), resumed=row is not None)

    def resume(self, job: Job) -> Job:
        """Start a stopped job again and return it."""
        with self._db.write() as db:
            db.execute("UPDATE jobs SET state = 'running', reason = '' WHERE id = ?", (job.id,))
            note_begun(self._log, db, job.id, resumed=True)
        return replace(self._get(job.id), resumed=True)

    def find(self, prefix: str, *, user: str) -> Job:
        """Return the user's job whose id begins with `prefix`.

        Raises JobNotFound for a prefix of less than 4 characters, or one that fits no job or several.
        """
        found = [job for job in self.all(user=user) if job.id.startswith(prefix)]
        if len(prefix) < _SHORTEST_PREFIX or len(found) != 1:
            raise JobNotFound(
                f"{len(found) or 'None'} of your jobs {agreeing(len(found), 'has', 'have')} an id that "
                f"begins with {prefix!r}. Give at least {_SHORTEST_PREFIX} digits, as `incamera jobs` shows "
                "them."
            )
        return found[0]

    def all(self, *, user: str) -> list[Job]:
        """Return the user's jobs in collections that they may search, latest first."""
        with self._db.read() as db:
            seen = {towards.id for towards in searchable(db, user)}
            rows = db.execute(
                "SELECT j.*, c.name FROM jobs j JOIN collections c ON c.id = j.collection"
                " WHERE j.user = ? ORDER BY j.created DESC, j.id",
                (user,),
            ).fetchall()
        return [_job(row) for row in rows if row["collection"] in seen]

    def uploads(self) -> list[Job]:
        """Return the unfinished jobs of all users that ingest uploaded files, oldest first."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT j.*, c.name FROM jobs j JOIN collections c ON c.id = j.collection"
                " WHERE j.state IN ('running', 'stopped') ORDER BY j.created, j.id"
            ).fetchall()
        return [job for job in map(_job, rows) if job.task.upload]

    def add_file(self, job: str, file: JobFile) -> None:
        """Store the result of a file, in place of an earlier result of the same file."""
        with self._db.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO job_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (job, file.item, file.path, file.size, file.mtime_ns, file.sha256, file.state, file.reason,
                 file.pages, file.chunks),
            )  # fmt: skip
            if file.state != SKIPPED:
                note_file(
                    self._log, db, job, path=file.path, sha256=file.sha256, state=file.state, pages=file.pages
                )

    def files(self, job: str) -> list[JobFile]:
        """Return the files that a job (its id) has processed, sorted by path.

        A job that is done has only its failed and partial files left, see `prune_files`.
        """
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM job_files WHERE job = ? ORDER BY path, item", (job,)).fetchall()
        columns = JobFile.__slots__
        return [JobFile(*(row[name] for name in columns)) for row in rows]

    def end(self, job: Job, state: JobState, *, seconds: float, reason: str = "") -> Job:
        """Set the state of a job that stopped running, and add the seconds that it worked in this process."""
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
                (state.value, reason, utc_now(), seconds, *(sums[name] for name in _SUMS), job.id),
            )
            note_ended(self._log, db, job.id, {"state": state.value, **{name: sums[name] for name in _SUMS}})
        return self._get(job.id)

    def _get(self, job_id: str) -> Job:
        """Return a job for the worker, whatever its user may see by now. Raises JobNotFound."""
        with self._db.read() as db:
            row = db.execute(
                "SELECT j.*, c.name FROM jobs j JOIN collections c ON c.id = j.collection WHERE j.id = ?",
                (job_id,),
            ).fetchone()
        if row is None:
            raise JobNotFound(f"The collection of job {job_id} has been deleted.")
        return _job(row)

    def prune_files(self, job: Job) -> None:
        """Remove the files that were ingested completely: only failed and partial ones need attention."""
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
