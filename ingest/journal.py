"""The journal of a job: which files are done and need not be parsed again, and the result of each."""

from __future__ import annotations

from typing import Protocol

from ingest.discover import Source
from ingest.report import FileDone
from vault.ledger.jobs import SKIPPED, Job, JobFile, JobStore
from vault.records import DocumentState
from vault.store.catalogue.catalogue import Catalogue


class Journal(Protocol):
    """Keeps the result of each file: asked before a file is parsed, updated when the file is done."""

    def earlier_result(self, source: Source, catalogue: Catalogue) -> FileDone | None:
        """Return the earlier result of a file; None if the file must be parsed."""
        ...

    def record(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:
        """Record that a file is done; return its result for the whole job."""
        ...


class NoJournal:
    """The journal for an ingest without a job: it keeps nothing, so every file is parsed."""

    def earlier_result(self, source: Source, catalogue: Catalogue) -> None:
        """Return None: no file has an earlier result."""

    def record(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:  # noqa: ARG002
        """Return `done` unchanged."""
        return done


class JobJournal:
    """The journal of a job, kept in the vault.

    A file counts as unchanged if its path, size and modification time are the same; it is not hashed again.
    """

    def __init__(self, store: JobStore, job: Job) -> None:
        self._store = store
        self._job = job
        self._before = {file.item: file for file in store.files(job.id)}
        self._stats: dict[str, tuple[int, int]] = {}

    def earlier_result(self, source: Source, catalogue: Catalogue) -> FileDone | None:
        """Return the earlier result, if the file is unchanged and the collection still has its document."""
        try:
            stat = source.file.stat()
        except OSError:
            return None
        self._stats[_key(source)] = stat.st_size, stat.st_mtime_ns
        before = self._before.get(_key(source))
        if before is None or (before.size, before.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
            return None
        if before.state != DocumentState.FAILED and (
            catalogue.state(before.sha256) is None or catalogue.is_unfinished(before.sha256)
        ):
            return None
        return _file_done(before)

    def record(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:
        """Record the result. A file that this job ingested before a stop does not count as skipped."""
        if done.state is None and done.sha256:
            done = self._first_result(source, done, catalogue)
        size, mtime_ns = self._stats.get(_key(source), (0, 0))
        self._store.add_file(
            self._job.id,
            JobFile(
                _key(source), done.path, size, mtime_ns, done.sha256,
                SKIPPED if done.state is None else done.state.value, done.reason, done.pages, done.chunks,
            ),
        )  # fmt: skip
        return done

    def _first_result(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:
        """Return what happened when this job first ingested the file; `done` if another job did."""
        before = self._before.get(_key(source))
        if before is not None and before.sha256 == done.sha256:
            return _file_done(before)
        document = catalogue.document(done.sha256)
        # This job may have added it, and the process ended before the result was recorded here.
        same = (document.path, document.parent) == (source.path, source.parent) and (
            document.name == source.name and document.added >= self._job.created
        )
        if not (same and self._job.resumed):
            return done
        return FileDone(
            done.path, done.sha256, document.state, document.reason, document.pages, document.chunks
        )


def _key(source: Source) -> str:
    """Return the key of a file in its job."""
    return source.item or source.path or source.file.name


def _file_done(file: JobFile) -> FileDone:
    """Return the event for a file as the job has recorded it."""
    state = None if file.state == SKIPPED else DocumentState(file.state)
    return FileDone(file.path, file.sha256, state, file.reason, file.pages, file.chunks)
