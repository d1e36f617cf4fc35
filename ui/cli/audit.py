"""`incamera audit` and what belongs to it"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.console import errors, output, print_json
from ui.cli.entries import print_wrapped
from ui.cli.owner import vault_owner
from ui.interface.schemas.base import as_json
from ui.interface.schemas.log import LogCheck, LogEntry, LogQuery, ReplayDifference, ReplayRequest
from vault.errors import RequestInvalid
from vault.files.private import write_private
from vault.files.storage import translate_disk_errors
from vault.log.export import ExportForm, csv_line, ocsf_event
from vault.log.head import read_heads
from vault.log.key import LogOptions
from vault.settings import Settings
from vault.text.counted import counted

if TYPE_CHECKING:
    from ui.interface.client.owner import OwnerClient
    from ui.interface.operations.owner import Operations

audit = typer.Typer(
    name="audit", invoke_without_command=True,
    help="Show, verify and export the log, and ask the question of a record again.",
)  # fmt: skip
_PART = 1000
"""Entries that are asked for at a time."""

User = Annotated[list[str] | None, typer.Option("--user", "-u", help="Only what this user did.")]
Event = Annotated[
    list[str] | None,
    typer.Option("--event", "-e", help='Only this event, such as "page.viewed", or "page" for all of them.'),
]
Denied = Annotated[bool, typer.Option("--denied", help="Only what was refused.")]
Collection = Annotated[str, typer.Option("--collection", "-c", help="Only what is about this collection.")]
Document = Annotated[
    str, typer.Option("--document", metavar="SHA256", help="Only what is about this document.")
]
Since = Annotated[str, typer.Option("--since", metavar="DAY", help="From this day on (UTC).")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Up to this day (UTC).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@audit.callback()
def shown(
    context: typer.Context,
    user: User = None,
    event: Event = None,
    denied: Denied = False,
    collection: Collection = "",
    document: Document = "",
    since: Since = "",
    until: Until = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=_PART, help="Most entries.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the log, latest entry first: administrators see all of it without words, managers their part."""
    if context.invoked_subcommand is not None:
        return
    query = _query(user, event, denied, collection, document, since, until, limit=limit)
    with vault_owner(Settings.load(), "incamera audit") as owner:
        entries = owner.log.entries(query)
    if as_json:
        print_json(entries)
        return
    for entry in entries:
        where = ", ".join(entry.collections)
        what = ", ".join(filter(None, (where, _about(entry))))
        output.print(
            f"{entry.number:>6}  {entry.at[:19].replace('T', ' ')}  {_event(entry):<26} "
            f"{entry.user or '-':<12} {what}",
            markup=False,
        )


@audit.command()
def head(as_json: AsJson = False) -> None:
    """Print the head of the log: keep it elsewhere, and `verify --head` proves that nothing was cut off."""
    with vault_owner(Settings.load(), "incamera audit head") as owner:
        found = owner.log.head()
    if as_json:
        print_json(found)
    else:
        print(found.head)


