"""Annotates the documents of vaults from before there were annotations, while nothing else is to be done."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ingest.annotation.missing import annotate_missing
from vault.errors import IncameraError
from vault.vault import Vault

_log = logging.getLogger(__name__)


class OlderDocuments:
    """The documents of a vault that may not be annotated yet."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._all_annotated = False

    def annotate(self, stop: Callable[[], bool]) -> None:
        """Annotate them, until `stop` returns True; the next call continues."""
        if self._all_annotated:
            return
        try:
            self._all_annotated = all(
                annotate_missing(collection, stop=stop) for collection in self._vault.each_collection()
            )
        except IncameraError as error:
            # A full disk, or a collection that cannot be opened: questions are answered as before.
            _log.warning("The documents of older collections are not annotated: %s", error)
            self._all_annotated = True
