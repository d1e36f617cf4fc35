"""How far an ingest job is: the worker writes it, pages read it as an immutable copy."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent
from vault.records import DocumentState


@dataclass(frozen=True, slots=True)
class JobView:
    """How far a job is, at one moment."""

    id: str
    collection: str
    total: int
    """Number of files; files attached to messages are added as they are found."""
    done: int
    current: str
    """Name of the file that is being read; empty before and after."""
    pages: int
    started: bool
    finished: bool
    pages_per_second: float | None
    """None until the first file has been read."""
    seconds_left: float | None
    """None while too little is done to estimate it."""
    added: int
    skipped: int
    failed: tuple[tuple[str, str], ...]
    """(name, reason) of every file that could not be added."""
    incomplete: tuple[tuple[str, str], ...]
    """(name, reason) of every file that is searchable only in part; `added` counts these too."""
    error: str
    """Why the whole job stopped; empty if it did not."""
    missing: int = 0
    """Files of an upload that did not arrive; `total` counts them, and in the end `failed` lists them."""
    cancelling: bool = False
    """Whether somebody has cancelled the job, so that it stops after the present file."""

    @property
    def fraction(self) -> float:
        """Share of the files that are done, 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0


class JobProgress:
    """Collects the events of one job; safe to use from several threads."""

    def __init__(
        self,
        job: str,
        collection: str,
        user: str,
        sizes: tuple[int, ...],
        missing: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`sizes` are the bytes of each file of an upload, including the `missing` ones that did not arrive.

        They are empty for a job whose files are still to be found. `clock` returns seconds and never goes
        back.
        """
        self.id = job
        self.collection = collection
        self.user = user
        self.cancelled_by = ""
        self._sizes = sizes
        self._missing = missing
        self._clock = clock
        self._lock = threading.Lock()
        self._total = len(sizes)
        self._done: list[FileDone] = []
        # The first FilesFound event of an upload only repeats its files; those of other jobs are new.
        self._counts_found = not sizes
        self._current = ""
        self._started: float | None = None
        self._reading_since: float | None = None
        # Files that were done before the first was read: an earlier run of the job had finished them.
        self._done_before = 0
        self._finished = False
        self._error = ""

    def start(self) -> None:
        """Record that the worker has started the job."""
        with self._lock:
            self._started = self._clock()

    def note(self, event: IngestEvent) -> None:
        """Record an event of the job."""
        with self._lock:
            match event:
                case FilesFound(count):
                    # The job's own files come first, then those attached to them.
                    self._total += count if self._counts_found else 0
                    self._counts_found = True
                case FileStarted(path):
                    self._current = path
                    if self._reading_since is None:
                        self._reading_since, self._done_before = self._clock(), len(self._done)
                case FileDone():
                    self._done.append(event)

    def events(self) -> list[IngestEvent]:
        """Return the events until now, without the starts of files that are done."""
        with self._lock:
            found = [FilesFound(self._total)] if self._counts_found else []
            started = [FileStarted(self._current)] if self._current else []
            return [*found, *self._done, *started]

    def cancel(self, user: str) -> None:
        """Record that `user` wants the job to stop; the worker checks this after each file."""
        with self._lock:
            self.cancelled_by = user

    def cancel_message(self) -> str:
        """Return a sentence that says who cancelled the job, and how far it is."""
        view = self.view()
        added = "1 file is" if view.added == 1 else f"{view.added} files are"
        return (
            f"Cancelled by {self.cancelled_by}: {added} in the collection, "
            f"{view.total - view.done} of {view.total} were not read."
        )

    def finish(self) -> None:
        """Record that all files are done."""
        with self._lock:
            self._finished, self._current = True, ""

    def fail(self, error: str) -> None:
        """Record that the job stopped before its end, and why."""
        with self._lock:
            self._finished, self._current, self._error = True, "", error

    def view(self) -> JobView:
        """Return how far the job is now."""
        with self._lock:
            added = [done for done in self._done if done.state not in (None, DocumentState.FAILED)]
            return JobView(
                id=self.id,
                collection=self.collection,
                total=self._total,
                done=len(self._done),
                current=self._current,
                pages=sum(done.pages for done in added),
                started=self._started is not None,
                finished=self._finished,
                pages_per_second=self._pages_per_second(),
                seconds_left=self._seconds_left(),
                added=len(added),
                skipped=sum(done.state is None for done in self._done),
                failed=self._in_state(DocumentState.FAILED),
                incomplete=self._in_state(DocumentState.PARTIAL),
                error=self._error,
                missing=self._missing,
                cancelling=bool(self.cancelled_by) and not self._finished,
            )

    def _in_state(self, state: DocumentState) -> tuple[tuple[str, str], ...]:
        return tuple((done.path, done.reason) for done in self._done if done.state is state)

    def _pages_per_second(self) -> float | None:
        read = self._done[self._done_before :]
        if self._reading_since is None or not read:
            return None
        return sum(done.pages for done in read) / max(self._clock() - self._reading_since, 1e-3)

    def _seconds_left(self) -> float | None:
        """Estimate the remaining time from the files read in this run.

        Files that an earlier run finished are skipped at once and do not count. Where sizes are known, the
        estimate goes by bytes, because files differ in length by orders of magnitude; attachments do not
        count then.
        """
        if self._finished or self._reading_since is None or len(self._done) <= self._done_before:
            return None
        elapsed = self._clock() - self._reading_since
        if not self._sizes:
            return elapsed * (self._total - len(self._done)) / (len(self._done) - self._done_before)
        read_bytes = sum(self._sizes[self._done_before : len(self._done)])
        return elapsed * sum(self._sizes[len(self._done) :]) / read_bytes if read_bytes else None
