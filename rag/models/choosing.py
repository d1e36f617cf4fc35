"""Choose the model that writes an answer: of the settings, of the collections, or the built-in one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.models.adding import with_current_hash
from rag.models.builtin import MODEL_SHA256, PARAMETERS, checked_adapter, checked_model, find_builtin
from rag.models.catalogue.gguf import inspect
from rag.writing.short.answerer import ANSWERER_SHA256
from rag.writing.writer import Writing
from vault.access import Action
from vault.errors import ModelError
from vault.files.state import file_state
from vault.ledger.models import BUILT_IN, Model, ModelChoice
from vault.settings import Settings
from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of the model and adapter that write an answer, or the model server."""

    path: Path | None
    """None for the model server of the settings."""
    name: str | None = None
    """The model's name in the vault; None for the name of its file."""
    sha256: str | None = None
    """None if the file was not hashed yet."""
    adapter: Path | None = None
    adapter_sha256: str = ""
    parameters: int = 0
    """0 if it is not known."""
    state: tuple[int, ...] = ()
    """Inode, size and times of a file that is not hashed each time: if they change, the file is loaded
    again."""

    @property
    def label(self) -> str:
        """The name of the model in the vault, or the path of the file."""
        return self.name or str(self.path)


class ModelChooser:
    """Chooses the model for an answer."""

    def __init__(self, vault: Vault, settings: Settings) -> None:
        self._vault = vault
        self._settings = settings

    def choose(self, writing: Writing) -> tuple[ModelFiles | None, bool]:
        """Return the model for the answer, and whether the collections have different ones.

        None means that the documents are quoted. Raises ModelError for a file that is missing or damaged.
        """
        if self._settings.model_server:
            return ModelFiles(None), False
        if self._settings.model == "off":
            return None, False
        if self._settings.model is not None:
            file, state = self._settings.model, _state_of(self._settings.model)
            return ModelFiles(file, parameters=_parameters(file, state), state=state), False
        ids = [
            self._vault.members.authorise(name, user=writing.user, action=Action.SEARCH).id
            for name in writing.collections
        ]
        chosen, differ = self._vault.models.choice_for(ids)
        return None if chosen is None else self._files(chosen), differ

    def _files(self, chosen: ModelChoice) -> ModelFiles | None:
        models = self._vault.models
        adapter = None if chosen.adapter is None else with_current_hash(models, chosen.adapter)
        if chosen.model is None:
            return builtin_files(adapter)
        model = with_current_hash(models, chosen.model)
        return ModelFiles(
            Path(model.path), model.name, model.sha256, *_adapter(adapter), parameters=model.parameters
        )


def builtin_files(adapter: Model | None = None) -> ModelFiles | None:
    """Return the files of the built-in model, with an adapter of the house in the place of ours; None where
    it does not answer. Raises ModelDamaged."""
    found = find_builtin()
    if found.path is None or (adapter is None and found.adapter is None) or not found.runs:
        return None
    if adapter is not None:
        path, sha256 = _adapter(adapter)
    else:
        assert found.adapter is not None
        path, sha256 = checked_adapter(found.adapter), ANSWERER_SHA256
    return ModelFiles(checked_model(found.path), BUILT_IN, MODEL_SHA256, path, sha256, parameters=PARAMETERS)


def _adapter(adapter: Model | None) -> tuple[Path | None, str]:
    return (None, "") if adapter is None else (Path(adapter.path), adapter.sha256)


def _state_of(path: Path) -> tuple[int, ...]:
    try:
        return file_state(path)
    except OSError:  # reported when the file is loaded
        return ()


@lru_cache(maxsize=8)
def _parameters(path: Path, _state: tuple[int, ...]) -> int:
    """Return how many values the model in a file has; 0 if the file cannot be read."""
    try:
        return inspect(path, hashed=False).parameters
    except ModelError:  # reported when the file is loaded
        return 0
