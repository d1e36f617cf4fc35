"""Keeps what took long to compute in a file, and computes it again when the code has changed its classes."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

Value = TypeVar("Value")
_Fields = dict[str, list[str]]
"""The fields of each dataclass and pydantic model in a value, by the name of the class."""


def kept(file: Path, make: Callable[[], Value]) -> Value:
    """Return the value in `file`; if there is none, or the code has changed its classes, make and keep it.

    Only for files that this function writes: reading a pickle runs what is in it.
    """
    if file.is_file():
        try:
            known, pickled = pickle.loads(file.read_bytes())
            value, now = _load(pickled)
        except Exception as error:
            print(f"{file} cannot be loaded ({type(error).__name__}: {error}). It is made again.", flush=True)
        else:
            if known == now:
                loaded: Value = value
                return loaded
            changed = ", ".join(name for name, names in now.items() if known.get(name) != names)
            print(f"{file} was made with other fields of {changed}. It is made again.", flush=True)
    made = make()
    pickled = pickle.dumps(made)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_bytes(pickle.dumps((_load(pickled)[1], pickled)))
    unfinished.replace(file)
    return made


def _load(pickled: bytes) -> tuple[Any, _Fields]:
    """Return a pickled value, and the fields that its classes have now.

    Loading does not check them: a dataclass with slots, for one, is filled by position.
    """
    unpickler = _Noting(io.BytesIO(pickled))
    return unpickler.load(), unpickler.fields


class _Noting(pickle.Unpickler):
    """Notes the fields of the classes that it loads."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.fields: _Fields = {}

    def find_class(self, module: str, name: str, /) -> Any:
        found = super().find_class(module, name)
        if is_dataclass(found):
            self.fields[f"{module}.{name}"] = [field.name for field in fields(found)]
        elif isinstance(found, type) and issubclass(found, BaseModel):
            self.fields[f"{module}.{name}"] = list(found.model_fields)
        return found
