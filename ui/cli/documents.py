"""`incamera documents`"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import output, print_json
from ui.cli.owner import vault_owner
from ui.cli.purge import confirm_purge
from ui.interface.schemas.documents import DocumentEntry, Purge
from vault.settings import Settings

_LISTED = 20
"""Parts that were not read and that are listed for one document."""


def documents(
    collection: Annotated[str, typer.Option("--collection", "-c", help="The collection.")] = "documents",
    delete: Annotated[
        str | None,
        typer.Option(
            "--delete",
            metavar="SHA256",
            help="Delete this document, after asking; 8 or more digits of its sha256.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the documents of a collection with their states and problems, or delete one."""
    settings = Settings.load()
    with vault_owner(settings, "incamera documents", serving=delete is not None) as owner:
        if delete is not None:
            preview = owner.documents.preview_purge(Purge(collection=collection, sha256s=[delete]))
            document = preview.documents[0]
            if not yes:
                confirm_purge(preview.documents, collection)
            owner.documents.purge(Purge(collection=collection, sha256s=[document.sha256]))
            if not as_json:
                output.print(f"Deleted {document.name}.", markup=False)
                return
        listed = owner.documents.all(collection)
    if as_json:
        print_json(listed)
    else:
        _print_table(listed)


def _print_table(listed: list[DocumentEntry]) -> None:
    table = Table("State", "Pages", "Chunks", "Document", "sha256", box=None, pad_edge=False)
    for document in listed:
        table.add_row(
            document.state,
            str(document.pages),
            str(document.chunks),
            escape(document.name),
            document.sha256[:12],
        )
    output.print(table)
    for document in listed:
        for remark in filter(None, (document.reason, *document.warnings)):
            output.print(f"{document.name}: {remark}", markup=False)
        for part in document.unread[:_LISTED]:
            output.print(f"{document.name}: not read: {part}", markup=False)
        if len(document.unread) > _LISTED:
            more = len(document.unread) - _LISTED
            output.print(f"{document.name}: not read: {more:,} more; --json lists all.", markup=False)
