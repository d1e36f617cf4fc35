"""What the owner of a vault does for commands.

The owner is the command's own process, or the server that owns the vault. Results are the same, as JSON.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ui.interface.messages import Message, OnEvent
from ui.interface.model_requests import ModelRequests
from ui.services.document_filter import filter_documents
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, HandoverFailed, StorageError
from vault.records import Document
from vault.settings import Settings
from vault.store.collection_embedder import embedder_from
from vault.vault import Vault

if TYPE_CHECKING:
    from rag.answer import Answerer


_ANNOTATING_SECONDS = 2.0


class Requests:
    """Does what a request asks for, in the name of the user that it gives; checks the user's rights."""

    def __init__(
        self,
        vault: Vault,
        settings: Settings,
        embedder: Callable[[], Embedder],
        answerer: Callable[[], Answerer],
    ) -> None:
        """`embedder` and `answerer` are called by the first request that needs them."""
        self._vault = vault
        self._settings = settings
        self._embedder = embedder
        self._answerer = answerer

    def do(self, request: Message, on_event: OnEvent = lambda _: None) -> Any:
        """Return the result of one request; `on_event` receives its events meanwhile.

        Raises HandoverFailed for an unknown request, else what the work itself raises.
        """
        match request:
            case {"verb": "status", "user": str(user)}:
                return self._status(user)
            case {"verb": "sandbox"}:
                return self._sandbox()
            case {"verb": "collections", "user": str(user)}:
                return [
                    {"name": entry.name, "role": entry.role.value, "created": entry.created}
                    for entry in self._vault.members.collections(user=user)
                ]
            case {"verb": "create", "user": str(user), "collection": str(name), "embedder": str(folder)}:
                return self._create(user, name, folder)
            case {"verb": "rebuild", "user": str(user), "collection": str(name), "embedder": folder}:
                return self._rebuild(user, name, folder, on_event)
            case {"verb": "documents", "user": str(user), "collection": str(name)}:
                with self._vault.open_collection(name, user=user, action=Action.SEARCH) as collection:
                    return [document_json(document) for document in collection.catalogue.documents()]
            case {"verb": "jobs", "user": str(user)}:
                return [job.as_json() for job in self._vault.jobs.all(user=user)]
            case {"verb": "job", "user": str(user), "id": str(beginning)}:
                return self._vault.jobs.find(beginning, user=user).as_json()
            case {
                "verb": "purge-preview",
                "user": str(user),
                "collection": str(name),
                "sha256s": list(given),
            }:
                return self._purge_preview(user, name, given)
            case {"verb": "purge", "user": str(user), "collection": str(name), "sha256s": list(given)}:
                purged = self._vault.purge(name, [str(sha256) for sha256 in given], user=user)
                return [document_json(document) for document in purged]
            case {"verb": "ask", "user": str(user), "question": str(question)}:
                return self._ask(request, user, question, on_event)
            case {"verb": "find", "user": str(user), "term": str(term)}:
                return self._find(request, user, term, on_event)
            case {"verb": str(verb)} if verb == "models" or verb.startswith("model-"):
                return ModelRequests(self._vault, self._settings, self._embedder).do(request, on_event)
        raise HandoverFailed(
            f"The process that owns the vault does not know the request {request.get('verb')!r}: it runs "
            "another version of Incamera. Stop it and start it again.",
            1,
        )

    def _status(self, user: str) -> list[dict[str, Any]]:
        rows = []
        for entry in self._vault.members.collections(user=user):
            with self._vault.open_collection(entry.name, user=user, action=Action.SEARCH) as collection:
                totals = collection.catalogue.totals()
            rows.append(
                {
                    "name": entry.name,
                    "documents": totals.documents,
                    "pages": totals.pages,
                    "chunks": totals.chunks,
                    "failed": totals.failed,
                }
            )
        return rows

    def _sandbox(self) -> dict[str, Any]:
        """Return what the system of this process lets a parser do."""
        # Imported here, as in `_rebuild`.
        from ingest.parsing.sandbox import granted, try_sandbox

        refused = try_sandbox()
        return {"setting": self._settings.sandbox, "refused": refused, "granted": granted(refused)}

    def _create(self, user: str, name: str, folder: str) -> None:
        """Create a collection, with the embedding model in `folder` unless it is empty."""
        # The model is loaded first: a folder that cannot be used must leave no collection behind.
        embedder = embedder_from(folder, self._embedder) if folder else None
        self._vault.create_collection(name, user=user)
        if embedder is not None:
            with self._vault.open_collection(name, user=user, action=Action.MANAGE) as collection:
                collection.stamp(embedder.identity, folder)

    def _rebuild(self, user: str, name: str, folder: str | None, on_event: OnEvent) -> dict[str, Any]:
        """Chunk and embed a collection again, with its present model when `folder` is None."""
        # Imported here: other commands start in half the time.
        from ingest.rebuild import rebuild

        with self._vault.open_collection(name, user=user, action=Action.MANAGE) as collection:
            chosen = collection.catalogue.meta().get("embedder_folder", "") if folder is None else folder
            embedder = embedder_from(chosen, self._embedder)
            chunks = rebuild(
                collection, embedder, chosen, self._settings.chunk_tokens,
                lambda done, total: on_event({"event": "document", "done": done, "total": total}),
            )  # fmt: skip
        identity = embedder.identity
        return {"collection": name, "chunks": chunks, "embedder": identity.name, "sha256": identity.sha256}

    def _purge_preview(self, user: str, name: str, given: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """Return what a purge would remove, and the other versions of the same files, which stay.

        `given` holds the beginnings of the documents' sha256.
        """
        with self._vault.open_collection(name, user=user, action=Action.MANAGE) as collection:
            catalogue = collection.catalogue
            purged = catalogue.with_attached([catalogue.find(beginning).sha256 for beginning in given])
            paths = {document.path for document in purged if document.path}
            sha256s = {document.sha256 for document in purged}
            others = [d for d in catalogue.documents() if d.path in paths and d.sha256 not in sha256s]
        return {
            "documents": [document_json(document) for document in purged],
            "other_versions": [document_json(document) for document in others],
        }

    def _ask(self, request: Message, user: str, question: str, on_event: OnEvent) -> dict[str, object]:
        # Mistakes in the request are reported first: to load the models takes seconds.
        names, documents = self._scope(request, user, on_event)
        # Imported here: commands that answer nothing start in half the time.
        from rag.events import Done, EvidenceFound, Searched, Waiting
        from rag.question.checked import checked_question

        checked_question(question)
        self._annotate(names, user)
        answer: dict[str, object] = {}
        for event in self._answerer().ask(question, names, user, documents=documents):
            if isinstance(event, Searched):
                on_event({"event": "searched", "documents": event.documents})
            elif isinstance(event, EvidenceFound):
                on_event({"event": "evidence"})
            elif isinstance(event, Waiting):
                on_event({"event": "waiting", "before": event.before})
            elif isinstance(event, Done):
                answer = event.answer.as_json()
            else:
                # Sending fails when the command has ended; then the language model is stopped.
                on_event({"event": "statement"})
        return answer

    def _annotate(self, names: Sequence[str], user: str) -> None:
        """Annotate documents of an older vault, a few seconds' worth for each question until all are."""
        # Imported here, as in `_ask`.
        from ingest.annotation.missing import annotate_missing

        end = time.monotonic() + _ANNOTATING_SECONDS
        # On a disk that is full or read-only, questions are answered as before.
        with (
            suppress(StorageError),
            self._vault.open_collections(names, user=user, action=Action.SEARCH) as collections,
        ):
            for collection in collections:
                annotate_missing(collection, stop=lambda: time.monotonic() > end)

    def _find(self, request: Message, user: str, term: str, on_event: OnEvent) -> dict[str, object]:
        names, documents = self._scope(request, user, on_event)
        # Imported here, as in `_ask`.
        from rag.retrieval.mentions import find_mentions
        from rag.retrieval.search import Scope

        scope = Scope(user, tuple(names), None if documents is None else tuple(documents))
        return find_mentions(self._vault, scope, term).as_json()

    def _scope(self, request: Message, user: str, on_event: OnEvent) -> tuple[list[str], list[str] | None]:
        """Return the collections and the documents (sha256; None: all) that a request is about.

        Raises CollectionNotFound and AccessDenied for a collection that the user may not search, and what
        `filter_documents` raises.
        """
        names = request["collections"] or [entry.name for entry in self._vault.members.collections(user=user)]
        if not names:
            # "Not found" would suggest that documents were searched.
            raise CollectionNotFound(
                f"User {user!r} is not a member of any collection of this vault, so nothing can be searched. "
                "Check INCAMERA_USER, or create a collection: incamera collections --create NAME"
            )
        for name in request["collections"]:
            self._vault.members.authorise(name, user=user, action=Action.SEARCH)
        documents = filter_documents(
            self._vault, names, user, request["documents"], request["where"],
            superseded=bool(request.get("superseded")),
            say=lambda text: on_event({"event": "filter", "message": text}),
        )  # fmt: skip
        return names, documents


def document_json(document: Document) -> dict[str, Any]:
    """Return a document as JSON, in the shape that programs may rely on."""
    return {
        "name": document.name,
        "sha256": document.sha256,
        "state": document.state.value,
        "reason": document.reason,
        "pages": document.pages,
        "chunks": document.chunks,
        "ocr_pages": document.ocr_pages,
        "warnings": list(document.warnings),
        "added": document.added,
        "path": document.path,
        "parent": document.parent,
        "metadata": dict(document.metadata),
    }
