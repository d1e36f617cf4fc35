"""Keep track of messages whose attachments are not all ingested yet."""

from __future__ import annotations

from ingest.report import FileDone
from vault.records import DocumentState
from vault.store.catalogue.catalogue import Catalogue


class UnfinishedMessages:
    """Marks messages as unfinished until all their attachments are ingested.

    If an attachment fails, its message stays unfinished, so that the next ingest tries again. A message
    inside a message is done when its own attachments are.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._remaining: dict[str, int] = {}
        self._parents: dict[str, str] = {}

    def mark_unfinished(self, sha256: str) -> None:
        """Mark a message with attachments as unfinished; call this before it is added to the collection."""
        self._catalogue.set_unfinished(sha256, True)

    def claim_attachments(self, sha256: str) -> bool:
        """Return whether to ingest the attachments of this message now; True only once per message."""
        if sha256 in self._remaining or not self._catalogue.is_unfinished(sha256):
            return False
        self._remaining[sha256] = 0
        return True

    def file_done(self, parent: str, done: FileDone, attached: int) -> None:
        """Note that a file is done: `parent` is the message it came in, `attached` counts its attachments."""
        if attached:
            self._remaining[done.sha256] = attached
            self._parents[done.sha256] = parent
            return
        # A document that is read again by itself has a parent that is no part of this run.
        while parent in self._remaining and done.state is not DocumentState.FAILED:
            self._remaining[parent] -= 1
            if self._remaining[parent]:
                return
            self._catalogue.set_unfinished(parent, False)
            parent = self._parents[parent]
