"""`incamera status`"""

from __future__ import annotations

from typing import Annotated

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
        choices = owner.do("models")["choices"]
    usual = next((choice["model"] for choice in choices if choice["collection"] is None), None)
    model = settings.model_server or (usual if settings.model is None else str(settings.model))
    if as_json:
        print_json({"data": str(settings.data), "model": model, "collections": rows})
        return
    output.print(f"Vault: {settings.data}", markup=False)
    output.print(f"Language model: {model or 'none; answers are quotations'}", markup=False)
    table = Table("Collection", "Documents", "Pages", "Chunks", "Failed")
    for row in rows:
        table.add_row(
            escape(str(row["name"])), *(str(row[k]) for k in ("documents", "pages", "chunks", "failed"))
        )
    output.print(table)
