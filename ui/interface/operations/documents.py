"""Documents: listing and purging them."""

from __future__ import annotations

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.documents import DocumentEntry, Purge, PurgePreview
from vault.access import Action


class DocumentOperations:
    """Lists and purges the documents of a collection."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._vault = workplace.vault
        self._user = user

    def all(self, collection: str) -> list[DocumentEntry]:
        """Return the documents of a collection. Raises CollectionNotFound, AccessDenied."""
        with self._vault.open_collection(collection, user=self._user, action=Action.SEARCH) as opened:
            return [DocumentEntry.of(document) for document in opened.catalogue.documents()]

    def preview_purge(self, request: Purge) -> PurgePreview:
        """Return what a purge would delete, and the other versions of the same files, which stay.

        Raises CollectionNotFound, AccessDenied, DocumentNotFound.
        """
        with self._vault.open_collection(
            request.collection, user=self._user, action=Action.MANAGE
        ) as collection:
            catalogue = collection.catalogue
            found = [catalogue.find(beginning).sha256 for beginning in request.sha256s]
            purged = catalogue.with_attached(found)
            paths = {document.path for document in purged if document.path}
            sha256s = {document.sha256 for document in purged}
            others = [d for d in catalogue.documents() if d.path in paths and d.sha256 not in sha256s]
        return PurgePreview(
            documents=[DocumentEntry.of(document) for document in purged],
            other_versions=[DocumentEntry.of(document) for document in others],
        )

    def purge(self, request: Purge) -> list[DocumentEntry]:
        """Delete documents with everything that was made from them, and return what was deleted.

        Raises CollectionNotFound, AccessDenied, DocumentNotFound.
        """
        purged = self._vault.purge(request.collection, request.sha256s, user=self._user)
        return [DocumentEntry.of(document) for document in purged]
