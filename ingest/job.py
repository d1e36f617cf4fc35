"""Run a job: find its files, ingest those that are not done yet, and report what happened."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ingest.discover import Discovery, Source, discover
from ingest.journal import JobJournal
from ingest.manifest import Manifest
from ingest.parsed.how_to_read import AS_USUAL, HowToRead, Recognition
from ingest.parsing.pool import ParserPool, open_pool
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

_NOT_GIVEN = "The manifest lists this file, but it is not among the files given. Add it, or remove its line."


class Cancelled(Exception):
    """Raised by `on_event` of `run_job` when a user ends the job. The message says who did."""


def run_job(
    vault: Vault,
    job: Job,
    embedder: Embedder,
    settings: Settings,
    on_event: Callable[[IngestEvent], None] = lambda _: None,
    parsers: ParserPool | None = None,
    how: HowToRead = AS_USUAL,
) -> IngestReport:
    """Run a job to its end and report on the whole job, including what was done before it was resumed.

    `on_event` is called for each event of the ingest. `parsers` are reused by the next job; without them,
    the job starts its own. `how` the files are read is kept nowhere: a resumed job does not know it.

    The vault records how the job ended. The copies of uploaded files are removed, unless the job was
    stopped and can be resumed. Raises what `Ingest`, `discover` and `Manifest` raise.
    """
    started = time.monotonic()
    try:
        with open_pool(settings, parsers, in_memory=vault.keys.encrypted) as pool:
            report = _run(vault, job, embedder, settings, on_event, pool, how)
    except IncameraError as error:
        if error.passing:
            # On a full disk this cannot be recorded either: the next owner of the vault will record it.
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
    vault.jobs.prune_files(job)
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
    how: HowToRead,
) -> IngestReport:
    """Ingest the files of the job, collection by collection, and report on them."""
    manifest = Manifest.read(Path(job.task.manifest)) if job.task.manifest else Manifest({})
    if job.task.upload:
        found = Discovery(uploaded_sources(vault, job), [])
    elif job.task.again:
        found = Discovery([], [])
    else:
        paths = [Path(path) for path in job.task.paths]
        found = discover(paths, exclude=settings.data, follow_links=job.task.follow_links)
    sources = [source for source in found.sources if not _is_manifest(source, job.task.manifest)]
    left_out = {link.path: link.reason for link in found.left_out}
    missing = [
        Source(
            file=Path(path),
            name=Path(path).name,
            path=path,
            # What the manifest lists was meant: a link that is left out is a failure then.
            problem=FileUnreadable(left_out.pop(path, _NOT_GIVEN)),
        )
        for path in manifest.paths_not_in(sources)
    ]
    elsewhere = job.task.elsewhere or job.collection
    grouped = manifest.by_collection([*sources, *missing], elsewhere) or {job.collection: []}
    how = replace(how, ocr=Recognition(job.task.ocr))
    journal = JobJournal(vault.jobs, job)
    # Open all collections before the first file: if the user may not write to one, the job ends at once.
    with vault.open_collections(list(grouped), user=job.user, action=Action.INGEST) as collections:
        for collection, members in zip(collections, grouped.values(), strict=True):
            members = [*members, *_kept_originals(collection, job.task.again)]
            Ingest(collection, embedder, settings, on_event, journal, parsers, how).run_sources(members)
        report = _build_report(vault.jobs, job)
        done = {file.sha256 for file in vault.jobs.files(job.id)}
        report.unread = [
            (document.path or document.name, part)
            for collection in collections
            for document in collection.catalogue.documents()
            if document.sha256 in done
            for part in document.unread
        ]
        report.left_out = [link for link in found.left_out if link.path in left_out]
        listed = {source.path for source in sources}
        current_paths = {file.sha256: file.path for file in vault.jobs.files(job.id) if file.path in listed}
        for collection in collections:
            report.vanished += _find_vanished(collection, job.task.paths, found, current_paths)
    return report


def _kept_originals(collection: Collection, sha256s: Sequence[str]) -> list[Source]:
    """Return the originals of documents that are read again; not of those deleted meanwhile."""
    known = {document.sha256: document for document in collection.catalogue.documents()}
    kept = ((sha256, collection.originals.file(sha256)) for sha256 in sha256s if sha256 in known)
    return [
        Source(
            file=original.path,
            copy=original,
            name=known[sha256].name,
            path=known[sha256].path,
            parent=known[sha256].parent,
            metadata=known[sha256].metadata,
            item=sha256,
            again=True,
        )
        for sha256, original in kept
    ]


def uploaded_sources(vault: Vault, job: Job) -> list[Source]:
    """Return the uploaded files of a job; a file that did not arrive has a problem that says so.

    Raises PathNotFound if the copies of the files were removed.
    """
    files = vault.uploads.files(job.task.upload)
    if not files:
        raise PathNotFound("The uploaded files are no longer there. Upload them again.")
    return [
        Source(
            file=copy.path,
            copy=copy,
            name=file.name,
            path=file.path,
            item=str(file.number),
            problem=FileUnreadable(file.problem) if file.problem else None,
        )
        for copy, file in files
    ]


def _build_report(store: JobStore, job: Job) -> IngestReport:
    """Build the report of a job from the results that are recorded for its files."""
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


def _find_vanished(
    collection: Collection, paths: Sequence[str], discovery: Discovery, current_paths: Mapping[str, str]
) -> list[Vanished]:
    """Return the documents that came from a folder of the task and whose file is no longer there.

    Files under a folder that cannot be listed, or behind a link that is left out, do not count as vanished.
    `current_paths` has the paths of the
    task's files by sha256: a document whose file has only moved gets the new path instead.
    """
    found = {source.path for source in discovery.sources}
    unlisted = [Path(source.path) for source in discovery.sources if source.problem is not None]
    unlisted += [Path(link.path) for link in discovery.left_out]
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
        if document.sha256 in current_paths:
            collection.catalogue.set_path(document.sha256, current_paths[document.sha256])
            continue
        vanished.append(Vanished(document.path, document.sha256, collection.name))
    return vanished


def _is_manifest(source: Source, manifest: str | None) -> bool:
    """Return whether a file that was found is the manifest itself, which is no document."""
    return bool(manifest) and source.file.resolve() == Path(manifest or "").resolve()
