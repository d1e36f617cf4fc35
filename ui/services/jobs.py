"""Runs ingest jobs in the background: one worker, a queue, and progress that any page can read.

Every job is stored in `vault.db`, and the files of an upload in the vault beside it. If the server ends
first, even by a crash, the next one continues with the files that are not done.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress

from ingest.job import Cancelled, run_job
from ingest.parsed.how_to_read import AS_USUAL, HowToRead
from ingest.parsing.pool import ParserPool
from ingest.report import IngestEvent, IngestReport
from ui.services.active_job import ActiveJob, Listener
from ui.services.job_progress import JobProgress, JobView
from ui.services.older_documents import OlderDocuments
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, HandoverFailed, IncameraError, JobNotFound
from vault.ledger.jobs import Job, JobState, Task
from vault.settings import Settings
from vault.vault import Vault

_log = logging.getLogger(__name__)

_PARSERS_IDLE_SECONDS = 60.0
"""Seconds after the last job until the parsers are ended."""
_STOPPED = "The server was stopped. Run the same command again to continue."


_LEFT = "The command that asked for this was ended. Run it again to continue."
_KEPT_ENDS = 100
"""How many ended jobs can still be followed: a short job may end before its command follows it."""


class _Stopping(Exception):
    """Raised in a job when the server ends, so that the job stays where it is."""


class _Left(Exception):
    """Raised in a job when the last command that followed it was ended."""


class Jobs:
    """Adds files to collections, one job after another."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder]) -> None:
        """Start the worker, and queue the uploads that an earlier server left unfinished.

        `embedder` is called by the worker, for the first job.
        """
        self._vault = vault
        self._settings = settings
        self._embedder = embedder
        self._jobs: dict[str, JobProgress] = {}
        self._lock = threading.Lock()
        self._active: dict[str, ActiveJob] = {}
        self._offered: dict[tuple[str, str], HowToRead] = {}
        """How the next upload is read, by collection and user."""
        self._ends: dict[str, IngestReport | Exception] = {}
        """How the latest jobs ended, by id."""
        self._current_id = ""
        """Id of the running job; empty between jobs."""
        self._queue: queue.SimpleQueue[ActiveJob | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._older = OlderDocuments(vault)
        self._parsers = ParserPool(settings, in_memory=vault.keys.encrypted)
        for job in vault.jobs.uploads():
            self._enqueue(vault.jobs.resume(job))
        self._worker = threading.Thread(target=self._work, name="ingest", daemon=True)
        self._worker.start()

    def submit(self, collection: str, user: str, upload: str) -> JobView:
        """Queue an upload whose files are known; remove the upload if the user may not add files.

        Raises CollectionNotFound and AccessDenied. The worker checks the rights again when the job starts.
        """
        try:
            job = self._vault.begin_job(collection, Task((), upload=upload), user=user)
        except BaseException:
            self._vault.uploads.remove(upload)
            raise
        with self._lock:
            progress = self._enqueue(job)
            self._active[job.id].how = self._offered.pop((collection, user), AS_USUAL)
            return progress.view()

    def offer(self, collection: str, user: str, how: HowToRead) -> None:
        """Say how the files of the user's next upload to a collection are read; kept in memory until then."""
        with self._lock:
            self._offered[collection, user] = how

    def begin(self, collection: str, task: Task, user: str, how: HowToRead = AS_USUAL) -> Job:
        """Queue a task for a command and return its job.

        Commands that ask for the same task while it is queued share one job. A folder whose job is already
        running is read once more afterwards, because it may hold new files by then.

        Raises CollectionNotFound, AccessDenied, and HandoverFailed when the server ends.
        """
        with self._lock:
            if self._stopping.is_set():
                raise HandoverFailed(_STOPPED, 1)
            # An upload does not change, so its running job is shared too.
            besides = "" if task.upload else self._current_id
            job = self._vault.begin_job(collection, task, user=user, exclude=besides)
            shared = self._active.get(job.id)
            if shared is None:
                self._enqueue(job)
                self._active[job.id].of_command = True
            else:
                shared.left = False
            self._active[job.id].how = how.joined(self._active[job.id].how)
            return job

    def follow(self, job: str, listener: Listener) -> None:
        """Call `listener` with the events of a job (its id): those until now, those to come, and the end.

        It is called from several threads, one after another, and must not wait. Raises JobNotFound for a job
        that ended long ago, and HandoverFailed when the server ends.
        """
        with self._lock:
            active, end = self._active.get(job), self._ends.get(job)
            if active is None and end is None:
                raise JobNotFound(f"Job {job} does not run. What became of it: incamera jobs")
            if active is not None and self._stopping.is_set():
                raise HandoverFailed(_STOPPED, 1)
            for event in self._jobs[job].events() if job in self._jobs else ():
                listener(event)
            if active is not None:
                active.left = False
                active.listeners.append(listener)
                return
        assert end is not None
        listener(end)

    def leave(self, job: str, listener: Listener, *, stop: bool) -> None:
        """Call `listener` no more; does nothing after the end of the job.

        With `stop`, a job that a command asked for stops after the present file if nobody else follows it. It
        can be resumed.
        """
        with self._lock:
            active = self._active.get(job)
            if active is not None and listener in active.listeners:
                active.listeners.remove(listener)
                active.left = stop and active.of_command and not active.listeners

    def views(self, collection: str, user: str) -> list[JobView]:
        """Return the jobs of a collection since the server started, latest first.

        Raises CollectionNotFound and AccessDenied.
        """
        self._vault.members.authorise(collection, user=user, action=Action.SEARCH)
        return [job.view() for job in reversed(list(self._jobs.values())) if job.collection == collection]

    def cancel(self, job_id: str, user: str) -> None:
        """Stop a job after its present file; files that were added stay. Does nothing if the job has ended,
        or is in a collection that the user may not see.

        Raises AccessDenied when the job is another user's and `user` does not manage the collection.
        """
        progress = self._jobs.get(job_id)
        if progress is None or progress.view().finished:
            return
        if user != progress.user:
            try:
                self._vault.members.authorise(progress.collection, user=user, action=Action.MANAGE)
            except CollectionNotFound:
                return  # to this user, there is no such job
            except AccessDenied:
                raise AccessDenied(
                    "Only the user who started the job or a manager of the collection may cancel it."
                ) from None
        progress.cancel(user)

    def forget(self, job: str) -> None:
        """Remove a finished job from the list; does nothing if the job is unknown or running."""
        if job in self._jobs and self._jobs[job].view().finished:
            del self._jobs[job]

    def close(self) -> None:
        """Stop after the present file; the next server continues with the rest.

        The listeners of jobs that did not end receive HandoverFailed.
        """
        with self._lock:
            self._stopping.set()
        self._queue.put(None)
        self._worker.join()

    def _enqueue(self, job: Job) -> JobProgress:
        files = self._vault.uploads.files(job.task.upload) if job.task.upload else []
        sizes = tuple(0 if file.problem else copy.size for copy, file in files)
        missing = sum(bool(file.problem) for _, file in files)
        progress = JobProgress(job.id, job.collection, job.user, sizes, missing)
        self._jobs[job.id] = progress
        self._active[job.id] = ActiveJob(job, progress)
        self._ends.pop(job.id, None)
        self._queue.put(self._active[job.id])
        return progress

    def _work(self) -> None:
        self._older.annotate(self._is_needed)
        while (active := self._next()) is not None and not self._stopping.is_set():
            with self._lock:
                self._current_id = active.job.id
            end = self._run_to_end(active)
            if end is None:
                break
            with self._lock:
                # From here on, the same task becomes a new job.
                del self._active[active.job.id]
                self._current_id = ""
                self._ends[active.job.id] = end
                if len(self._ends) > _KEPT_ENDS:
                    del self._ends[next(iter(self._ends))]
            for listener in active.listeners:
                listener(end)
            self._older.annotate(self._is_needed)
        self._parsers.close()
        with self._lock:
            waiting = [listener for one in self._active.values() for listener in one.listeners]
        for listener in waiting:
            listener(HandoverFailed(_STOPPED, 1))

    def _is_needed(self) -> bool:
        """Return whether a job waits for the worker, or the server ends."""
        return self._stopping.is_set() or not self._queue.empty()

    def _next(self) -> ActiveJob | None:
        """Wait for the next job and return it, or None when the server ends. End parsers that sit idle."""
        with suppress(queue.Empty):
            return self._queue.get(timeout=_PARSERS_IDLE_SECONDS)
        self._parsers.end_idle()
        return self._queue.get()

    def _run_to_end(self, active: ActiveJob) -> IngestReport | Exception | None:
        """Run a job and return what its listeners receive last, or None when the server ends first."""
        try:
            return self._run(active)
        except _Stopping:
            return None
        except _Left:
            active.progress.fail(_LEFT)
            return HandoverFailed(_LEFT, 1)
        except Cancelled as error:
            active.progress.fail(str(error))
            return HandoverFailed(str(error), 1)
        except IncameraError as error:
            active.progress.fail(_stop_message(error, active.job))
            return error
        except Exception as error:
            # The worker survives a defect: other people's jobs are queued behind this one.
            _log.exception("ingest job failed")
            reason = f"The job stopped because of an internal error ({type(error).__name__})."
            active.progress.fail(reason)
            return HandoverFailed(reason, 1)

    def _run(self, active: ActiveJob) -> IngestReport:
        job, progress = active.job, active.progress

        def note(event: IngestEvent) -> None:
            with self._lock:  # in one step, so that who begins to follow gets each event once
                progress.note(event)
                listeners = list(active.listeners)
            for listener in listeners:
                listener(event)
            if self._stopping.is_set():
                raise _Stopping
            if active.left:
                raise _Left
            if progress.cancelled_by:
                raise Cancelled(progress.cancel_message())

        if progress.cancelled_by:
            self._vault.jobs.end(job, JobState.CANCELLED, seconds=0, reason=progress.cancel_message())
            self._vault.uploads.remove(job.task.upload)
            raise Cancelled(progress.cancel_message())
        if active.left:
            self._vault.jobs.end(job, JobState.STOPPED, seconds=0)
            raise _Left
        progress.start()
        report = run_job(self._vault, job, self._embedder(), self._settings, note, self._parsers, active.how)
        progress.finish()
        return report


def _stop_message(error: IncameraError, job: Job) -> str:
    """Return the message for a job that an error stopped, with the way to resume it if there is one."""
    if not (error.passing and job.task.upload):
        return str(error)
    return f"{error} The uploaded files are kept. To continue afterwards: incamera jobs --resume {job.id}"
