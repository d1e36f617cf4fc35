"""`incamera jobs`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.console import errors, print_json
from ui.cli.entries import print_entry
from ui.cli.ingest_run import Runner
from ui.cli.ingest_shown import Shown, progress_bar
from ui.cli.owner import vault_owner
from vault.errors import JobNotFound
from vault.ledger.jobs import JobState, Task
from vault.settings import Settings


def jobs(
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="ID", help="Go on with this job; 4 or more digits.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List your ingest jobs, latest first, or go on with one that was stopped."""
    settings = Settings.load()
    with vault_owner(settings, "incamera jobs") as owner:
        listed = owner.do("jobs")
        job = None if resume is None else owner.do("job", id=resume)
    if job is not None:
        if job["state"] == JobState.DONE:
            raise JobNotFound(f"Job {job['id']} is done. To look for new files: incamera ingest PATH...")
        with progress_bar(disable=as_json and not errors.is_terminal) as bar:
            runner = Runner(settings, job["collection"])
            report = runner.run(Task.from_json(job["task"]), Shown(bar).on_event)
        if as_json:
            print_json(report)
        if report["failed"]:
            raise typer.Exit(1)
        return
    if as_json:
        print_json(listed)
        return
    for one in listed:
        paths = one["task"]["paths"]
        what = ", ".join(paths[:2]) + (" …" if len(paths) > 2 else "") if paths else "uploaded in the page"
        sums = ", ".join(f"{one[name]} {name}" for name in ("ready", "partial", "skipped", "failed"))
        print_entry(
            f"{one['id']}  {one['state']}  {one['created'][:16]}", f"{one['collection']}: {sums}", what,
            one["reason"],
        )  # fmt: skip
