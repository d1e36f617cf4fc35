"""A job that is queued or running, with who follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.parsed.how_to_read import AS_USUAL, HowToRead
from ingest.report import IngestEvent, IngestReport
from ui.services.job_progress import JobProgress
from vault.ledger.jobs import Job

Listener = Callable[[IngestEvent | IngestReport | Exception], None]
"""Receives the events of a job, and last its report or the error that ended it."""


@dataclass(slots=True)
class ActiveJob:
    """A job that is queued or running."""

    job: Job
    progress: JobProgress
    of_command: bool = False
    """Whether a command asked for it; no command stops another job by leaving it."""
    listeners: list[Listener] = field(default_factory=list)
    """One for each command that follows the job."""
    how: HowToRead = AS_USUAL
    """How its files are read; kept in memory only."""
    left: bool = False
    """Whether all commands that followed the job were ended, so that it stops after the present file."""
