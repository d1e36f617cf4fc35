"""`incamera documents` and `incamera collections`"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import output, print_json
from ui.cli.purge import confirm_purge
from vault.access import Action
from vault.records import Document
from vault.settings import Settings
from vault.vault import Vault


def documents(
    collection: Annotated[str, typer.Option("--collection", "-c", help="The collection.")] = "documents",
    delete: Annotated[
        str | None,
        typer.Option(
            "--delete", metavar="SHA256", help="Delete this document (asks first); 8 or more digits."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the documents of a collection with their states and reasons, or delete one."""
    settings = Settings.load()
    with Vault(settings.data, purpose="incamera documents") as vault:
        if delete is not None:
            opened = vault.open_collection(collection, user=settings.user, action=Action.MANAGE)
            document = opened.catalogue.find(delete)
            if not yes:
                confirm_purge([document], collection)
            vault.purge(collection, [document.sha256], user=settings.user)
            if not as_json:
                output.print(f"Deleted {document.name}.", markup=False)
                return
        opened = vault.open_collection(collection, user=settings.user, action=Action.SEARCH)
        listed = opened.catalogue.documents()
    if as_json:
        print_json([document_json(document) for document in listed])
    else:
        _print_table(listed)


def collections(
    create: Annotated[str | None, typer.Option("--create", metavar="NAME", help="Make a collection.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the collections that you are a member of, or make one."""
    settings = Settings.load()
    with Vault(settings.data, purpose="incamera collections") as vault:
        if create is not None:
            vault.create_collection(create, user=settings.user)
        entries = vault.collections(user=settings.user)
    if as_json:
        print_json([{"name": e.name, "role": e.role.value, "created": e.created} for e in entries])
        return
    table = Table("Collection", "Your role", "Made")
    for entry in entries:
        table.add_row(escape(entry.name), entry.role.value, entry.created[:10])
    output.print(table)


def document_json(document: Document) -> dict[str, object]:
    """The shape that programs may rely on."""
    return {
        "name": document.name,
        "sha256": document.sha256,
        "state": document.state.value,
        "reason": document.reason,
        "pages": document.pages,
        "chunks": document.chunks,
        "ocr_pages": document.ocr_pages,
        "warnings": list(document.warnings),
        "added": document.added,
        "path": document.path,
        "parent": document.parent,
        "metadata": dict(document.metadata),
    }


def _print_table(listed: list[Document]) -> None:
    table = Table("State", "Pages", "Chunks", "Document", "sha256", box=None, pad_edge=False)
    for document in listed:
        table.add_row(
            document.state.value,
            str(document.pages),
            str(document.chunks),
            escape(document.name),
            document.sha256[:12],
        )
    output.print(table)
    for document in listed:
        for remark in filter(None, (document.reason, *document.warnings)):
            output.print(f"{document.name}: {remark}", markup=False)
