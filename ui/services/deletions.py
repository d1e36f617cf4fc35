"""Documents that a page deletes: noted in the vault at once, removed in the background, many in one go."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from vault.errors import IncameraError
from vault.records import Document
from vault.vault import Vault

_log = logging.getLogger(__name__)


class Deletions:
    """One worker. What was noted when the server ends, however it ends, is removed by the next owner."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._wake = threading.Event()
        self._closing = False
        self._problem = ""
        self._worker = threading.Thread(target=self._work, name="deletions", daemon=True)
        self._worker.start()

    def submit(self, collection: str, sha256s: Sequence[str], user: str) -> list[Document]:
        """Note documents, and what was attached to them, for removal; returns them.

        Raises CollectionNotFound, AccessDenied, DocumentNotFound.
        """
        doomed = self._vault.begin_purge(collection, sha256s, user=user)
        self._problem = ""
        self._wake.set()
        return doomed

    @property
    def problem(self) -> str:
        """Why the last removal stopped; empty when it did not. The next start goes on with it."""
        return self._problem

    def close(self) -> None:
        """Finish what is under way."""
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
                self._problem = f"Deleting stopped: {error}. It goes on when the server starts again."
            except Exception as error:
                # The worker outlives a defect: later deletions must still be carried out.
                _log.exception("deletion failed")
                self._problem = f"Deleting stopped because of an internal error ({type(error).__name__})."
            if self._closing:
                return
