"""Background ingest: one worker, a queue, progress that any page can look at, at any time.

Every job is kept in `vault.db`, and the files of an upload in the vault beside it: if the server ends before,
however it ends, the next one goes on with the files that are not through.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from typing import BinaryIO

from ingest.job import Cancelled, run_job
from ingest.report import IngestEvent, IngestReport
from ui.job_progress import JobProgress, JobView
from vault.access import Action
from vault.embedder import Embedder
from vault.errors import AccessDenied, HandoverFailed, IncameraError
from vault.jobs import Job, JobState, Task
from vault.settings import Settings
from vault.vault import Vault

_log = logging.getLogger(__name__)

Listener = Callable[[IngestEvent | IngestReport | Exception], None]


class _Stopping(Exception):
    """The server ends: leave the job where it is."""


class Jobs:
    """Takes files in, one job after the other."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder]) -> None:
        """`embedder` is called by the worker, on the first job."""
        self._vault = vault
        self._settings = settings
        self._embedder = embedder
        self._jobs: dict[str, JobProgress] = {}
        self._listeners: dict[str, Listener] = {}
        self._queue: queue.SimpleQueue[tuple[Job, JobProgress] | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        for job in vault.jobs.uploads():
            self._enqueue(vault.jobs.resume(job))
        self._worker = threading.Thread(target=self._work, name="ingest", daemon=True)
        self._worker.start()

    def submit(self, collection: str, user: str, files: Iterable[tuple[str, BinaryIO]]) -> JobView:
        """Queue (name, content) pairs for a collection; returns when they are copied.

        Raises CollectionNotFound and AccessDenied, as the worker will again when the job's turn comes.
        """
        self._vault.authorise(collection, user=user, action=Action.INGEST)
        upload = self._vault.uploads.store(files)
        try:
            job = self._vault.begin_job(collection, Task((), upload=upload), user=user)
        except BaseException:
            self._vault.uploads.remove(upload)
            raise
        return self._enqueue(job).view()

    def hand_over(self, job: Job, listener: Listener) -> JobView:
        """Queue a job of a command; `listener` is told of its events from the worker's thread, and at the
        end of its report, or of the error that ended it."""
        self._listeners[job.id] = listener
        return self._enqueue(job).view()

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
        """Stop after the file at hand; what is left is taken up by the next server."""
        self._stopping.set()
        self._queue.put(None)
        self._worker.join()

    # --- the worker ---------------------------------------------------------------------------

    def _enqueue(self, job: Job) -> JobProgress:
        files = self._vault.uploads.files(job.task.upload) if job.task.upload else []
        sizes = tuple(path.stat().st_size for path, _ in files)
        progress = JobProgress(job.id, job.collection, job.user, sizes)
        self._jobs[job.id] = progress
        self._queue.put((job, progress))
        return progress

    def _work(self) -> None:
        while (waiting := self._queue.get()) is not None and not self._stopping.is_set():
            job, progress = waiting
            listener = self._listeners.pop(job.id, _nobody)
            try:
                self._run(job, progress, listener)
            except _Stopping:
                listener(HandoverFailed("The server was stopped. The same command goes on from there.", 1))
                return
            except Cancelled as error:
                progress.fail(str(error))
                listener(HandoverFailed(str(error), 1))
            except IncameraError as error:
                progress.fail(_and_then(error, job))
                listener(error)
            except Exception as error:
                # The worker outlives a defect: other people's jobs wait behind this one.
                _log.exception("ingest job failed")
                reason = f"The job stopped because of an internal error ({type(error).__name__})."
                progress.fail(reason)
                listener(HandoverFailed(reason, 1))

    def _run(self, job: Job, progress: JobProgress, listener: Listener) -> None:
        def note(event: IngestEvent) -> None:
            progress.note(event)
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
        report = run_job(self._vault, job, self._embedder(), self._settings, note)
        progress.finish()
        listener(report)


def _nobody(_: IngestEvent | IngestReport | Exception) -> None:
    """Listens to the jobs of the page, which looks at their progress instead."""


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
