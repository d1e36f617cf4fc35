"""`incamera ingest`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest.pipeline import Ingest
from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent, IngestReport
from ui.cli.console import errors, output, print_json, without_control
from ui.services import Services
from vault.access import Action
from vault.records import DocumentState
from vault.settings import Settings


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.", show_default=False)],
    collection: Annotated[
        str, typer.Option("--collection", "-c", help="The collection that they go into.")
    ] = "documents",
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read files into a collection. The same bytes twice are skipped; a file that fails stops no other.

    Exit code 1 when a file failed.
    """
    settings = Settings.load()
    with Services(settings, purpose="incamera ingest") as services:
        opened = services.vault.open_collection(collection, user=settings.user, action=Action.INGEST)
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=errors,
            disable=as_json and not errors.is_terminal,
        ) as bar:
            shown = _Shown(bar)
            report = Ingest(opened, services.embedder, settings, shown.on_event).run(paths)
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)
    if report.failed:
        raise typer.Exit(1)


class _Shown:
    """The progress bar of one ingest."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("Looking for files", total=None, rate="")
        self._files = 0
        self._pages = 0

    def on_event(self, event: IngestEvent) -> None:
        if isinstance(event, FilesFound):
            self._files += event.count
            self._bar.update(self._task, total=self._files)
        elif isinstance(event, FileStarted):
            self._bar.update(self._task, description=_plain(Path(event.path).name))
        else:
            self._done(event)

    def _done(self, event: FileDone) -> None:
        self._pages += event.pages
        elapsed = self._bar.tasks[self._task].elapsed or 0.0
        rate = f"{self._pages / elapsed:.1f} pages/s" if elapsed else ""
        self._bar.update(self._task, advance=1, rate=rate)
        if event.state in (DocumentState.FAILED, DocumentState.PARTIAL):
            self._bar.console.print(f"{event.state.value}: {event.path}: {event.reason}", markup=False)


def _print(report: IngestReport) -> None:
    output.print(
        f"{report.ready} ready, {report.partial} partial, {report.skipped} skipped (already there), "
        f"{len(report.failed)} failed; {report.pages} pages, {report.chunks} chunks "
        f"in {report.seconds:.1f} s."
    )


def _plain(name: str) -> str:
    """A file name as it stands: brackets in it are no markup, control characters no commands."""
    return without_control(name).replace("[", r"\[")[:48]
