"""`incamera jobs`"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import errors, output, print_json
from ui.cli.ingest_run import Runner
from ui.cli.ingest_shown import Shown, progress_bar
from vault.errors import JobNotFound
from vault.jobs import JobState
from vault.settings import Settings
from vault.vault import Vault


def jobs(
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="ID", help="Go on with this job; 4 or more digits.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List your ingest jobs, latest first, or go on with one that was stopped."""
    settings = Settings.load()
    with Vault(settings.data, purpose="incamera jobs") as vault:
        listed = vault.jobs.all(user=settings.user)
        job = None if resume is None else vault.jobs.find(resume, user=settings.user)
    if job is not None:
        if job.state is JobState.DONE:
            raise JobNotFound(f"Job {job.id} is done. To look for new files: incamera ingest PATH...")
        with progress_bar(disable=as_json and not errors.is_terminal) as bar:
            report = Runner(settings, job.collection).run(job.task, Shown(bar).on_event)
        if as_json:
            print_json(report)
        if report["failed"]:
            raise typer.Exit(1)
        return
    if as_json:
        print_json([one.as_json() for one in listed])
        return
    table = Table("Job", "State", "Begun", "Collection", "Ready", "Partial", "Skipped", "Failed", "What")
    for one in listed:
        what = ", ".join(one.task.paths[:2]) + (" …" if len(one.task.paths) > 2 else "")
        sums = (str(count) for count in (one.ready, one.partial, one.skipped, one.failed))
        table.add_row(one.id, one.state.value, one.created[:16], escape(one.collection), *sums, escape(what))
    output.print(table)
    for one in listed:
        if one.reason:
            output.print(f"{one.id}: {one.reason}", markup=False)
