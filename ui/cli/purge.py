"""`incamera purge`"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from ui.cli.console import errors, output, print_json
from vault.access import Action
from vault.collection import Collection
from vault.records import Document
from vault.settings import Settings
from vault.vault import Vault


def purge(
    sha256s: Annotated[
        list[str],
        typer.Argument(
            metavar="SHA256...", help="The documents; 8 or more digits of each.", show_default=False
        ),
    ],
    collection: Annotated[str, typer.Option("--collection", "-c", help="The collection.")] = "documents",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was purged as JSON.")] = False,
) -> None:
    """Remove documents, and what was attached to them, so that no byte of them stays in the data folder.

    Text, file names, headings, vectors, originals and copies go. The record of an answer that rests on them
    keeps hashes and places, and no words. Older and newer versions are documents of their own, and stay.
    """
    settings = Settings.load()
    with Vault(settings.data, purpose="incamera purge") as vault:
        opened = vault.open_collection(collection, user=settings.user, action=Action.MANAGE)
        doomed = opened.catalogue.with_attached([opened.catalogue.find(one).sha256 for one in sha256s])
        others = _other_versions(opened, doomed)
        if not yes:
            confirm_purge(doomed, collection)
        with errors.status("Rewriting the collection without them"):
            gone = vault.purge(collection, [document.sha256 for document in doomed], user=settings.user)
    if as_json:
        print_json([{"name": document.name, "sha256": document.sha256} for document in gone])
        return
    for document in gone:
        output.print(f"Purged {document.name}.", markup=False)
    for document in others:
        output.print(
            f"Kept: another version of it, {document.name} ({document.state.value}), {document.sha256[:12]}.",
            markup=False,
        )


def confirm_purge(doomed: Sequence[Document], collection: str) -> None:
    """Ask the user; who does not say yes ends the command."""
    named = ", ".join(repr(document.name) for document in doomed[:5])
    more = f" and {len(doomed) - 5} more" if len(doomed) > 5 else ""
    pages = sum(document.pages for document in doomed)
    if not typer.confirm(
        f"Delete {named}{more} ({pages} pages) with original and index entries from {collection!r}? "
        "This cannot be undone."
    ):
        errors.print("Nothing was deleted.")
        raise typer.Exit(1)


def _other_versions(opened: Collection, doomed: list[Document]) -> list[Document]:
    paths = {document.path for document in doomed if document.path}
    gone = {document.sha256 for document in doomed}
    return [d for d in opened.catalogue.documents() if d.path in paths and d.sha256 not in gone]
