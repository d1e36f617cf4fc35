"""What the owner of a vault does for `incamera models`; results are JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.interface.messages import Message, OnEvent
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, HandoverFailed
from vault.ledger.models import Model, ModelKind
from vault.settings import Settings
from vault.vault import Vault


class ModelRequests:
    """Lists, adds, removes, chooses and tests models.

    Only administrators add and remove models and choose for every collection. The managers of a collection
    choose its own model.
    """

    def __init__(self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder]) -> None:
        """`embedder` is called when a model is tested."""
        self._vault = vault
        self._settings = settings
        self._embedder = embedder

    def do(self, request: Message, on_event: OnEvent) -> Any:
        """Return the result of one request. Raises HandoverFailed for an unknown one, else what fails."""
        match request:
            case {"verb": "models", "user": str(user)}:
                return self._list(user)
            case {"verb": "model-add", "user": str(user), "file": str(file), "kind": str(kind)}:
                return self._add(user, Path(file), ModelKind(kind), request, on_event)
            case {"verb": "model-remove", "user": str(user), "name": str(name)}:
                self._require_administrator(user, "remove a model")
                return model_json(self._vault.models.remove(name))
            case {"verb": "model-use", "user": str(user), "inherit": True, "collection": str(collection)}:
                entry = self._vault.members.authorise(collection, user=user, action=Action.MANAGE)
                return self._vault.models.remove_choice(entry.id)
            case {"verb": "model-use", "user": str(user)}:
                return self._use(user, request.get("name"), request.get("adapter"), request.get("collection"))
            case {"verb": "model-test", "name": str(name)}:
                return self._test(name, request.get("adapter"))
            case {"verb": "model-approve", "user": str(user), "record": str(record)}:
                approved = not request.get("withdraw")
                return {
                    "record": self._vault.records.approve(record, user=user, approved=approved),
                    "approved": approved,
                }
            case {"verb": "model-rows", "user": str(user)}:
                return self._training_rows(user, request.get("collections") or [])
        raise HandoverFailed(f"The request {request.get('verb')!r} about models is not known.", 1)

    def _list(self, user: str) -> dict[str, Any]:
        names = {entry.id: entry.name for entry in self._vault.members.collections(user=user)}
        choices = [
            {"collection": names.get(collection), "model": model or None, "adapter": adapter or None}
            for collection, (model, adapter) in self._vault.models.choices().items()
            if not collection or collection in names
        ]
        return {"models": [model_json(model) for model in self._vault.models.all()], "choices": choices}

    def _add(
        self, user: str, file: Path, kind: ModelKind, request: Message, on_event: OnEvent
    ) -> dict[str, Any]:
        # Imported here: other commands start in half the time.
        from rag.models.adding import add_model

        self._require_administrator(user, "add a model")
        model = add_model(
            self._vault.models, file, kind=kind, name=request.get("name"), sha256=request.get("sha256"),
            link=bool(request.get("link")), threads=self._settings.threads,
            on_bytes=lambda done, total: on_event({"event": "bytes", "done": done, "total": total}),
        )  # fmt: skip
        return model_json(model)

    def _use(self, user: str, name: str | None, adapter: str | None, collection: str | None) -> None:
        if collection is None:
            self._require_administrator(user, "choose the model of every collection")
            collection_id = None
        else:
            collection_id = self._vault.members.authorise(collection, user=user, action=Action.MANAGE).id
        # Imported here, as in `_add`.
        from rag.models.catalogue.gguf import check_adapter, inspect

        models = self._vault.models
        if name is not None and adapter is not None:
            adapter_path = Path(models.find(adapter, ModelKind.ADAPTER).path)
            model_path = Path(models.find(name).path)
            check_adapter(inspect(adapter_path, hashed=False), inspect(model_path, hashed=False))
        models.choose(name, adapter, collection_id)

    def _test(self, name: str, adapter: str | None) -> dict[str, Any]:
        # Imported here, as in `_add`.
        from rag.models.check import check_model

        models = self._vault.models
        model = models.find(name)
        path = None if adapter is None else Path(models.find(adapter, ModelKind.ADAPTER).path)
        return check_model(Path(model.path), self._settings, self._embedder(), path, name=name).as_json()

    def _training_rows(self, user: str, collections: list[str]) -> list[Any]:
        for name in collections:
            self._vault.members.authorise(name, user=user, action=Action.SEARCH)
        # Imported here, as in `_add`.
        from rag.models.training_rows import training_rows

        return list(training_rows(self._vault, user, collections or None))

    def _require_administrator(self, user: str, act: str) -> None:
        if not self._vault.members.is_administrator(user):
            raise AccessDenied(f"{user!r} is not an administrator of this vault and may not {act}.")


def model_json(model: Model) -> dict[str, Any]:
    """Return a model as JSON, in the shape that programs may rely on."""
    return {
        "name": model.name,
        "kind": model.kind.value,
        "path": model.path,
        "linked": model.linked,
        "sha256": model.sha256,
        "size": model.size,
        "architecture": model.architecture,
        "context_length": model.context_length,
        "parameters": model.parameters,
        "quantisation": model.quantisation,
        "licence": model.licence,
        "added": model.added,
    }
