"""`incamera init`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.console import output, print_json
from ui.cli.owner import vault_owner
from ui.interface.schemas.collections import NewCollection
from vault.errors import CollectionExists
from vault.settings import Settings


def init(
    collection: Annotated[
        str, typer.Option("--collection", "-c", help="The first collection.")
    ] = "documents",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Create the vault with a first collection. What exists already is not changed."""
    settings = Settings.load()
    with vault_owner(settings, "incamera init", create=True) as owner:
        try:
            owner.collections.create(NewCollection(name=collection))
            created = True
        except CollectionExists:
            created = False
    if as_json:
        print_json({"data": str(settings.data), "collection": collection, "made": created})
    else:
        output.print(f"The vault is in {settings.data}.", markup=False)
        output.print(
            f"Collection {collection!r} {'was created' if created else 'exists already'}. "
            f"Next: incamera ingest PATH -c {collection!r}",
            markup=False,
        )
