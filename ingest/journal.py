"""What a job knows of its files: which are through and need not be read again, and how each ended."""

from __future__ import annotations

from typing import Protocol

from ingest.discover import Source
from ingest.report import FileDone
from vault.ledger.jobs import Job, JobFile, JobStore
from vault.records import DocumentState
from vault.store.catalogue import Catalogue

_SKIPPED = "skipped"


class Journal(Protocol):
    """Asked before a file is read, told when it is through."""

    def known(self, source: Source, catalogue: Catalogue) -> FileDone | None:
        """How the file ended when the job was at it before; None when it is to be read."""
        ...

    def settle(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:
        """The file is through; returns how it ended for the job as a whole."""
        ...


class NoJournal:
    """For an ingest that is no job: every file is read."""

    def known(self, source: Source, catalogue: Catalogue) -> None:
        """Nothing is known."""

    def settle(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:  # noqa: ARG002
        """As it ended."""
        return done


class JobJournal:
    """The journal of a job, in the vault. A file is the same as before when path, size and time of change
    are; its bytes are not hashed again."""

    def __init__(self, store: JobStore, job: Job) -> None:
        self._store = store
        self._job = job
        self._before = {file.item: file for file in store.files(job.id)}
        self._stats: dict[str, tuple[int, int]] = {}

    def known(self, source: Source, catalogue: Catalogue) -> FileDone | None:
        """How the file ended before, if it is unchanged and the collection still says so."""
        try:
            stat = source.file.stat()
        except OSError:
            return None
        self._stats[_item(source)] = stat.st_size, stat.st_mtime_ns
        before = self._before.get(_item(source))
        if before is None or (before.size, before.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
            return None
        if before.state != DocumentState.FAILED and (
            catalogue.state(before.sha256) is None or catalogue.is_unfinished(before.sha256)
        ):
            return None
        return _done(before)

    def settle(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:
        """Keep how it ended. What was taken in by this job before it was stopped is not "skipped"."""
        if done.state is None and done.sha256:
            done = self._first_outcome(source, done, catalogue)
        size, mtime_ns = self._stats.get(_item(source), (0, 0))
        self._store.note(
            self._job.id,
            JobFile(
                _item(source), done.path, size, mtime_ns, done.sha256,
                _SKIPPED if done.state is None else done.state.value, done.reason, done.pages, done.chunks,
            ),
        )  # fmt: skip
        return done

    def _first_outcome(self, source: Source, done: FileDone, catalogue: Catalogue) -> FileDone:
        before = self._before.get(_item(source))
        if before is not None and before.sha256 == done.sha256:
            return _done(before)
        document = catalogue.document(done.sha256)
        # Added by this job, and the process ended before it was noted here.
        same = (document.path, document.parent) == (source.path, source.parent) and (
            document.name == source.name and document.added >= self._job.created
        )
        if not (same and self._job.resumed):
            return done
        return FileDone(
            done.path, done.sha256, document.state, document.reason, document.pages, document.chunks
        )


def _item(source: Source) -> str:
    return source.item or source.path or source.file.name


def _done(file: JobFile) -> FileDone:
    state = None if file.state == _SKIPPED else DocumentState(file.state)
    return FileDone(file.path, file.sha256, state, file.reason, file.pages, file.chunks)
