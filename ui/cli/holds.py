"""`incamera holds` and what belongs to it"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from ui.cli.console import output, print_json
from ui.cli.entries import print_entry
from ui.cli.owner import vault_owner
from ui.interface.schemas.holds import HoldEntry, HoldRelease, NewHold, NewRetention, RetentionEntry
from vault.errors import RequestInvalid
from vault.settings import Settings

holds = typer.Typer(
    name="holds", invoke_without_command=True,
    help="List, set and release legal holds; set retention dates and list what is due.",
)  # fmt: skip
Collection = Annotated[str, typer.Argument(help="The collection.")]
Document = Annotated[
    str,
    typer.Option("--document", metavar="SHA256", help="Only this document; 8 or more digits of its sha256."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@holds.callback()
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List the legal holds in your collections."""
    if context.invoked_subcommand is not None:
        return
    with vault_owner(Settings.load(), "incamera holds") as owner:
        found = owner.holds.all()
    if as_json:
        print_json(found)
        return
    for hold in found:
        print_entry(_what(hold), hold.reason, f"{hold.id}, set by {hold.user}, {hold.at[:10]}")
    if not found:
        output.print("There are no legal holds in your collections.")


@holds.command("set")
def set_hold(
    collection: Collection,
    reason: Annotated[str, typer.Option("--reason", help="Why; the log keeps it.")],
    document: Document = "",
    as_json: AsJson = False,
) -> None:
    """Refuse from now on that a collection or document is deleted, or replaced by a newer version."""
    with vault_owner(Settings.load(), "incamera holds set") as owner:
        hold = owner.holds.set(NewHold(collection=collection, document=document, reason=reason))
    if as_json:
        print_json(hold)
    else:
        output.print(f"{_what(hold)} is under legal hold: {hold.id}.", markup=False)


@holds.command()
def release(
    hold: Annotated[str, typer.Argument(help="The hold; 4 or more digits of its id.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; the log keeps it.")],
    as_json: AsJson = False,
) -> None:
    """End a legal hold."""
    with vault_owner(Settings.load(), "incamera holds release") as owner:
        released = owner.holds.release(HoldRelease(hold=hold, reason=reason))
    if as_json:
        print_json(released)
    else:
        output.print(f"{_what(released)} is no longer under the legal hold {released.id}.", markup=False)


@holds.command()
def keep(
    collection: Collection,
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help='The last day, such as 2036-12-31; "" for none.')
    ],
    document: Document = "",
) -> None:
    """Set the day until which a collection or document is to be kept. Nothing is deleted by itself."""
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise RequestInvalid(f"{until!r} is not a day. Write it as 2036-12-31.") from error
    with vault_owner(Settings.load(), "incamera holds keep") as owner:
        owner.holds.keep_until(NewRetention(collection=collection, document=document, until=day))
    output.print(f"To be kept until {day}." if day else "There is no retention date any more.")


@holds.command()
def dates(
    due: Annotated[bool, typer.Option("--due", help="Only those that are over.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the retention dates in your collections, earliest first."""
    with vault_owner(Settings.load(), "incamera holds dates") as owner:
        found = owner.holds.retention(due=due)
    if as_json:
        print_json(found)
        return
    for one in found:
        held = "under legal hold" if one.held else ""
        print_entry(_what(one), *filter(None, (f"to be kept until {one.until}", held)))
    if not found:
        output.print("Nothing is due." if due else "There are no retention dates in your collections.")


def _what(one: HoldEntry | RetentionEntry) -> str:
    """Return the name of what a hold or date is about."""
    return f"{one.collection}, document {one.document[:12]}" if one.document else one.collection
