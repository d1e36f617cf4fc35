"""The language models of a vault: files that were added, and which collection is answered with which."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from pathlib import Path

from vault.errors import ModelExists, ModelInUse, ModelNotFound
from vault.store.database import Database

_MADE_HERE = re.compile(r"\..+\.part|[0-9a-f]{32}\.gguf")
"""Names of copies, whole or begun (`rag.models.adding`)."""
_EVERYWHERE = ""
"""Stands for "every collection without a choice of its own"."""


class ModelKind(StrEnum):
    """What a file is."""

    MODEL = "model"
    ADAPTER = "adapter"
    """LoRA weights that change a model."""


@dataclass(frozen=True, slots=True)
class Model:
    """A GGUF file that was added."""

    name: str
    kind: ModelKind
    path: str
    linked: bool
    """Whether the file stays where it was found; else it lies in the data folder."""
    sha256: str
    size: int
    """Bytes."""
    mtime_ns: int
    """Of the file when it was hashed: one that was changed since is hashed anew."""
    architecture: str
    context_length: int
    """Tokens; 0 when the file does not say."""
    parameters: int
    quantisation: str
    licence: str
    """As far as it is known; else empty."""
    added: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a collection is answered with."""

    model: Model
    adapter: Model | None


class Models:
    """The rows about models in `vault.db`, and the folder that their files lie in."""

    def __init__(self, db: Database, data: Path) -> None:
        self._db = db
        self.folder = data / "models"

    def all(self) -> list[Model]:
        """Models and adapters, by name."""
        with self._db.read() as db:
            return [_from_row(row) for row in db.execute("SELECT * FROM models ORDER BY name")]

    def find(self, name: str, kind: ModelKind = ModelKind.MODEL) -> Model:
        """The one of that name. Raises ModelNotFound."""
        found = next((one for one in self.all() if one.name == name and one.kind is kind), None)
        if found is None:
            there = [one.name for one in self.all() if one.kind is kind]
            raise ModelNotFound(
                f"There is no {kind.value} named {name!r} here. "
                + (
                    f"There are: {', '.join(there)}."
                    if there
                    else "Add its GGUF file: incamera models add FILE."
                )
            )
        return found

    def check_free(self, name: str) -> None:
        """Raises ModelExists when the name is taken."""
        if any(one.name == name for one in self.all()):
            raise ModelExists(f"There is a model named {name!r} already. Give another --name.")

    def sweep(self) -> None:
        """Remove files that no model has: a copy that was interrupted leaves one."""
        kept = {one.path for one in self.all()}
        for file in self.folder.glob("*") if self.folder.is_dir() else ():
            # Only what was made here: the folder may be a link to one with other models in it.
            if _MADE_HERE.fullmatch(file.name) and str(file) not in kept:
                file.unlink()

    def add(self, model: Model) -> None:
        """Add one whose file is in its place. Raises ModelExists."""
        self.check_free(model.name)
        with self._db.write() as db:
            db.execute("INSERT INTO models VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(model))

    def remove(self, name: str) -> Model:
        """Take one out, with its file when it lies in the data folder.

        Raises ModelNotFound, and ModelInUse while it is chosen.
        """
        found = next((one for one in self.all() if one.name == name), None) or self.find(name)
        with self._db.write() as db:
            users = db.execute(
                "SELECT coalesce(c.name, '') AS name FROM model_choices m"
                " LEFT JOIN collections c ON c.id = m.collection WHERE m.model = ? OR m.adapter = ?",
                (name, name),
            ).fetchall()
            if users:
                where = ", ".join(row["name"] or "every collection without its own" for row in users)
                raise ModelInUse(
                    f"{name!r} is used for: {where}. Choose another first (incamera models use NAME), "
                    "or none (incamera models use --none)."
                )
            db.execute("DELETE FROM models WHERE name = ?", (name,))
        if not found.linked:
            Path(found.path).unlink(missing_ok=True)
        return found

    def note_hash(self, name: str, sha256: str, mtime_ns: int) -> None:
        """A linked file was changed and hashed anew."""
        with self._db.write() as db:
            db.execute("UPDATE models SET sha256 = ?, mtime_ns = ? WHERE name = ?", (sha256, mtime_ns, name))

    def choose(self, model: str | None, adapter: str | None = None, collection: str | None = None) -> None:
        """Answer a collection (its id), or every one without a choice of its own, with a model; None: quote.

        Raises ModelNotFound.
        """
        if model is not None:
            self.find(model)
        if adapter is not None:
            self.find(adapter, ModelKind.ADAPTER)
        with self._db.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO model_choices VALUES (?, ?, ?)",
                (collection or _EVERYWHERE, model or "", adapter or ""),
            )

    def forget_choice(self, collection: str) -> None:
        """Answer a collection (its id) with what every other one is answered with."""
        with self._db.write() as db:
            db.execute("DELETE FROM model_choices WHERE collection = ?", (collection,))

    def chosen(self, collections: Sequence[str]) -> tuple[Chosen | None, bool]:
        """What collections (ids) that are searched together are answered with, and whether their choices
        differ: then none of them is taken, and the choice for every collection is."""
        with self._db.read() as db:
            rows = {row["collection"]: row for row in db.execute("SELECT * FROM model_choices")}
        usual = rows.get(_EVERYWHERE)
        choices = [rows.get(one, usual) for one in collections] or [usual]
        keys = {None if row is None else (row["model"], row["adapter"]) for row in choices}
        differ = len(keys) > 1
        row = usual if differ else choices[0]
        if row is None or not row["model"]:
            return None, differ
        adapter = self.find(row["adapter"], ModelKind.ADAPTER) if row["adapter"] else None
        return Chosen(self.find(row["model"]), adapter), differ

    def choices(self) -> dict[str, tuple[str, str]]:
        """(model, adapter) by collection id; the empty id stands for every one without its own."""
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM model_choices").fetchall()
        return {row["collection"]: (row["model"], row["adapter"]) for row in rows}


def _from_row(row: sqlite3.Row) -> Model:
    values = {field.name: row[field.name] for field in fields(Model)}
    values |= {"kind": ModelKind(row["kind"]), "linked": bool(row["linked"])}
    return Model(**values)
