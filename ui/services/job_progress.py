"""How far a job is: written by the worker, read by pages, through a copy that does not change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent
from vault.records import DocumentState


@dataclass(frozen=True, slots=True)
class JobView:
    """A job at one moment."""

    id: str
    collection: str
    total: int
    """Files, those attached to messages included as they are found."""
    done: int
    current: str
    """Name of the file at hand; empty before and after."""
    pages: int
    started: bool
    finished: bool
    pages_per_second: float | None
    """None before the first file is through."""
    seconds_left: float | None
    """None when too little was done to tell."""
    added: int
    skipped: int
    failed: tuple[tuple[str, str], ...]
    """(name, reason) of every file that was not taken in."""
    incomplete: tuple[tuple[str, str], ...]
    """(name, reason) of every file of which not all can be searched; they are among those added."""
    error: str
    """Why the job as a whole stopped; empty otherwise."""
    missing: int = 0
    """Files of an upload that did not arrive; they are among `total`, and in the end among `failed`."""
    cancelling: bool = False
    """Somebody has cancelled it, and it ends after the file at hand."""

    @property
    def fraction(self) -> float:
        """Share of the files that are through, 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0


class JobProgress:
    """The progress of one job."""

    def __init__(
        self,
        job: str,
        collection: str,
        user: str,
        sizes: tuple[int, ...],
        missing: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`sizes` (bytes) of an upload's files, those that are `missing` included; empty when the files are
        yet to be found.

        `clock` tells the seconds since some moment, and never goes back.
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
        # The files of an upload are known; those of a job are counted as they are found.
        self._found_before = not sizes
        self._current = ""
        self._started: float | None = None
        self._read_since: float | None = None
        self._known = 0
        self._finished = False
        self._error = ""

    def start(self) -> None:
        """The worker has taken the job up."""
        with self._lock:
            self._started = self._clock()

    def note(self, event: IngestEvent) -> None:
        """Something happened."""
        with self._lock:
            match event:
                case FilesFound(count):
                    # First the job's own files, which are known, then those attached to them.
                    self._total += count if self._found_before else 0
                    self._found_before = True
                case FileStarted(path):
                    self._current = path
                    if self._read_since is None:
                        self._read_since, self._known = self._clock(), len(self._done)
                case FileDone():
                    self._done.append(event)

    def cancel(self, user: str) -> None:
        """`user` wants the job to end; the worker looks after each file."""
        with self._lock:
            self.cancelled_by = user

    def finish(self) -> None:
        """All files are through."""
        with self._lock:
            self._finished, self._current = True, ""

    def fail(self, error: str) -> None:
        """The job stopped before its end."""
        with self._lock:
            self._finished, self._current, self._error = True, "", error

    def view(self) -> JobView:
        """The job as it stands now."""
        with self._lock:
            taken = [done for done in self._done if done.state not in (None, DocumentState.FAILED)]
            return JobView(
                id=self.id,
                collection=self.collection,
                total=self._total,
                done=len(self._done),
                current=self._current,
                pages=sum(done.pages for done in taken),
                started=self._started is not None,
                finished=self._finished,
                pages_per_second=self._pages_per_second(),
                seconds_left=self._seconds_left(),
                added=len(taken),
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
        read = self._done[self._known :]
        if self._read_since is None or not read:
            return None
        return sum(done.pages for done in read) / max(self._clock() - self._read_since, 1e-3)

    def _seconds_left(self) -> float | None:
        """Since the first file that was read: what an earlier run of the job did was through at once.

        By bytes where they are known, because files differ in length by orders of magnitude; what is
        attached counts for nothing.
        """
        if self._finished or self._read_since is None or len(self._done) <= self._known:
            return None
        elapsed = self._clock() - self._read_since
        if not self._sizes:
            return elapsed * (self._total - len(self._done)) / (len(self._done) - self._known)
        through = sum(self._sizes[self._known : len(self._done)])
        return elapsed * sum(self._sizes[len(self._done) :]) / through if through else None
