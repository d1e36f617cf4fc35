"""`incamera init`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.console import output, print_json
from vault.errors import CollectionExists
from vault.settings import Settings


def init(
    collection: Annotated[
        str, typer.Option("--collection", "-c", help="The first collection.")
    ] = "documents",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Create the vault with a first collection. What exists already is not changed."""
    # Imported here: other commands start in half the time.
    from ui.services.services import Services

    settings = Settings.load()
    with Services(settings, purpose="incamera init", create=True) as services:
        try:
            services.vault.create_collection(collection, user=settings.user)
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
