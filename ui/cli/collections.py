"""`incamera collections` and `incamera collections rebuild`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import errors, output, print_json
from ui.cli.owner import vault_owner
from ui.interface.schemas.collections import DocumentRebuilt, NewCollection, Rebuild
from vault.settings import Settings
from vault.text.counted import counted

BUILT_IN = "built-in"

collections = typer.Typer(
    name="collections", invoke_without_command=True, help="List the collections, create or rebuild one."
)


@collections.callback()
def listed(
    context: typer.Context,
    create: Annotated[
        str | None, typer.Option("--create", metavar="NAME", help="Create a collection.")
    ] = None,
    embedder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="With --create: embed the collection with the sentence-transformers model in this folder.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the collections that you are a member of, or create one."""
    if context.invoked_subcommand is not None:
        return
    if embedder is not None and create is None:
        raise typer.BadParameter(
            "--embedder needs --create NAME. To change an existing collection, use "
            "`incamera collections rebuild`."
        )
    settings = Settings.load()
    with vault_owner(settings, "incamera collections") as owner:
        if create is not None:
            folder = "" if embedder is None else str(embedder.absolute())
            owner.collections.create(NewCollection(name=create, embedder=folder))
        entries = owner.collections.all()
    if as_json:
        print_json(entries)
        return
    table = Table("Collection", "Your role", "Created")
    for entry in entries:
        table.add_row(escape(entry.name), entry.role, entry.created[:10])
    output.print(table)


@collections.command()
def rebuild(
    collection: Annotated[str, typer.Argument(help="The collection.", show_default=False)],
    embedder: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            help="From now on, embed with the sentence-transformers model in this folder, or with the model "
            f'that comes with Incamera: "{BUILT_IN}". Default: the present model of the collection.',
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Chunk, embed and annotate a collection again from its stored text.

    Until this is done, questions are answered as before. After an interruption, the same command continues.
    """
    settings = Settings.load()
    folder = embedder
    if embedder is not None:
        folder = "" if embedder == BUILT_IN else str(Path(embedder).absolute())
    with (
        vault_owner(settings, "incamera collections rebuild", serving=True) as owner,
        errors.status("Loading") as spinner,
    ):

        def show(event: DocumentRebuilt) -> None:
            spinner.update(f"Embedding: {event.done:,} of {counted(event.total, 'document')}")

        result = owner.collections.rebuild(Rebuild(collection=collection, embedder=folder), show)
    if as_json:
        print_json(result)
    else:
        output.print(
            f"{collection}: {counted(result.chunks, 'chunk')} embedded with {result.embedder}.", markup=False
        )
