"""Messages with attachments: which of them are not wholly in yet."""

from __future__ import annotations

from ingest.report import FileDone
from vault.records import DocumentState
from vault.store.catalogue import Catalogue


class Messages:
    """Which messages are unfinished: their attachments are still to come, or failed and will be tried again.

    A message inside a message is through when what is attached to it is.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._open: dict[str, int] = {}
        self._inside: dict[str, str] = {}

    def expect(self, sha256: str) -> None:
        """Before the message enters: it has attachments."""
        self._catalogue.set_unfinished(sha256, True)

    def take_up(self, sha256: str) -> bool:
        """Whether the attachments of this message are to be taken in now; true once."""
        if sha256 in self._open or not self._catalogue.is_unfinished(sha256):
            return False
        self._open[sha256] = 0
        return True

    def settle(self, parent: str, done: FileDone, attached: int) -> None:
        """A file is through, in the message `parent` if any, with so many attachments to come."""
        if attached:
            self._open[done.sha256] = attached
            self._inside[done.sha256] = parent
            return
        while parent and done.state is not DocumentState.FAILED:
            self._open[parent] -= 1
            if self._open[parent]:
                return
            self._catalogue.set_unfinished(parent, False)
            parent = self._inside[parent]
