"""`incamera purge`"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from ui.cli.console import errors, output, print_json
from ui.cli.owner import vault_owner
from vault.settings import Settings


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
    with vault_owner(settings, "incamera purge") as owner:
        found = owner.do("doomed", collection=collection, sha256s=sha256s)
        if not yes:
            confirm_purge(found["doomed"], collection)
        with errors.status("Rewriting the collection without them"):
            doomed = [document["sha256"] for document in found["doomed"]]
            gone = owner.do("purge", collection=collection, sha256s=doomed)
    if as_json:
        print_json([{"name": document["name"], "sha256": document["sha256"]} for document in gone])
        return
    for document in gone:
        output.print(f"Purged {document['name']}.", markup=False)
    for document in found["others"]:
        output.print(
            f"Kept: another version of it, {document['name']} ({document['state']}), "
            f"{document['sha256'][:12]}.",
            markup=False,
        )


def confirm_purge(doomed: Sequence[dict[str, Any]], collection: str) -> None:
    """Ask the user; who does not say yes ends the command."""
    named = ", ".join(repr(document["name"]) for document in doomed[:5])
    more = f" and {len(doomed) - 5} more" if len(doomed) > 5 else ""
    pages = sum(document["pages"] for document in doomed)
    if not typer.confirm(
        f"Delete {named}{more} ({pages} pages) with original and index entries from {collection!r}? "
        "This cannot be undone."
    ):
        errors.print("Nothing was deleted.")
        raise typer.Exit(1)
