"""`incamera init`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.choosing_keys import KeyFileOption, PassphraseOption, choose_secret, refuse_existing
from ui.cli.console import output, print_json
from ui.cli.owner import vault_owner
from ui.cli.passphrase import passphrase_prompt
from ui.interface.schemas.collections import NewCollection
from vault.creation import create_vault
from vault.errors import CollectionExists
from vault.settings import Settings


def init(
    collection: Annotated[
        str, typer.Option("--collection", "-c", help="The first collection.")
    ] = "documents",
    key_file: KeyFileOption = None,
    passphrase: PassphraseOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Create the vault with a first collection. What exists already is not changed."""
    settings, ask = Settings.load(), passphrase_prompt()
    if key_file is not None or passphrase:
        refuse_existing(settings.data)
        chosen = choose_secret(settings.data, key_file, passphrase=passphrase)
        create_vault(settings.data, settings.user, "incamera init", chosen.secret)
        settings, ask = settings.model_copy(update={"key_file": key_file}), chosen.ask
    with vault_owner(settings, "incamera init", create=True, ask_passphrase=ask) as owner:
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
