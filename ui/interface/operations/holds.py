"""Legal holds and retention dates."""

from __future__ import annotations

from datetime import UTC, datetime

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.holds import HoldEntry, HoldRelease, NewHold, NewRetention, RetentionEntry
from vault.access import Action


class HoldOperations:
    """Sets, releases and lists legal holds and retention dates."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._vault = workplace.vault
        self._holds = workplace.vault.holds
        self._user = user

    def all(self) -> list[HoldEntry]:
        """Return the holds in the user's collections, oldest first."""
        return [HoldEntry.of(hold) for hold in self._holds.all(user=self._user)]

    def set(self, request: NewHold) -> HoldEntry:
        """Set a hold. Raises CollectionNotFound, AccessDenied, DocumentNotFound, RequestInvalid."""
        sha256 = self._document(request.collection, request.document)
        return HoldEntry.of(
            self._holds.set(request.collection, request.reason, user=self._user, sha256=sha256)
        )

    def release(self, request: HoldRelease) -> HoldEntry:
        """Release a hold and return it. Raises HoldNotFound, AccessDenied, RequestInvalid."""
        return HoldEntry.of(self._holds.release(request.hold, request.reason, user=self._user))

    def keep_until(self, request: NewRetention) -> None:
        """Set or remove a retention date. Raises CollectionNotFound, AccessDenied, DocumentNotFound."""
        sha256 = self._document(request.collection, request.document)
        self._holds.keep_until(request.collection, request.until, user=self._user, sha256=sha256)

    def retention(self, *, due: bool = False) -> list[RetentionEntry]:
        """Return the retention dates in the user's collections, earliest first; with `due`, those over."""
        day = datetime.now(UTC).date() if due else None
        return [RetentionEntry.of(one) for one in self._holds.retention(user=self._user, due=day)]

    def _document(self, collection: str, beginning: str) -> str:
        """Return the sha256 of a document by its beginning; empty for the whole collection."""
        if not beginning:
            return ""
        with self._vault.open_collection(collection, user=self._user, action=Action.MANAGE) as opened:
            return opened.catalogue.find(beginning).sha256
