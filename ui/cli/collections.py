"""`incamera collections`: listing, creating, rebuilding; members, walls, names and archives"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import errors, output, print_json
from ui.cli.owner import vault_owner
from ui.interface.schemas.accounts import (
    CollectionArchiving,
    CollectionDeletion,
    CollectionRenaming,
    ManagerAppointment,
    MemberChange,
    WallChange,
)
from ui.interface.schemas.collections import DocumentRebuilt, NewCollection, Rebuild
from vault.access import Role
from vault.settings import Settings
from vault.text.counted import counted

BUILT_IN = "built-in"
Name = Annotated[str, typer.Argument(help="The collection.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

collections = typer.Typer(
    name="collections",
    invoke_without_command=True,
    help="List the collections, create, rebuild, rename or archive one; its members and walls.",
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
    table = Table("Collection", "Your role", "Created", "State")
    for entry in entries:
        state = "archived" if entry.archived else ""
        table.add_row(escape(entry.name), entry.role, entry.created[:10], state)
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


@collections.command()
def members(
    collection: Name,
    add: Annotated[
        str | None, typer.Option("--add", metavar="USER", help="Make a user a member, or change their role.")
    ] = None,
    role: Annotated[Role, typer.Option(help="With --add: the role.")] = Role.READER,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="USER", help="Take the membership of a user away.")
    ] = None,
    appoint: Annotated[
        str | None,
        typer.Option(
            metavar="USER",
            help="Make a user the manager of a collection whose managers are all locked (administrators).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the members of a collection, or change them if you manage it."""
    if sum(each is not None for each in (add, remove, appoint)) > 1:
        raise typer.BadParameter("Give only one of --add, --remove and --appoint.")
    with vault_owner(Settings.load(), "incamera collections members") as owner:
        if appoint is not None:
            owner.members.appoint(ManagerAppointment(collection=collection, user=appoint))
            output.print(f"{appoint} manages {collection!r} now.", markup=False)
            return
        if add is not None:
            listed = owner.members.set(MemberChange(collection=collection, user=add, role=role))
        elif remove is not None:
            listed = owner.members.set(MemberChange(collection=collection, user=remove, role=None))
        else:
            listed = owner.members.all(collection)
    if as_json:
        print_json(listed)
        return
    table = Table("Member", "Role", "State")
    for member in listed:
        states = (("behind a wall", member.walled), ("locked", member.locked))
        table.add_row(escape(member.user), member.role, ", ".join(name for name, is_so in states if is_so))
    output.print(table)


@collections.command()
def wall(
    collection: Name,
    user: Annotated[
        str | None, typer.Argument(help="The user to keep out. Without: list the walls.", show_default=False)
    ] = None,
    lift: Annotated[bool, typer.Option("--lift", help="Remove the wall.")] = False,
    reason: Annotated[str, typer.Option(help="Why the wall is raised or lifted.", show_default=False)] = "",
    as_json: AsJson = False,
) -> None:
    """Keep a user out of a collection, whatever their role; lift such a wall; or list the walls.

    For the managers of the collection.
    """
    with vault_owner(Settings.load(), "incamera collections wall") as owner:
        if user is None:
            walls = owner.members.walls(collection)
        else:
            change = WallChange(collection=collection, user=user, reason=reason)
            walls = owner.members.lift_wall(change) if lift else owner.members.raise_wall(change)
    if as_json:
        print_json(walls)
        return
    table = Table("Kept out", "Since", "Raised by", "Reason")
    for one in walls:
        table.add_row(escape(one.user), one.raised[:10], escape(one.raised_by), escape(one.reason))
    output.print(table)


@collections.command()
def rename(
    collection: Name,
    name: Annotated[str, typer.Argument(help="The new name.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Give a collection another name. Its earlier answers keep the name that they cite."""
    with vault_owner(Settings.load(), "incamera collections rename") as owner:
        entry = owner.members.rename(CollectionRenaming(collection=collection, name=name))
    print_json(entry) if as_json else output.print(f"{collection!r} is now {name!r}.", markup=False)


@collections.command()
def archive(
    collection: Name,
    restore: Annotated[bool, typer.Option("--restore", help="Let it take documents again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Keep a collection to be searched where it is named, and to take nothing more; or restore it."""
    with vault_owner(Settings.load(), "incamera collections archive") as owner:
        entry = owner.members.archive(CollectionArchiving(collection=collection, archived=not restore))
    done = "takes documents again" if restore else "is archived"
    print_json(entry) if as_json else output.print(f"{collection!r} {done}.", markup=False)


@collections.command()
def delete(
    collection: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete a collection with everything in it, so that no byte of it stays in the data folder.

    Records of answers from it keep hashes and places, but no words.
    """
    request = CollectionDeletion(collection=collection)
    with vault_owner(Settings.load(), "incamera collections delete") as owner:
        holds = owner.members.preview_deletion(request)
        documents, pages = counted(holds.documents, "document"), counted(holds.pages, "page")
        if not yes and not typer.confirm(
            f"Delete {holds.name!r} with {documents} ({pages})? This cannot be undone."
        ):
            errors.print("Nothing was deleted.")
            raise typer.Exit(1)
        with errors.status("Deleting the collection"):
            owner.members.delete(request)
    if as_json:
        print_json(holds)
    else:
        output.print(f"Deleted {holds.name!r} with {documents}.", markup=False)
