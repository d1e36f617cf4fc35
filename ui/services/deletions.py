"""Deletes documents for the page: recorded in the vault at once, removed in the background."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from vault.errors import IncameraError
from vault.records import Document
from vault.vault import Vault

_log = logging.getLogger(__name__)


class Deletions:
    """Removes documents in one thread, several at a time.

    If the server ends first, even by a crash, the next owner of the vault removes what was recorded.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._wake = threading.Event()
        self._closing = False
        self._problem = ""
        self._worker = threading.Thread(target=self._work, name="deletions", daemon=True)
        self._worker.start()

    def submit(self, collection: str, sha256s: Sequence[str], user: str) -> list[Document]:
        """Record documents and their attachments for removal, and return them.

        Raises CollectionNotFound, AccessDenied, DocumentNotFound.
        """
        documents = self._vault.begin_purge(collection, sha256s, user=user)
        self._problem = ""
        self._wake.set()
        return documents

    @property
    def problem(self) -> str:
        """Why the last removal stopped; empty if it did not."""
        return self._problem

    def close(self) -> None:
        """Finish the removals that have begun, and end the thread."""
        self._closing = True
        self._wake.set()
        self._worker.join()

    def _work(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self._vault.finish_purges()
            except (IncameraError, OSError) as error:
                self._problem = f"Deleting stopped: {error}. It continues when the server starts again."
            except Exception as error:
                # The thread survives a defect: it must still carry out later deletions.
                _log.exception("deletion failed")
                self._problem = f"Deleting stopped because of an internal error ({type(error).__name__})."
            if self._closing:
                return
