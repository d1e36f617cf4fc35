"""`incamera ingest`"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ingest.manifest import Manifest
from ingest.parsed.how_to_read import HowToRead, Recognition, checked_passwords
from ui.cli.console import errors, output, print_json
from ui.cli.progress import ProgressDisplay, progress_bar
from ui.cli.runner import IngestRunner
from ui.cli.watch import watch_folders
from ui.interface.schemas.base import as_json as json_of
from ui.interface.schemas.jobs import JobReport, Vanished
from vault.errors import ManifestError, PathNotFound
from vault.files.originals import sha256_of
from vault.files.private import write_atomically
from vault.files.storage import translate_disk_errors
from vault.ledger.jobs import Task
from vault.settings import Settings
from vault.text.counted import agreeing, counted

_COLLECTION = "documents"
_LISTED = 20
"""Parts that were not read and that are listed after a run."""


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.", show_default=False)],
    collection: Annotated[
        str | None,
        typer.Option(
            "--collection",
            "-c",
            help="The collection to add them to, except files for which the manifest names another. "
            f"Default: {_COLLECTION}.",
        ),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file with the column path, and any of collection, title, date, ocr and your own."
        ),
    ] = None,
    watch: Annotated[
        float | None,
        typer.Option(
            min=0.1, metavar="SECONDS", help="Keep looking, and add files once they have stopped changing."
        ),
    ] = None,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Follow links in folders that lead out of them.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete documents whose file no longer exists, after asking.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Prune without asking.")] = False,
    report_file: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write the report to this file as JSON.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    ocr: Annotated[
        Recognition,
        typer.Option(help="Recognise words where there is no text, on all pages of PDFs, or never."),
    ] = Recognition.AUTO,
    password: Annotated[
        bool, typer.Option("--password", help="Ask for a password that opens files. It is kept nowhere.")
    ] = False,
    password_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A file with passwords to try, one a line. They are kept nowhere."),
    ] = None,
) -> None:
    """Add files to a collection. Files that it has already are skipped; a file that fails stops no other.

    After a stop or kill, the same command continues. If `incamera serve` runs, it does the work;
    another ingest is waited for.
    Exit code 0: no problem; 1: a file failed, or the vault is in use; 2: wrong use; 130: interrupted.
    """
    settings = Settings.load()
    task = _task(paths, manifest, ocr, follow_links=follow_links)
    first, elsewhere = _collections(collection, manifest)
    runner = IngestRunner(settings, first)
    task = replace(task, elsewhere=elsewhere)
    how = HowToRead(_passwords(ask=password, file=password_file))
    if watch is not None:
        watch_folders(
            paths,
            watch,
            settings,
            lambda files: _run(
                runner, replace(_task(files, manifest, ocr), elsewhere=elsewhere), report_file, how
            ),
            follow_links=follow_links,
        )
        return
    report = _run(runner, task, report_file, how, as_json=as_json)
    if prune:
        _prune(runner, report.vanished, yes=yes)
    if report.failed:
        raise typer.Exit(1)


def _task(
    paths: Sequence[Path], manifest: Path | None, ocr: Recognition, *, follow_links: bool = False
) -> Task:
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(f"There is no file or folder {str(path)!r}. Check the spelling.")
    absolute = tuple(str(path.absolute()) for path in paths)
    if manifest is None:
        return Task(absolute, follow_links=follow_links, ocr=ocr.value)
    if not manifest.is_file():
        raise ManifestError(f"There is no manifest {str(manifest)!r}. Check the spelling.")
    return Task(
        absolute, str(manifest.absolute()), sha256_of(manifest), follow_links=follow_links, ocr=ocr.value
    )


def _collections(collection: str | None, manifest: Path | None) -> tuple[str, str]:
    """Return the collection of the job, and that of files for which the manifest names none.

    The second is empty where it is the first. If no collection is given and the manifest names one in every
    line, no other is needed: the job belongs to the first of them.
    """
    if collection is None and manifest is not None:
        named = Manifest.read(manifest).collections()
        if named and all(named) and _COLLECTION not in named:
            return named[0], _COLLECTION
    return collection or _COLLECTION, ""


def _passwords(*, ask: bool, file: Path | None) -> tuple[str, ...]:
    """Return the passwords of a file, and one that is typed without being shown."""
    lines: list[str] = []
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            raise PathNotFound(f"The passwords cannot be read from {str(file)!r}: {reason}.") from error
        except UnicodeDecodeError as error:
            raise PathNotFound(
                f"{str(file)!r} is no text in UTF-8. Write one password a line and save it as UTF-8."
            ) from error
    if ask:
        # A program may send it; only a person at a terminal is asked.
        typed = typer.prompt("Password", hide_input=True, err=True) if sys.stdin.isatty() else input()
        lines.append(typed)
    return checked_passwords(lines)


def _run(
    runner: IngestRunner, task: Task, report_file: Path | None, how: HowToRead, *, as_json: bool = False
) -> JobReport:
    if report_file is not None:
        _check_report_file(report_file)
    with progress_bar(disable=as_json and not errors.is_terminal) as bar:
        report = runner.run(task, ProgressDisplay(bar).on_event, how)
    if as_json:
        print_json(report)
    else:
        _print_report(report)
    if report_file is not None:
        write_atomically(report_file, json.dumps(json_of(report), ensure_ascii=False, indent=2))
    return report


def _check_report_file(file: Path) -> None:
    """Check that the report can be written, before the first file is read."""
    folder = file.absolute().parent
    if file.is_dir() or not folder.is_dir():
        raise PathNotFound(
            f"The report cannot be written to {str(file)!r}: "
            + ("it is a folder." if file.is_dir() else f"there is no folder {str(folder)!r}.")
        )
    with translate_disk_errors(file), tempfile.TemporaryFile(dir=folder):
        pass


def _print_report(report: JobReport) -> None:
    output.print(
        f"{report.ready:,} ready, {report.partial:,} partial, {report.skipped:,} skipped (already in the "
        f"collection), {len(report.failed):,} failed; {counted(report.pages, 'page')}, "
        f"{counted(report.chunks, 'chunk')} in {report.seconds:.1f} s."
    )
    for part in report.unread[:_LISTED]:
        output.print(f"Not read: {part.path}: {part}", markup=False)
    if len(report.unread) > _LISTED:
        output.print(f"Not read: {len(report.unread) - _LISTED:,} more; `incamera documents` lists all.")
    for link in report.left_out:
        output.print(f"Left out: {link.path}: {link.reason}", markup=False)
    for vanished in report.vanished:
        output.print(
            f"No longer exists: {vanished.path}; its document stays. --prune deletes it.", markup=False
        )


def _prune(runner: IngestRunner, vanished: Sequence[Vanished], *, yes: bool) -> None:
    if not vanished:
        return
    files = agreeing(len(vanished), "file exists", "files exist")
    if not yes and not typer.confirm(
        f"Delete {counted(len(vanished), 'document')} whose {files} no longer? This cannot be undone."
    ):
        errors.print("Nothing was deleted.")
        raise typer.Exit(1)
    for collection in dict.fromkeys(file.collection for file in vanished):
        sha256s = [file.sha256 for file in vanished if file.collection == collection]
        runner.purge(collection, sha256s)
        errors.print(f"Deleted {counted(len(sha256s), 'document')} from {collection!r}.", markup=False)
