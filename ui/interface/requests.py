"""What the owner of a vault does for commands. The owner is the command's own process, or the server that has
the vault: the results are the same, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ui.interface.model_requests import ModelRequests
from ui.services.narrowing import narrowed
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, HandoverFailed
from vault.records import Document
from vault.settings import Settings
from vault.store.collection_embedder import embedder_from
from vault.vault import Vault

if TYPE_CHECKING:
    from rag.answer import Answerer

OnEvent = Callable[[dict[str, Any]], None]


class Requests:
    """Does what is asked in the name of the user that is given; every right is asked for as always."""

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

    def do(self, asked: dict[str, Any], on_event: OnEvent = lambda _: None) -> Any:
        """The result of one request. `on_event` is told how an answer comes on.

        Raises HandoverFailed for a request that is not known, else what the work raises.
        """
        match asked:
            case {"verb": "status", "user": str(user)}:
                return self._status(user)
            case {"verb": "sandbox"}:
                return self._sandbox()
            case {"verb": "collections", "user": str(user)}:
                return [
                    {"name": entry.name, "role": entry.role.value, "created": entry.created}
                    for entry in self._vault.collections(user=user)
                ]
            case {"verb": "create", "user": str(user), "collection": str(name), "embedder": str(folder)}:
                # Loaded first: a folder that cannot be used leaves no collection behind.
                embedder = embedder_from(folder, self._embedder) if folder else None
                self._vault.create_collection(name, user=user)
                if embedder is not None:
                    with self._vault.open_collection(name, user=user, action=Action.MANAGE) as made:
                        made.stamp(embedder.identity, folder)
                return None
            case {"verb": "rebuild", "user": str(user), "collection": str(name), "embedder": folder}:
                return self._rebuild(user, name, folder, on_event)
            case {"verb": "documents", "user": str(user), "collection": str(name)}:
                with self._vault.open_collection(name, user=user, action=Action.SEARCH) as collection:
                    return [document_json(document) for document in collection.catalogue.documents()]
            case {"verb": "jobs", "user": str(user)}:
                return [job.as_json() for job in self._vault.jobs.all(user=user)]
            case {"verb": "job", "user": str(user), "id": str(beginning)}:
                return self._vault.jobs.find(beginning, user=user).as_json()
            case {"verb": "doomed", "user": str(user), "collection": str(name), "sha256s": list(given)}:
                return self._doomed(user, name, given)
            case {"verb": "purge", "user": str(user), "collection": str(name), "sha256s": list(given)}:
                gone = self._vault.purge(name, [str(sha256) for sha256 in given], user=user)
                return [document_json(document) for document in gone]
            case {"verb": "ask", "user": str(user), "question": str(question)}:
                return self._ask(asked, user, question, on_event)
            case {"verb": "find", "user": str(user), "term": str(term)}:
                return self._find(asked, user, term, on_event)
            case {"verb": str(verb)} if verb == "models" or verb.startswith("model-"):
                return ModelRequests(self._vault, self._settings, self._embedder).do(asked, on_event)
        raise HandoverFailed(
            f"The process that has the vault does not know the request {asked.get('verb')!r}: it is of "
            "another version. Stop it and start it again.",
            1,
        )

    def _status(self, user: str) -> list[dict[str, Any]]:
        rows = []
        for entry in self._vault.collections(user=user):
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
        """How the parser is shut in where this process runs."""
        # Imported here, as in `_rebuild`.
        from ingest.parsing.sandbox import granted, try_sandbox

        refused = try_sandbox()
        return {"setting": self._settings.sandbox, "refused": refused, "granted": granted(refused)}

    def _rebuild(self, user: str, name: str, folder: str | None, on_event: OnEvent) -> dict[str, Any]:
        """Cut and embed a collection anew; with its own model when `folder` is None."""
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

    def _doomed(self, user: str, name: str, given: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """What a purge of the documents that begin with `given` would remove, and versions that stay."""
        with self._vault.open_collection(name, user=user, action=Action.MANAGE) as collection:
            catalogue = collection.catalogue
            doomed = catalogue.with_attached([catalogue.find(one).sha256 for one in given])
            paths = {document.path for document in doomed if document.path}
            gone = {document.sha256 for document in doomed}
            others = [d for d in catalogue.documents() if d.path in paths and d.sha256 not in gone]
        return {
            "doomed": [document_json(document) for document in doomed],
            "others": [document_json(document) for document in others],
        }

    def _ask(self, asked: dict[str, Any], user: str, question: str, on_event: OnEvent) -> dict[str, object]:
        # What was asked wrongly is told first: to load what answers takes seconds.
        names, chosen = self._narrowed(asked, user, on_event)
        # Imported here: commands that answer nothing start in half the time.
        from rag.events import Done, EvidenceFound, Searched, Waiting
        from rag.question.checked import checked_question

        checked_question(question)
        answer: dict[str, object] = {}
        for event in self._answerer().ask(question, names, user, documents=chosen):
            if isinstance(event, Searched):
                on_event({"event": "searched", "documents": event.documents})
            elif isinstance(event, EvidenceFound):
                on_event({"event": "evidence"})
            elif isinstance(event, Waiting):
                on_event({"event": "waiting", "before": event.before})
            elif isinstance(event, Done):
                answer = event.answer.as_json()
            else:
                # Told for its own sake: who has gone away is noticed here, and nothing more is written.
                on_event({"event": "statement"})
        return answer

    def _find(self, asked: dict[str, Any], user: str, term: str, on_event: OnEvent) -> dict[str, object]:
        names, chosen = self._narrowed(asked, user, on_event)
        # Imported here, as in `_ask`.
        from rag.retrieval.mentions import find_mentions
        from rag.retrieval.search import Scope

        scope = Scope(user, tuple(names), None if chosen is None else tuple(chosen))
        return find_mentions(self._vault, scope, term).as_json()

    def _narrowed(
        self, asked: dict[str, Any], user: str, on_event: OnEvent
    ) -> tuple[list[str], list[str] | None]:
        """The collections and documents (None: all) that a request is about. Raises CollectionNotFound and
        AccessDenied for a collection that may not be searched, and what `narrowed` raises."""
        names = asked["collections"] or [entry.name for entry in self._vault.collections(user=user)]
        if not names:
            # An answer about no documents would read as one about those that are there.
            raise CollectionNotFound(
                f"User {user!r} is in no collection of this vault, so nothing can be searched. Check "
                "INCAMERA_USER, or make a collection: incamera collections --create NAME"
            )
        for name in asked["collections"]:
            self._vault.authorise(name, user=user, action=Action.SEARCH)
        older = bool(asked.get("superseded"))
        chosen = narrowed(
            self._vault, names, user, asked["documents"], asked["where"],
            superseded=older, say=lambda said: on_event({"event": "narrowed", "said": said}),
        )  # fmt: skip
        return names, chosen


def document_json(document: Document) -> dict[str, Any]:
    """The shape that programs may rely on."""
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
