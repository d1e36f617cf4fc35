"""What the owner of a vault does for `incamera models`: the results are JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, HandoverFailed
from vault.ledger.models import Model, ModelKind
from vault.settings import Settings
from vault.vault import Vault

if TYPE_CHECKING:
    from ui.interface.requests import OnEvent


class ModelRequests:
    """Lists, adds, removes, chooses and tests models. To change them is for administrators; a collection's
    managers choose its model."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder]) -> None:
        self._vault = vault
        self._settings = settings
        self._embedder = embedder

    def do(self, asked: dict[str, Any], on_event: OnEvent) -> Any:
        """The result of one request. Raises what the work raises."""
        match asked:
            case {"verb": "models", "user": str(user)}:
                return self._listed(user)
            case {"verb": "model-add", "user": str(user), "file": str(file), "kind": str(kind)}:
                return self._added(user, Path(file), ModelKind(kind), asked, on_event)
            case {"verb": "model-remove", "user": str(user), "name": str(name)}:
                self._administrator(user, "remove a model")
                return model_json(self._vault.models.remove(name))
            case {"verb": "model-use", "user": str(user), "inherit": True, "collection": str(collection)}:
                entry = self._vault.authorise(collection, user=user, action=Action.MANAGE)
                return self._vault.models.forget_choice(entry.id)
            case {"verb": "model-use", "user": str(user)}:
                return self._used(user, asked.get("name"), asked.get("adapter"), asked.get("collection"))
            case {"verb": "model-test", "name": str(name)}:
                # Imported here: other commands start in half the time.
                from rag.models.check import check_model

                models = self._vault.models
                model = models.find(name)
                adapter = asked.get("adapter")
                path = None if adapter is None else Path(models.find(adapter, ModelKind.ADAPTER).path)
                return check_model(
                    Path(model.path), self._settings, self._embedder(), path, name=name
                ).as_json()
            case {"verb": "model-approve", "user": str(user), "record": str(record)}:
                approved = not asked.get("withdraw")
                return {
                    "record": self._vault.approve(record, user=user, approved=approved),
                    "approved": approved,
                }
            case {"verb": "model-rows", "user": str(user)}:
                for name in asked.get("collections") or ():
                    self._vault.authorise(name, user=user, action=Action.SEARCH)
                # Imported here: other commands start in half the time.
                from rag.models.training_rows import training_rows

                return list(training_rows(self._vault, user, asked.get("collections") or None))
        raise HandoverFailed(f"The request {asked.get('verb')!r} about models is not known.", 1)

    def _listed(self, user: str) -> dict[str, Any]:
        names = {entry.id: entry.name for entry in self._vault.collections(user=user)}
        choices = [
            {"collection": names.get(collection), "model": model or None, "adapter": adapter or None}
            for collection, (model, adapter) in self._vault.models.choices().items()
            if not collection or collection in names
        ]
        return {"models": [model_json(model) for model in self._vault.models.all()], "choices": choices}

    def _added(
        self, user: str, file: Path, kind: ModelKind, asked: dict[str, Any], on_event: OnEvent
    ) -> dict[str, Any]:
        from rag.models.adding import add_model

        self._administrator(user, "add a model")
        model = add_model(
            self._vault.models, file, kind=kind, name=asked.get("name"), sha256=asked.get("sha256"),
            link=bool(asked.get("link")), threads=self._settings.threads,
            on_bytes=lambda done, total: on_event({"event": "bytes", "done": done, "total": total}),
        )  # fmt: skip
        return model_json(model)

    def _used(self, user: str, name: str | None, adapter: str | None, collection: str | None) -> None:
        if collection is None:
            self._administrator(user, "choose the model of every collection")
            collection_id = None
        else:
            collection_id = self._vault.authorise(collection, user=user, action=Action.MANAGE).id
        # Imported here, as in `_added`.
        from rag.models.catalogue.gguf import check_adapter, inspect

        models = self._vault.models
        if name is not None and adapter is not None:
            adapter_path = Path(models.find(adapter, ModelKind.ADAPTER).path)
            model_path = Path(models.find(name).path)
            check_adapter(inspect(adapter_path, hashed=False), inspect(model_path, hashed=False))
        models.choose(name, adapter, collection_id)

    def _administrator(self, user: str, what: str) -> None:
        if not self._vault.is_administrator(user):
            raise AccessDenied(f"{user!r} is no administrator of this vault and may not {what}.")


def model_json(model: Model) -> dict[str, Any]:
    """The shape that programs may rely on."""
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
