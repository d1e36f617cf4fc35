"""The language models of a vault: the files that were added, and the choice for each collection."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from pathlib import Path

from vault.database.database import Database
from vault.errors import ModelExists, ModelInUse, ModelNotFound
from vault.ledger.standing import searchable
from vault.log.events import Event
from vault.log.log import Log

_COPY_NAME = re.compile(r"\..+\.part|[0-9a-f]{32}\.gguf")
"""Names of complete and partial copies, as `rag.models.adding` writes them."""
BUILT_IN = "built-in"
"""The name of the model that comes with the product. It is not in the table of models, and answers where
nothing was chosen."""
_DEFAULT = ""
"""In the place of a collection id: the choice for collections without a choice of their own."""
_UNSEEN = "a collection that you do not see"


class ModelKind(StrEnum):
    """The kind of a model file."""

    MODEL = "model"
    ADAPTER = "adapter"
    """LoRA weights that modify a model."""


@dataclass(frozen=True, slots=True)
class Model:
    """A GGUF file that was added."""

    name: str
    kind: ModelKind
    path: str
    linked: bool
    """Whether the file stays in its own place; otherwise a copy is in the data folder."""
    sha256: str
    size: int
    """Bytes."""
    mtime_ns: int
    """Modification time when the file was hashed. A file that changed since then is hashed again."""
    architecture: str
    context_length: int
    """Tokens; 0 when the file does not say."""
    parameters: int
    quantisation: str
    licence: str
    """Empty when it is not known."""
    added: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The model that answers a collection, with its adapter if one is chosen."""

    model: Model | None
    """None for the built-in model."""
    adapter: Model | None


