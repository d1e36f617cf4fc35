"""Background ingest: one worker, a queue, progress that any page can look at, at any time.

Every job is kept in `vault.db`, and the files of an upload in the vault beside it: if the server ends before,
however it ends, the next one goes on with the files that are not through.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from ingest.job import Cancelled, run_job
from ingest.parsing.pool import ParserPool
from ingest.report import FilesFound, IngestEvent, IngestReport
from ui.services.job_progress import JobProgress, JobView
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, HandoverFailed, IncameraError
from vault.ledger.jobs import Job, JobState, Task
from vault.settings import Settings
from vault.vault import Vault

_log = logging.getLogger(__name__)

Listener = Callable[[IngestEvent | IngestReport | Exception], None]
_READERS_STAY = 60.0
"""Seconds after the last job until the processes that read are ended."""
_STOPPED = "The server was stopped. The same command goes on from there."


class _Stopping(Exception):
    """The server ends: leave the job where it is."""


@dataclass(slots=True)
class _UnderWay:
    """A job that waits for its turn or is worked on."""

    job: Job
    progress: JobProgress
    listeners: list[Listener] = field(default_factory=list)
    """As many as there are commands that asked for it."""


class Jobs:
    """Takes files in, one job after the other."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder]) -> None:
        """`embedder` is called by the worker, on the first job."""
        self._vault = vault
        self._settings = settings
        self._embedder = embedder
        self._jobs: dict[str, JobProgress] = {}
        self._lock = threading.Lock()
        self._under_way: dict[str, _UnderWay] = {}
        self._at_work = ""
        """Id of the job that is worked on; empty between jobs."""
        self._queue: queue.SimpleQueue[_UnderWay | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._parsers = ParserPool(settings)
        for job in vault.jobs.uploads():
            self._enqueue(vault.jobs.resume(job))
        self._worker = threading.Thread(target=self._work, name="ingest", daemon=True)
        self._worker.start()

    def submit(self, collection: str, user: str, upload: str) -> JobView:
        """Queue an upload whose files are settled; it is removed if it may not be taken in.

        Raises CollectionNotFound and AccessDenied, as the worker will again when the job's turn comes.
        """
        try:
            job = self._vault.begin_job(collection, Task((), upload=upload), user=user)
        except BaseException:
            self._vault.uploads.remove(upload)
            raise
        with self._lock:
            return self._enqueue(job).view()

    def hand_over(self, collection: str, task: Task, user: str, listener: Listener) -> JobView:
        """Queue a task of a command; `listener` is told of its events from the worker's thread, and at the
        end of its report, or of the error that ended it.

        Commands that ask for the same task while it waits share one job, and each is told how it ends. A
        folder that is being read already is read once more afterwards: it may hold new files by then.
        Raises CollectionNotFound, AccessDenied, HandoverFailed when the server ends.
        """
        with self._lock:
            if self._stopping.is_set():
                raise HandoverFailed(_STOPPED, 1)
            besides = "" if task.upload else self._at_work
            job = self._vault.begin_job(collection, task, user=user, besides=besides)
            shared = self._under_way.get(job.id)
            if shared is None:
                return self._enqueue(job, listener).view()
            view = shared.progress.view()
            if view.started:
                listener(FilesFound(view.total - view.done))
            shared.listeners.append(listener)
            return view

    def views(self, collection: str, user: str) -> list[JobView]:
        """The jobs of a collection since the server started, latest first.

        Raises CollectionNotFound.
        """
        self._vault.authorise(collection, user=user, action=Action.SEARCH)
        return [job.view() for job in reversed(list(self._jobs.values())) if job.collection == collection]

    def cancel(self, job_id: str, user: str) -> None:
        """End a job after the file at hand; what is in the collection by then stays. A job that has ended
        is left as it is.

        Raises AccessDenied when the job is another user's and `user` does not manage the collection.
        """
        progress = self._jobs.get(job_id)
        if progress is None or progress.view().finished:
            return
        if user != progress.user:
            try:
                self._vault.authorise(progress.collection, user=user, action=Action.MANAGE)
            except AccessDenied:
                raise AccessDenied(
                    "Only who started the job, or a manager of the collection, may cancel it."
                ) from None
        progress.cancel(user)

    def forget(self, job: str) -> None:
        """Drop a finished job from the list."""
        if job in self._jobs and self._jobs[job].view().finished:
            del self._jobs[job]

    def close(self) -> None:
        """Stop after the file at hand; what is left is taken up by the next server. Commands that wait for
        a job are told."""
        with self._lock:
            self._stopping.set()
        self._queue.put(None)
        self._worker.join()

    # --- the worker ---------------------------------------------------------------------------

    def _enqueue(self, job: Job, *listeners: Listener) -> JobProgress:
        files = self._vault.uploads.files(job.task.upload) if job.task.upload else []
        sizes = tuple(0 if file.problem else copy.stat().st_size for copy, file in files)
        missing = sum(bool(file.problem) for _, file in files)
        progress = JobProgress(job.id, job.collection, job.user, sizes, missing)
        self._jobs[job.id] = progress
        self._under_way[job.id] = _UnderWay(job, progress, list(listeners))
        self._queue.put(self._under_way[job.id])
        return progress

    def _work(self) -> None:
        while (at_hand := self._next()) is not None and not self._stopping.is_set():
            with self._lock:
                self._at_work = at_hand.job.id
            end = self._end_of(at_hand)
            if end is None:
                break
            with self._lock:
                # From here on the same task is a new job.
                del self._under_way[at_hand.job.id]
                self._at_work = ""
            for listener in at_hand.listeners:
                listener(end)
        self._parsers.close()
        with self._lock:
            waiting = [listener for one in self._under_way.values() for listener in one.listeners]
        for listener in waiting:
            listener(HandoverFailed(_STOPPED, 1))

    def _next(self) -> _UnderWay | None:
        """The next job, or None when the server ends. While none comes for a while, nothing is kept ready."""
        with suppress(queue.Empty):
            return self._queue.get(timeout=_READERS_STAY)
        self._parsers.end_idle()
        return self._queue.get()

    def _end_of(self, at_hand: _UnderWay) -> IngestReport | Exception | None:
        """Work on a job; returns what its listeners are told last. None when the server ends before it."""
        try:
            return self._run(at_hand)
        except _Stopping:
            return None
        except Cancelled as error:
            at_hand.progress.fail(str(error))
            return HandoverFailed(str(error), 1)
        except IncameraError as error:
            at_hand.progress.fail(_and_then(error, at_hand.job))
            return error
        except Exception as error:
            # The worker outlives a defect: other people's jobs wait behind this one.
            _log.exception("ingest job failed")
            reason = f"The job stopped because of an internal error ({type(error).__name__})."
            at_hand.progress.fail(reason)
            return HandoverFailed(reason, 1)

    def _run(self, at_hand: _UnderWay) -> IngestReport:
        job, progress = at_hand.job, at_hand.progress

        def note(event: IngestEvent) -> None:
            progress.note(event)
            with self._lock:
                listeners = list(at_hand.listeners)
            for listener in listeners:
                listener(event)
            if self._stopping.is_set():
                raise _Stopping
            if progress.cancelled_by:
                raise Cancelled(_cancelled(progress))

        if progress.cancelled_by:
            self._vault.jobs.end(job, JobState.CANCELLED, seconds=0, reason=_cancelled(progress))
            self._vault.uploads.remove(job.task.upload)
            raise Cancelled(_cancelled(progress))
        progress.start()
        report = run_job(self._vault, job, self._embedder(), self._settings, note, self._parsers)
        progress.finish()
        return report


def _and_then(error: IncameraError, job: Job) -> str:
    """What is said of a job that an error ended; its uploaded files are kept when it can go on."""
    if not (error.passing and job.task.upload):
        return str(error)
    return f"{error} The files are kept here. To go on then: incamera jobs --resume {job.id}"


def _cancelled(progress: JobProgress) -> str:
    view = progress.view()
    added = "1 file is" if view.added == 1 else f"{view.added} files are"
    return (
        f"Cancelled by {progress.cancelled_by}: {added} in the collection, "
        f"{view.total - view.done} of {view.total} were not read."
    )
