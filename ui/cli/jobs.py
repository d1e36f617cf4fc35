"""`incamera jobs`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.console import errors, print_json
from ui.cli.entries import print_entry
from ui.cli.owner import vault_owner
from ui.cli.progress import ProgressDisplay, progress_bar
from ui.cli.runner import IngestRunner
from vault.errors import JobNotFound
from vault.ledger.jobs import JobState
from vault.settings import Settings


def jobs(
    resume: Annotated[
        str | None,
        typer.Option("--resume", metavar="ID", help="Continue this job; 4 or more digits of its id."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List your ingest jobs, latest first, or continue one that was stopped."""
    settings = Settings.load()
    with vault_owner(settings, "incamera jobs") as owner:
        listed = owner.jobs.all()
        job = None if resume is None else owner.jobs.find(resume)
    if job is not None:
        if job.state == JobState.DONE:
            raise JobNotFound(f"Job {job.id} is done. To look for new files: incamera ingest PATH...")
        with progress_bar(disable=as_json and not errors.is_terminal) as bar:
            runner = IngestRunner(settings, job.collection)
            report = runner.run(job.task, ProgressDisplay(bar).on_event)
        if as_json:
            print_json(report)
        if report.failed:
            raise typer.Exit(1)
        return
    if as_json:
        print_json(listed)
        return
    for one in listed:
        paths = one.task.paths
        source = ", ".join(paths[:2]) + (" …" if len(paths) > 2 else "") if paths else "added on the page"
        counts = ", ".join(
            f"{getattr(one, name)} {name}" for name in ("ready", "partial", "skipped", "failed")
        )
        print_entry(
            f"{one.id}  {one.state}  {one.created[:16]}", f"{one.collection}: {counts}", source, one.reason,
        )  # fmt: skip
