"""`incamera status`"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import output, print_json
from ui.cli.owner import vault_owner
from vault.settings import Settings


def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Where the vault is and what each collection holds."""
    settings = Settings.load()
    with vault_owner(settings, "incamera status") as owner:
        rows = owner.do("status")
        sandbox = owner.do("sandbox")
        choices = owner.do("models")["choices"]
    usual = next((choice["model"] for choice in choices if choice["collection"] is None), None)
    model = settings.model_server or (usual if settings.model is None else str(settings.model))
    if as_json:
        print_json({"data": str(settings.data), "model": model, "sandbox": sandbox, "collections": rows})
        return
    output.print(f"Vault: {settings.data}", markup=False)
    output.print(f"Language model: {model or 'none; answers are quotations'}", markup=False)
    _print_sandbox(sandbox)
    table = Table("Collection", "Documents", "Pages", "Chunks", "Failed")
    for row in rows:
        table.add_row(
            escape(str(row["name"])), *(str(row[k]) for k in ("documents", "pages", "chunks", "failed"))
        )
    output.print(table)


def _print_sandbox(sandbox: dict[str, Any]) -> None:
    """What the parser may do on this machine."""
    # Imported here: with --json nothing of the way in is needed.
    from ingest.parsing.sandbox import in_words

    if not sandbox["granted"]:
        output.print(f"Reading files: shut in; it cannot {in_words(sandbox['refused'], 'or')}.", markup=False)
        return
    then = (
        "so no file is read (INCAMERA_SANDBOX=required)"
        if sandbox["setting"] == "required"
        else "and files are read all the same; INCAMERA_SANDBOX=required refuses to"
    )
    output.print(
        "Reading files: NOT fully shut in. This system lets the parser "
        f"{in_words(sandbox['granted'], 'and')}, {then}.",
        style="yellow",
        markup=False,
    )
