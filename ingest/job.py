"""A job from its task to its report: the files found, those that are through passed over, what vanished."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from ingest.discover import Source, discover
from ingest.journal import JobJournal
from ingest.manifest import Manifest
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from ingest.report import Failure, IngestEvent, IngestReport, Vanished
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import FileUnreadable, IncameraError, PathNotFound, StorageError
from vault.ledger.jobs import Job, JobState, JobStore
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

_NOT_GIVEN = "The manifest names it, and it is not among the files given."


class Cancelled(Exception):
    """Raised by `on_event` of `run_job`: somebody ended the job. The text says who."""


def run_job(
    vault: Vault,
    job: Job,
    embedder: Embedder,
    settings: Settings,
    on_event: Callable[[IngestEvent], None] = lambda _: None,
    parsers: ParserPool | None = None,
) -> IngestReport:
    """Work on a job to its end. The report is of the whole job, whatever was done of it before. `parsers`
    stay for the next job; without them the job starts its own.

    However it ends, the job says so in the vault, and unless it was stopped and can go on, the copies of
    uploaded files are removed. Raises what `Ingest`, `discover` and `Manifest` raise.
    """
    started = time.monotonic()
    try:
        with nullcontext(parsers) if parsers else ParserPool(settings) as pool:
            report = _run(vault, job, embedder, settings, on_event, pool)
    except IncameraError as error:
        if error.passing:
            # Where the disk is full this cannot be kept either: the next owner of the vault notes it.
            with suppress(StorageError):
                seconds = time.monotonic() - started
                vault.jobs.end(job, JobState.STOPPED, seconds=seconds, reason=str(error))
            raise
        vault.jobs.end(job, JobState.FAILED, seconds=time.monotonic() - started, reason=str(error))
        vault.uploads.remove(job.task.upload)
        raise
    except Cancelled as error:
        vault.jobs.end(job, JobState.CANCELLED, seconds=time.monotonic() - started, reason=str(error))
        vault.uploads.remove(job.task.upload)
        raise
    except BaseException:
        vault.jobs.end(job, JobState.STOPPED, seconds=time.monotonic() - started)
        raise
    ended = vault.jobs.end(job, JobState.DONE, seconds=time.monotonic() - started)
    vault.jobs.forget_files(job)
    vault.uploads.remove(job.task.upload)
    report.seconds = ended.seconds
    return report


def _run(
    vault: Vault,
    job: Job,
    embedder: Embedder,
    settings: Settings,
    on_event: Callable[[IngestEvent], None],
    parsers: ParserPool,
) -> IngestReport:
    manifest = Manifest.read(Path(job.task.manifest)) if job.task.manifest else Manifest({})
    sources = (
        uploaded(vault, job)
        if job.task.upload
        else discover([Path(path) for path in job.task.paths], without=settings.data)
    )
    missing = [
        Source(file=Path(path), name=Path(path).name, path=path, problem=FileUnreadable(_NOT_GIVEN))
        for path in manifest.without_file(sources)
    ]
    grouped = manifest.described([*sources, *missing], job.collection) or {job.collection: []}
    journal = JobJournal(vault.jobs, job)
    # All of them before the first file: a collection that may not be written to stops the job at once.
    with vault.open_collections(list(grouped), user=job.user, action=Action.INGEST) as collections:
        for collection, some in zip(collections, grouped.values(), strict=True):
            Ingest(collection, embedder, settings, on_event, journal, parsers).run_sources(some)
        report = _report(vault.jobs, job)
        listed = {source.path for source in sources}
        now_at = {file.sha256: file.path for file in vault.jobs.files(job.id) if file.path in listed}
        for collection in collections:
            report.vanished += _vanished(collection, job.task.paths, sources, now_at)
    return report


def uploaded(vault: Vault, job: Job) -> list[Source]:
    """The uploaded files of a job; those that did not arrive have that as their problem.

    Raises PathNotFound when their copies are gone.
    """
    files = vault.uploads.files(job.task.upload)
    if not files:
        raise PathNotFound("The uploaded files are no longer there. Upload them again.")
    return [
        Source(
            file=copy,
            name=file.name,
            path=file.path,
            item=str(file.number),
            problem=FileUnreadable(file.problem) if file.problem else None,
        )
        for copy, file in files
    ]


def _report(store: JobStore, job: Job) -> IngestReport:
    report = IngestReport(job=job.id)
    for file in store.files(job.id):
        if file.state == DocumentState.FAILED:
            report.failed.append(Failure(file.path, file.reason))
            continue
        report.pages += file.pages
        report.chunks += file.chunks
        report.ready += file.state == DocumentState.READY
        if file.state == DocumentState.PARTIAL:
            report.partial.append(Failure(file.path, file.reason))
        report.skipped += file.state == "skipped"
    return report


def _vanished(
    collection: Collection, paths: Sequence[str], sources: Sequence[Source], now_at: Mapping[str, str]
) -> list[Vanished]:
    """Documents that came from a folder of the task and whose file is there no more.

    Under a folder that could not be listed nothing counts as vanished. A file that was seen elsewhere in
    the task has moved: the document gets the path where it is now.
    """
    found = {source.path for source in sources}
    unlisted = [Path(source.path) for source in sources if source.problem is not None]
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    vanished = []
    for document in collection.catalogue.documents():
        path = Path(document.path)
        if (
            not document.path
            or document.path in found
            or document.state is DocumentState.SUPERSEDED
            or not any(path.is_relative_to(folder) for folder in folders)
            or any(path.is_relative_to(folder) for folder in unlisted)
        ):
            continue
        if document.sha256 in now_at:
            collection.catalogue.set_path(document.sha256, now_at[document.sha256])
            continue
        vanished.append(Vanished(document.path, document.sha256, collection.name))
    return vanished