class ModelStore:
    """Reads and writes models in `vault.db`, and owns the folder of their files."""

    def __init__(self, db: Database, data: Path, log: Log) -> None:
        self._db = db
        self._log = log
        self.folder = data / "models"

    def all(self) -> list[Model]:
        """Return all models and adapters, sorted by name."""
        with self._db.read() as db:
            return [_from_row(row) for row in db.execute("SELECT * FROM models ORDER BY name")]

    def find(self, name: str, kind: ModelKind = ModelKind.MODEL) -> Model:
        """Return the model or adapter with that name. Raises ModelNotFound."""
        found = next((model for model in self.all() if model.name == name and model.kind is kind), None)
        if found is None:
            names = [model.name for model in self.all() if model.kind is kind]
            raise ModelNotFound(
                f"There is no {kind.value} named {name!r} here. "
                + (
                    f"There are: {', '.join(names)}."
                    if names
                    else "Add its GGUF file: incamera models add FILE."
                )
            )
        return found

    def check_name(self, name: str) -> None:
        """Raise ModelExists when a model has that name."""
        if name == BUILT_IN or any(model.name == name for model in self.all()):
            raise ModelExists(f"There is a model named {name!r} already. Give another --name.")

    def sweep(self) -> None:
        """Remove copies that belong to no model, as an interrupted copy leaves them."""
        known = {model.path for model in self.all()}
        for file in self.folder.glob("*") if self.folder.is_dir() else ():
            # Only our own copies: the folder may be a link to a folder with other models.
            if _COPY_NAME.fullmatch(file.name) and str(file) not in known:
                file.unlink()

    def add(self, model: Model, *, user: str = "") -> None:
        """Add a model whose file is in its place, as `user` wants. Raises ModelExists."""
        self.check_name(model.name)
        with self._db.write() as db:
            db.execute("INSERT INTO models VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(model))
            self._log.append(Event.MODEL_ADDED, user=user, facts=_facts(model), within=db)

    def remove(self, name: str, *, user: str) -> Model:
        """Remove a model or adapter, as `user` wants, and return it. A copy in the data folder is deleted.

        Raises ModelNotFound, and ModelInUse while it is chosen, which names the collections that `user` sees.
        """
        found = next((model for model in self.all() if model.name == name), None) or self.find(name)
        with self._db.write() as db:
            users = db.execute(
                "SELECT collection FROM model_choices WHERE model = ? OR adapter = ?", (name, name)
            ).fetchall()
            if users:
                names = {towards.id: towards.name for towards in searchable(db, user)}
                names[_DEFAULT] = "every collection without its own"
                where = ", ".join(dict.fromkeys(names.get(row["collection"], _UNSEEN) for row in users))
                raise ModelInUse(
                    f"{name!r} is used for: {where}. Choose another first (incamera models use NAME), "
                    "or none (incamera models use --none)."
                )
            db.execute("DELETE FROM models WHERE name = ?", (name,))
            self._log.append(Event.MODEL_REMOVED, user=user, facts=_facts(found), within=db)
        if not found.linked:
            Path(found.path).unlink(missing_ok=True)
        return found

    def set_hash(self, name: str, sha256: str, mtime_ns: int) -> None:
        """Store the hash of a linked file that changed, and its modification time."""
        with self._db.write() as db:
            db.execute("UPDATE models SET sha256 = ?, mtime_ns = ? WHERE name = ?", (sha256, mtime_ns, name))

    def choose(
        self, model: str | None, adapter: str | None = None, collection: str | None = None, *, user: str = ""
    ) -> None:
        """Choose the model for a collection (its id), or the default for collections without a choice.

        `model` is a name, of a model that was added or `BUILT_IN`; with None answers are quotations. Raises
        ModelNotFound.
        """
        if model is not None and model != BUILT_IN:
            self.find(model)
        if adapter is not None:
            self.find(adapter, ModelKind.ADAPTER)
        with self._db.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO model_choices VALUES (?, ?, ?)",
                (collection or _DEFAULT, model or "", adapter or ""),
            )
            self._log.append(
                Event.MODEL_CHOSEN, user=user, collections=[collection] if collection else [],
                facts={"model": model, "adapter": adapter, "documents": []}, within=db,
            )  # fmt: skip

    def remove_choice(self, collection: str, *, user: str = "") -> None:
        """Remove the choice of a collection (its id), so that the default holds for it."""
        with self._db.write() as db:
            removed = db.execute("DELETE FROM model_choices WHERE collection = ?", (collection,))
            if removed.rowcount:
                self._log.append(
                    Event.MODEL_CHOSEN, user=user, collections=[collection], facts={"default": True},
                    within=db,
                )  # fmt: skip

    def choice_for(self, collections: Sequence[str]) -> tuple[ModelChoice | None, bool]:
        """Return the choice for collections (ids) that are searched together, and whether they differ in it.

        When they differ the default is returned. None means that answers are quotations. Where nothing was
        chosen the built-in model is.
        """
        with self._db.read() as db:
            rows = {row["collection"]: row for row in db.execute("SELECT * FROM model_choices")}
        default = rows.get(_DEFAULT)
        choices = [rows.get(collection, default) for collection in collections] or [default]
        keys = {(BUILT_IN, "") if row is None else (row["model"], row["adapter"]) for row in choices}
        differ = len(keys) > 1
        row = default if differ else choices[0]
        if row is None:
            return ModelChoice(None, None), differ
        if not row["model"]:
            return None, differ
        adapter = self.find(row["adapter"], ModelKind.ADAPTER) if row["adapter"] else None
        return ModelChoice(None if row["model"] == BUILT_IN else self.find(row["model"]), adapter), differ

    def choices(self) -> dict[str, tuple[str, str]]:
        """Return (model, adapter) names by collection id. The empty id stands for the default."""
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM model_choices").fetchall()
        return {row["collection"]: (row["model"], row["adapter"]) for row in rows}


def _facts(model: Model) -> dict[str, str]:
    """Return what the log says of a model."""
    return {"model": model.name, "kind": model.kind.value, "sha256": model.sha256}


def _from_row(row: sqlite3.Row) -> Model:
    values = {field.name: row[field.name] for field in fields(Model)}
    values |= {"kind": ModelKind(row["kind"]), "linked": bool(row["linked"])}
    return Model(**values)
