"""`incamera ingest`"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ui.cli.console import errors, output, print_json
from ui.cli.ingest_run import Runner
from ui.cli.ingest_shown import Shown, progress_bar
from ui.cli.watch import watch_folders
from vault.errors import ManifestError, PathNotFound
from vault.files.originals import sha256_of
from vault.files.private import write_whole
from vault.files.storage import on_disk
from vault.ledger.jobs import Task
from vault.settings import Settings


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.", show_default=False)],
    collection: Annotated[
        str, typer.Option("--collection", "-c", help="The collection that they go into.")
    ] = "documents",
    manifest: Annotated[
        Path | None,
        typer.Option(
            help="A CSV with a column path, and any of collection, title, date and fields of your own."
        ),
    ] = None,
    watch: Annotated[
        float | None,
        typer.Option(
            min=0.1, metavar="SECONDS", help="Look again and again, and take in files that stopped changing."
        ),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Purge documents whose file has vanished from the folders (asks).")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Prune without asking.")] = False,
    report_file: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write the report there as JSON.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read files into a collection. The same bytes twice are skipped; a file that fails stops no other.

    Stopped or killed, the same command goes on where it was. When `incamera serve` runs, it does the work.
    Exit code 0: all well; 1: a file failed, or the vault is in use; 2: wrong use; 130: interrupted.
    """
    settings = Settings.load()
    runner = Runner(settings, collection)
    task = _task(paths, manifest)
    if watch is not None:
        watch_folders(paths, watch, settings, lambda some: _shown(runner, _task(some, manifest), report_file))
        return
    report = _shown(runner, task, report_file, as_json=as_json)
    if prune:
        _prune(runner, report["vanished"], yes=yes)
    if report["failed"]:
        raise typer.Exit(1)


def _task(paths: Sequence[Path], manifest: Path | None) -> Task:
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(f"There is no file or folder {str(path)!r}. Check the spelling.")
    if manifest is None:
        return Task(tuple(str(path.absolute()) for path in paths))
    if not manifest.is_file():
        raise ManifestError(f"There is no manifest {str(manifest)!r}. Check the spelling.")
    absolute = tuple(str(path.absolute()) for path in paths)
    return Task(absolute, str(manifest.absolute()), sha256_of(manifest))


def _shown(runner: Runner, task: Task, report_file: Path | None, *, as_json: bool = False) -> dict[str, Any]:
    if report_file is not None:
        _check_report(report_file)
    with progress_bar(disable=as_json and not errors.is_terminal) as bar:
        report = runner.run(task, Shown(bar).on_event)
    if as_json:
        print_json(report)
    else:
        _print(report)
    if report_file is not None:
        write_whole(report_file, json.dumps(report, ensure_ascii=False, indent=2))
    return report


def _check_report(file: Path) -> None:
    """Before the first file is read, and not after the last, it is said that a report has no place to go."""
    folder = file.absolute().parent
    if file.is_dir() or not folder.is_dir():
        raise PathNotFound(
            f"The report cannot be written to {str(file)!r}: "
            + ("that is a folder." if file.is_dir() else f"there is no folder {str(folder)!r}.")
        )
    with on_disk(file), tempfile.TemporaryFile(dir=folder):
        pass


def _print(report: dict[str, Any]) -> None:
    output.print(
        f"{report['ready']} ready, {report['partial']} partial, {report['skipped']} skipped (already there), "
        f"{len(report['failed'])} failed; {report['pages']} pages, {report['chunks']} chunks "
        f"in {report['seconds']:.1f} s."
    )
    for gone in report["vanished"]:
        output.print(f"Vanished: {gone['path']}; its document stays. --prune purges it.", markup=False)


def _prune(runner: Runner, vanished: Sequence[dict[str, str]], *, yes: bool) -> None:
    if not vanished:
        return
    if not yes and not typer.confirm(
        f"Purge {len(vanished)} documents whose files have vanished? This cannot be undone."
    ):
        errors.print("Nothing was purged.")
        raise typer.Exit(1)
    for collection in dict.fromkeys(gone["collection"] for gone in vanished):
        doomed = [gone["sha256"] for gone in vanished if gone["collection"] == collection]
        runner.purge(collection, doomed)
        errors.print(f"Purged {len(doomed)} documents from {collection!r}.", markup=False)
