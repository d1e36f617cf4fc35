"""Collections: what there is, creating one, embedding one again."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.collections import (
    CollectionEntry,
    CollectionTotals,
    DocumentRebuilt,
    NewCollection,
    Rebuild,
    RebuildReport,
    Sandbox,
    Status,
)
from vault.access import Action
from vault.bearers import refuse_path
from vault.log.events import Event
from vault.store.collection import Collection
from vault.store.collection_embedder import embedder_from


class CollectionOperations:
    """Lists, creates and rebuilds collections."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._workplace = workplace
        self._vault = workplace.vault
        self._user = user

    def status(self) -> Status:
        """Return what each collection of the user holds, and what the parser of files could do."""
        # Imported here, as in `rebuild`.
        from ingest.parsing.sandbox import granted, try_sandbox
        from ui.interface.operations.encryption import encryption_of

        refused = try_sandbox()
        sandbox = Sandbox(setting=self._workplace.settings.sandbox, refused=refused, granted=granted(refused))
        totals = [self._totals(entry.name) for entry in self._vault.members.collections(user=self._user)]
        encryption = encryption_of(self._vault)
        return Status(version=version("incamera"), sandbox=sandbox, encryption=encryption, collections=totals)

    def all(self) -> list[CollectionEntry]:
        """Return the collections that the user is a member of."""
        return [
            CollectionEntry(name=entry.name, role=entry.role, created=entry.created, archived=entry.archived)
            for entry in self._vault.members.collections(user=self._user)
        ]

    def create(self, request: NewCollection) -> CollectionEntry:
        """Create a collection. Raises CollectionExists, CollectionNameInvalid, EmbedderError."""
        refuse_path(self._user, request.embedder)
        # The model is loaded first: a folder that cannot be used must leave no collection behind.
        embedder = embedder_from(request.embedder, self._workplace.embedder) if request.embedder else None
        self._vault.create_collection(request.name, user=self._user)
        if embedder is not None:
            with self._vault.open_collection(
                request.name, user=self._user, action=Action.MANAGE
            ) as collection:
                collection.stamp(embedder.identity, request.embedder)
        return next(entry for entry in self.all() if entry.name == request.name)

    def rebuild(self, request: Rebuild, on_event: Callable[[DocumentRebuilt], None]) -> RebuildReport:
        """Chunk and embed a collection again. Raises CollectionNotFound, AccessDenied, EmbedderError."""
        # Imported here: other commands start in half the time.
        from ingest.rebuild import rebuild

        name, folder = request.collection, request.embedder
        refuse_path(self._user, folder or "")
        with self._vault.open_collection(name, user=self._user, action=Action.MANAGE) as collection:
            if folder is None:
                folder = str(collection.catalogue.meta().get("embedder_folder", ""))
            embedder = embedder_from(folder, self._workplace.embedder)
            chunks = rebuild(
                collection, embedder, folder, self._workplace.settings.chunk_tokens,
                lambda done, total: on_event(DocumentRebuilt(done=done, total=total)),
            )  # fmt: skip
            identity = embedder.identity
            self._vault.log.append(
                Event.COLLECTION_REBUILT, user=self._user, collections=[collection.id],
                facts={"embedder": identity.sha256, "chunks": chunks, "documents": []},
            )  # fmt: skip
        return RebuildReport(collection=name, chunks=chunks, embedder=identity.name, sha256=identity.sha256)

    def _totals(self, name: str) -> CollectionTotals:
        with self._vault.open_collection(name, user=self._user, action=Action.SEARCH) as collection:
            return totals_of(collection)


def totals_of(collection: Collection) -> CollectionTotals:
    """Return how much an open collection holds."""
    totals = collection.catalogue.totals()
    return CollectionTotals(
        name=collection.name, documents=totals.documents, pages=totals.pages, chunks=totals.chunks,
        failed=totals.failed,
    )  # fmt: skip
