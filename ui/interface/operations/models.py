"""Language models: listing, adding, choosing, testing and removing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.models import (
    BuiltInEntry,
    BytesRead,
    ModelCheck,
    ModelChoiceEntry,
    ModelEntry,
    Models,
    ModelTrial,
    ModelUse,
    NewModel,
    SwitchedOffEntry,
)
from vault.access import Action
from vault.errors import AccessDenied, ModelInUse, ModelNotFound
from vault.ledger.models import BUILT_IN, ModelKind
from vault.log.events import Event, Result


class ModelOperations:
    """Lists, adds, removes, chooses and tests models.

    Only administrators add and remove models and choose for every collection. The managers of a collection
    choose its own model.
    """

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._workplace = workplace
        self._vault = workplace.vault
        self._user = user

    def all(self) -> Models:
        """Return the models that were added, and which collections of the user use them."""
        names = {entry.id: entry.name for entry in self._vault.members.collections(user=self._user)}
        choices = [
            ModelChoiceEntry(collection=names.get(collection), model=model or None, adapter=adapter or None)
            for collection, (model, adapter) in self._vault.models.choices().items()
            if not collection or collection in names
        ]
        # Imported here, as in `add`.
        from rag.models.switched_off import Failures

        off = Failures(self._vault.data).switched_off()
        return Models(
            models=[ModelEntry.of(model) for model in self._vault.models.all()], choices=choices,
            switched_off=[SwitchedOffEntry(**asdict(one), notice=one.notice) for one in off],
            built_in=built_in_entry(),
        )  # fmt: skip

    def add(self, request: NewModel, on_event: Callable[[BytesRead], None] = lambda _: None) -> ModelEntry:
        """Add a GGUF file and return the model. Raises AccessDenied, ModelError."""
        self._require_administrator("add a model")
        # Imported here: other commands start in half the time.
        from rag.models.adding import add_model

        model = add_model(
            self._vault.models, Path(request.file), kind=request.kind, name=request.name,
            sha256=request.sha256, link=request.link, user=self._user,
            threads=self._workplace.settings.threads,
            on_bytes=lambda done, total: on_event(BytesRead(done=done, total=total)),
        )  # fmt: skip
        return ModelEntry.of(model)

    def remove(self, name: str) -> ModelEntry:
        """Remove a model or adapter and return it. Raises AccessDenied, ModelNotFound, ModelInUse."""
        self._require_administrator("remove a model")
        if name == BUILT_IN:
            raise ModelInUse(
                "The built-in model is a part of Incamera. To quote the documents: incamera models use --none"
            )
        return ModelEntry.of(self._vault.models.remove(name, user=self._user))

    def use(self, request: ModelUse) -> None:
        """Choose the model that answers; one that was switched off is on again.

        Raises AccessDenied, CollectionNotFound, ModelError.
        """
        if request.collection is None:
            self._require_administrator("choose the model of every collection")
            collection_id = None
        else:
            collection_id = self._managed(request.collection)
        # Imported here, as in `add`.
        from rag.models.builtin import find_builtin
        from rag.models.catalogue.gguf import check_adapter, inspect
        from rag.models.switched_off import Failures

        models, failures = self._vault.models, Failures(self._vault.data)
        if request.name is not None and Path(request.name).is_absolute() and failures.find(request.name):
            failures.switch_on(request.name)  # the file of the settings, which is not chosen here
            return
        if request.name is not None and request.adapter is not None:
            adapter_path = Path(models.find(request.adapter, ModelKind.ADAPTER).path)
            model_path = self._path_of(request.name)
            check_adapter(inspect(adapter_path, hashed=False), inspect(model_path, hashed=False))
        elif request.name == BUILT_IN and (lacks := find_builtin().lacks):
            raise ModelNotFound(f"The built-in model cannot answer here. {lacks}")
        models.choose(request.name, request.adapter, collection_id, user=self._user)
        if request.name is not None:
            failures.switch_on(request.name)

    def inherit(self, collection: str) -> None:
        """Remove a collection's own choice. Raises AccessDenied, CollectionNotFound."""
        self._vault.models.remove_choice(self._managed(collection), user=self._user)

    def test(self, request: ModelTrial) -> ModelCheck:
        """Load a model and ask it a question about three sentences. Raises ModelError."""
        # Imported here, as in `add`.
        from rag.models.builtin import find_builtin
        from rag.models.check import check_model

        models, settings = self._vault.models, self._workplace.settings
        path = self._path_of(request.name)
        if request.adapter is not None:
            adapter_path: Path | None = Path(models.find(request.adapter, ModelKind.ADAPTER).path)
        else:
            adapter_path = find_builtin().adapter if request.name == BUILT_IN else None
        done = check_model(path, settings, self._workplace.embedder(), adapter_path, name=request.name)
        return ModelCheck.model_validate(done.as_json())

    def _path_of(self, name: str) -> Path:
        """Return the file of a model that was added, or of the built-in one. Raises ModelError."""
        if name != BUILT_IN:
            return Path(self._vault.models.find(name).path)
        # Imported here, as in `add`.
        from rag.models.builtin import checked_model, find_builtin

        found = find_builtin()
        if found.path is None:
            raise ModelNotFound(f"The built-in model cannot answer here. {found.lacks}")
        return checked_model(found.path)

    def _managed(self, collection: str) -> str:
        """Return the id of a collection that the user manages."""
        return self._vault.members.authorise(collection, user=self._user, action=Action.MANAGE).id

    def _require_administrator(self, act: str) -> None:
        if not self._vault.members.is_administrator(self._user):
            self._vault.log.append(
                Event.ACCESS_DENIED, user=self._user, result=Result.DENIED, facts={"action": act}
            )
            raise AccessDenied(f"{self._user!r} is not an administrator of this vault and may not {act}.")


def built_in_entry() -> BuiltInEntry:
    """Return what there is to know of the built-in model."""
    # Imported here, as in `ModelOperations.add`.
    from rag.models import builtin
    from rag.models.catalogue.catalogue import known_as

    known, lacks = known_as(builtin.TITLE), builtin.find_builtin().lacks
    assert known is not None
    return BuiltInEntry(
        name=BUILT_IN, title=known.title, parameters=builtin.PARAMETERS, size=builtin.MODEL_BYTES,
        sha256=builtin.MODEL_SHA256, licence=known.licence.id, conditions=known.licence.conditions,
        openness=known.openness, source=known.source, answers=not lacks, lacks=lacks,
    )  # fmt: skip
