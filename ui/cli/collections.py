"""`incamera collections` and `incamera collections rebuild`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import errors, output, print_json
from ui.cli.owner import vault_owner
from vault.settings import Settings

BUILT_IN = "built-in"

collections = typer.Typer(
    name="collections", invoke_without_command=True, help="List the collections, make or rebuild one."
)


@collections.callback()
def listed(
    context: typer.Context,
    create: Annotated[str | None, typer.Option("--create", metavar="NAME", help="Make a collection.")] = None,
    embedder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="With --create: embed it with the sentence-transformers model in this folder.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the collections that you are a member of, or make one."""
    if context.invoked_subcommand is not None:
        return
    if embedder is not None and create is None:
        raise typer.BadParameter("it goes with --create NAME; for a collection that is there, use rebuild.")
    settings = Settings.load()
    with vault_owner(settings, "incamera collections") as owner:
        if create is not None:
            folder = "" if embedder is None else str(embedder.absolute())
            owner.do("create", collection=create, embedder=folder)
        entries = owner.do("collections")
    if as_json:
        print_json(entries)
        return
    table = Table("Collection", "Your role", "Made")
    for entry in entries:
        table.add_row(escape(entry["name"]), entry["role"], entry["created"][:10])
    output.print(table)


@collections.command()
def rebuild(
    collection: Annotated[str, typer.Argument(help="The collection.", show_default=False)],
    embedder: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            help="Embed with the sentence-transformers model in this folder from now on, or with the model "
            f'that comes with Incamera: "{BUILT_IN}". Default: the model that the collection has.',
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Cut and embed a collection anew from its stored text.

    Questions are answered as before until it is through; interrupted, it goes on with the next call.
    """
    settings = Settings.load()
    folder = embedder
    if embedder is not None:
        folder = "" if embedder == BUILT_IN else str(Path(embedder).absolute())
    with vault_owner(settings, "incamera collections rebuild") as owner, errors.status("Loading") as spinner:

        def show(event: dict[str, Any]) -> None:
            spinner.update(f"Embedding: {event['done']:,} of {event['total']:,} documents")

        made = owner.do("rebuild", show, collection=collection, embedder=folder)
    if as_json:
        print_json(made)
    else:
        output.print(
            f"{collection}: {made['chunks']:,} chunks embedded with {made['embedder']}.", markup=False
        )