@audit.command()
def verify(
    head: Annotated[
        list[str] | None, typer.Option("--head", help="A head that was printed earlier and kept elsewhere.")
    ] = None,
    heads: Annotated[
        Path | None, typer.Option("--heads", metavar="FILE", help="A file with such heads, one a line.")
    ] = None,
    key_file: Annotated[
        list[Path] | None, typer.Option("--key-file", metavar="FILE", help="An earlier key of the log.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that no entry was changed, removed, moved, put in or cut off, and no record of an answer.

    The exit code is 1 if something was.
    """
    kept = list(head or [])
    if heads is not None:
        try:
            with translate_disk_errors(heads):
                kept += map(str, read_heads(heads))
        except (FileNotFoundError, IsADirectoryError) as error:
            raise RequestInvalid(f"There is no file {heads}. Name a file with heads, one a line.") from error
    keys = [str(file.absolute()) for file in key_file or ()]
    with vault_owner(Settings.load(), "incamera audit verify") as owner, errors.status("Checking the log"):
        found = owner.log.verify(LogCheck(heads=kept, keys=keys))
    if as_json:
        print_json(found)
    elif found.intact:
        checked = f" and {len(kept)} kept heads" if len(kept) > 1 else " and the kept head" if kept else ""
        output.print(f"The log is intact: {found.entries:,} entries, {found.records:,} records{checked}.")
        output.print(f"Head: {found.head}", markup=False)
    else:
        output.print(f"The log is not intact: {len(found.problems):,} problems.", style="bold red")
        for problem in found.problems:
            output.print(problem.what, markup=False)
    if not found.intact:
        raise typer.Exit(1)


@audit.command()
def export(
    form: Annotated[ExportForm, typer.Option("--format", help="The form.")] = ExportForm.JSONL,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="A file; default: standard output.")
    ] = None,
    user: User = None,
    event: Event = None,
    denied: Denied = False,
    collection: Collection = "",
    document: Document = "",
    since: Since = "",
    until: Until = "",
) -> None:
    """Export entries of the log, latest first: as JSON lines, CSV, or events of OCSF for other systems."""
    query = _query(user, event, denied, collection, document, since, until, limit=_PART, export=True)
    with vault_owner(Settings.load(), "incamera audit export") as owner:
        lines = _exported(owner, query, form)
        if out is None:
            for line in lines:
                print(line)
            return
        # Complete before the file is replaced: an export that fails leaves the one before.
        text = "".join(f"{line}\n" for line in lines)
    with translate_disk_errors(out):
        write_private(out, text)
    errors.print(f"Wrote {out}.", markup=False)


@audit.command()
def show(
    record: Annotated[str, typer.Argument(help="The record; 4 or more digits of its id.")],
    as_json: AsJson = False,
) -> None:
    """Show the record of an answer: question, answer, passages, models, settings and versions."""
    with vault_owner(Settings.load(), "incamera audit show") as owner:
        found = owner.log.record(record)
    if as_json:
        print_json(found)
        return
    answer = found.body["answer"]
    output.print(f"{answer['question']}", markup=False, style="bold")
    output.print(f"{found.user}, {found.at}, record {found.id}", markup=False)
    for statement in answer.get("statements", ()):
        print_wrapped(f"{statement['text']} ({statement['verdict']})", indent="  ")
    for place in answer.get("evidence", ()):
        print_wrapped(f"{place['document']}, p. {place['page']}: {place['quote']}", indent="  ")
    output.print("All of it: incamera audit show --json", markup=False)


@audit.command()
def replay(
    record: Annotated[str, typer.Argument(help="The record; 4 or more digits of its id.")],
    question: Annotated[
        str, typer.Option("--question", help="What was asked, for a record that is kept by hashes only.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Ask the question of a record again, and say whether the answer is the same or what differs.

    The exit code is 1 if the answer differs.
    """
    with vault_owner(Settings.load(), "incamera audit replay") as owner, errors.status("Asking again"):
        found = owner.log.replay(ReplayRequest(record=record, question=question))
    if as_json:
        print_json(found)
    else:
        output.print("The answer is the same." if found.same else "The answer differs.", style="bold")
        _print_differences(found.answer)
        if found.circumstances:
            output.print("It was made from something else:" if found.same else "What it was made from:")
            _print_differences(found.circumstances)
        output.print(f"New record: {found.again}", markup=False)
    if not found.same:
        raise typer.Exit(1)


@audit.command("new-key")
def new_key(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Seal the log with a new key from now on, also after the old key was lost.

    The old key is kept beside the new one, to check the entries until now. Stop `incamera serve` before.
    """
    settings = Settings.load()
    if not yes and not typer.confirm("Seal the log with a new key from now on?"):
        errors.print("Nothing was changed.")
        raise typer.Exit(1)
    # Imported here: other commands start in half the time.
    from vault.vault import Vault

    options = LogOptions(settings.log_key_file, settings.log_content == "kept", new_key=True)
    with Vault(settings.data, purpose="incamera audit new-key", log=options) as vault:
        found = vault.log.head()
    output.print(f"The log has a new key in {options.key_path(settings.data)}.", markup=False)
    output.print(f"Head: {found}", markup=False)


def _query(
    user: list[str] | None,
    event: list[str] | None,
    denied: bool,
    collection: str,
    document: str,
    since: str,
    until: str,
    **more: Any,
) -> LogQuery:
    return LogQuery(
        users=user or [], events=event or [], results=["denied"] if denied else [], collection=collection,
        document=document, since=since, until=until, **more,
    )  # fmt: skip


def _exported(owner: Operations | OwnerClient, query: LogQuery, form: ExportForm) -> Iterator[str]:
    """Yield the lines of an export."""
    if form is ExportForm.CSV:
        yield csv_line().rstrip("\n")
    product = version("incamera")
    for entry in _all(owner, query):
        values = as_json(entry)
        if form is ExportForm.CSV:
            yield csv_line(values).rstrip("\n")
        else:
            exported = values if form is ExportForm.JSONL else ocsf_event(values, product)
            yield json.dumps(exported, ensure_ascii=False)


def _all(owner: Operations | OwnerClient, query: LogQuery) -> Iterator[LogEntry]:
    """Yield all entries, part by part."""
    while part := owner.log.entries(query):
        yield from part
        query = query.model_copy(update={"before": part[-1].number})


def _event(entry: LogEntry) -> str:
    return entry.event if entry.result == "done" else f"{entry.event} ({entry.result})"


def _about(entry: LogEntry) -> str:
    """Return on one line what an entry is about."""
    words = " ".join((entry.content or {}).values())
    documents = entry.facts.get("documents") or []
    about = [
        f"record {entry.record[:12]}" if entry.record else "",
        f"document {documents[0][:12]}" if len(documents) == 1 else "",
        counted(len(documents), "document") if len(documents) > 1 else "",
        f"page {entry.facts['page']}" if "page" in entry.facts else "",
        str(entry.facts.get("action", "")),
        " ".join(words.split()),
    ]
    return ", ".join(filter(None, about))


def _print_differences(differences: list[ReplayDifference]) -> None:
    for one in differences:
        output.print(f"  {one.what}", markup=False)
        print_wrapped(f"then: {one.then or '(nothing)'}", indent="    ")
        print_wrapped(f"now:  {one.now or '(nothing)'}", indent="    ")
