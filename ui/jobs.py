"""Background ingest: one worker, a queue, progress that any page can look at, at any time.

A job's files lie in `<data>/incoming/<job>/` until they are in the collection, with a note of what they
are. If the server ends before, the next one takes the job up again: files that were through are known
by their hash and skipped.
"""

from __future__ import annotations

import json
import logging
import queue
import shutil
import threading
import uuid
from collections.abc import Callable, Iterable
from typing import BinaryIO

from ingest.discover import Source
from ingest.job import run_job
from ingest.pipeline import Ingest
from ingest.report import IngestEvent, IngestReport
from ui.job_progress import JobProgress, JobView
from vault.access import Action
from vault.embedder import Embedder
from vault.errors import HandoverFailed, IncameraError
from vault.jobs import Job
from vault.settings import Settings
from vault.vault import Vault

_log = logging.getLogger(__name__)
_NOTE = "job.json"

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
        self._incoming = settings.data / "incoming"
        self._incoming.mkdir(mode=0o700, exist_ok=True)
        self._jobs: dict[str, JobProgress] = {}
        self._handed: dict[str, tuple[Job, Listener]] = {}
        self._queue: queue.SimpleQueue[JobProgress | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._take_up()
        self._worker = threading.Thread(target=self._work, name="ingest", daemon=True)
        self._worker.start()

    def submit(self, collection: str, user: str, files: Iterable[tuple[str, BinaryIO]]) -> JobView:
        """Queue (name, content) pairs for a collection; returns when they are copied.

        Raises CollectionNotFound and AccessDenied, as the worker will again when the job's turn comes.
        """
        self._vault.open_collection(collection, user=user, action=Action.INGEST)
        job = uuid.uuid4().hex
        folder = self._incoming / job
        folder.mkdir(mode=0o700)
        try:
            names = []
            for number, (name, content) in enumerate(files):
                with (folder / f"{number}").open("xb") as target:
                    shutil.copyfileobj(content, target, 1 << 20)
                names.append(name)
            note = {"collection": collection, "user": user, "names": names}
            # Written last and moved into place: a folder without a note was not submitted.
            (folder / f".{_NOTE}").write_text(json.dumps(note))
            (folder / f".{_NOTE}").rename(folder / _NOTE)
        except BaseException:
            shutil.rmtree(folder)
            raise
        return self._enqueue(job, collection, user, names).view()

    def hand_over(self, job: Job, listener: Listener) -> JobView:
        """Queue a job that the vault keeps; `listener` is told of its events from the worker's thread, and
        at the end of its report, or of the error that ended it."""
        progress = JobProgress(job.id, job.collection, job.user, (), ())
        self._handed[job.id] = (job, listener)
        self._jobs[job.id] = progress
        self._queue.put(progress)
        return progress.view()

    def views(self, collection: str, user: str) -> list[JobView]:
        """The jobs of a collection since the server started, latest first.

        Raises CollectionNotFound.
        """
        self._vault.open_collection(collection, user=user, action=Action.SEARCH)
        return [job.view() for job in reversed(list(self._jobs.values())) if job.collection == collection]

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

    def _work(self) -> None:
        while (job := self._queue.get()) is not None and not self._stopping.is_set():
            try:
                if job.id in self._handed:
                    self._run_handed(job, *self._handed.pop(job.id))
                else:
                    self._run(job)
            except _Stopping:
                return
            except IncameraError as error:
                job.fail(str(error))
            except Exception as error:
                # The worker outlives a defect: other people's jobs wait behind this one.
                _log.exception("ingest job failed")
                job.fail(f"The job stopped because of an internal error ({type(error).__name__}).")
            shutil.rmtree(self._incoming / job.id, ignore_errors=True)

    def _run(self, job: JobProgress) -> None:
        collection = self._vault.open_collection(job.collection, user=job.user, action=Action.INGEST)
        job.start()

        def note(event: IngestEvent) -> None:
            job.note(event)
            if self._stopping.is_set():
                raise _Stopping

        folder = self._incoming / job.id
        sources = [Source(file=folder / f"{n}", name=name, path="") for n, name in enumerate(job.names)]
        Ingest(collection, self._embedder(), self._settings, note).run_sources(sources)
        job.finish()

    def _run_handed(self, progress: JobProgress, job: Job, listener: Listener) -> None:
        def note(event: IngestEvent) -> None:
            progress.note(event)
            listener(event)
            if self._stopping.is_set():
                raise _Stopping

        progress.start()
        try:
            listener(run_job(self._vault, job, self._embedder(), self._settings, note))
        except _Stopping:
            listener(HandoverFailed("The server was stopped. The same command goes on from there.", 1))
            raise
        except IncameraError as error:
            listener(error)
            raise
        except Exception as error:
            listener(HandoverFailed(f"The job stopped in the server ({type(error).__name__}).", 1))
            raise
        progress.finish()

    # --- the folder ---------------------------------------------------------------------------

    def _enqueue(self, job: str, collection: str, user: str, names: list[str]) -> JobProgress:
        folder = self._incoming / job
        sizes = [(folder / f"{number}").stat().st_size for number in range(len(names))]
        progress = JobProgress(job, collection, user, tuple(names), tuple(sizes))
        self._jobs[job] = progress
        self._queue.put(progress)
        return progress

    def _take_up(self) -> None:
        """Queue again what an earlier server left, and remove what was never submitted."""
        for folder in sorted(self._incoming.iterdir(), key=lambda path: path.stat().st_mtime):
            try:
                note = json.loads((folder / _NOTE).read_text())
                self._enqueue(folder.name, note["collection"], note["user"], [str(n) for n in note["names"]])
            except (OSError, ValueError, KeyError, TypeError):
                shutil.rmtree(folder, ignore_errors=True)
