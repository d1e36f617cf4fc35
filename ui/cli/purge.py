"""`incamera purge`"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from ui.cli.console import errors, output, print_json
from ui.cli.owner import vault_owner
from ui.interface.schemas.documents import DocumentEntry, Purge
from vault.settings import Settings
from vault.text.counted import counted


def purge(
    sha256s: Annotated[
        list[str],
        typer.Argument(
            metavar="SHA256...",
            help="The documents; 8 or more digits of the sha256 of each.",
            show_default=False,
        ),
    ],
    collection: Annotated[str, typer.Option("--collection", "-c", help="The collection.")] = "documents",
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the deleted documents as JSON.")] = False,
) -> None:
    """Delete documents and their attachments, so that no byte of them stays in the data folder.

    Text, file names, headings, vectors, originals and copies are deleted. Records of answers that used them
    keep hashes and places, but no words. Older and newer versions are separate documents, and stay.
    """
    settings = Settings.load()
    with vault_owner(settings, "incamera purge", serving=True) as owner:
        preview = owner.documents.preview_purge(Purge(collection=collection, sha256s=sha256s))
        if not yes:
            confirm_purge(preview.documents, collection)
        with errors.status("Rewriting the collection without them"):
            confirmed = [document.sha256 for document in preview.documents]
            purged = owner.documents.purge(Purge(collection=collection, sha256s=confirmed))
    if as_json:
        print_json([{"name": document.name, "sha256": document.sha256} for document in purged])
        return
    for document in purged:
        output.print(f"Deleted {document.name}.", markup=False)
    for document in preview.other_versions:
        output.print(
            f"Kept: another version of the same file, {document.name} ({document.state}), "
            f"{document.sha256[:12]}.",
            markup=False,
        )


def confirm_purge(documents: Sequence[DocumentEntry], collection: str) -> None:
    """Ask the user whether to delete the documents; end the command unless the answer is yes."""
    named = ", ".join(repr(document.name) for document in documents[:5])
    more = f" and {len(documents) - 5} more" if len(documents) > 5 else ""
    pages = sum(document.pages for document in documents)
    if not typer.confirm(
        f"Delete {named}{more} ({counted(pages, 'page')}) with original and index entries from "
        f"{collection!r}? This cannot be undone."
    ):
        errors.print("Nothing was deleted.")
        raise typer.Exit(1)
