"""Shows the progress of an ingest job in the terminal: files, pages per second, remaining time."""

from __future__ import annotations

import time
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent
from ui.cli.console import errors, without_control
from vault.records import DocumentState


def progress_bar(*, disable: bool) -> Progress:
    """Return the progress bar of an ingest job."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=errors,
        disable=disable,
    )


class ProgressDisplay:
    """Shows the events of one ingest job in a progress bar."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("Looking for files", total=None, rate="")
        self._files = 0
        self._pages = 0
        self._reading_since: float | None = None

    def on_event(self, event: IngestEvent) -> None:
        """Show an event."""
        if isinstance(event, FilesFound):
            self._files += event.count
            self._bar.update(self._task, total=self._files)
        elif isinstance(event, FileStarted):
            # Files that an earlier run of the job finished come before this and do not count as speed.
            self._reading_since = self._reading_since or time.monotonic()
            self._bar.update(self._task, description=_as_text(Path(event.path).name))
        else:
            self._done(event)

    def _done(self, event: FileDone) -> None:
        rate = ""
        if self._reading_since is not None:
            self._pages += event.pages
            rate = f"{self._pages / max(time.monotonic() - self._reading_since, 0.001):.1f} pages/s"
        self._bar.update(self._task, advance=1, rate=rate)
        if event.state in (DocumentState.FAILED, DocumentState.PARTIAL):
            self._bar.console.print(f"{event.state.value}: {event.path}: {event.reason}", markup=False)


def _as_text(name: str) -> str:
    """Return a file name with its brackets and control characters as text, of at most 48 characters."""
    return without_control(name).replace("[", r"\[")[:48]
