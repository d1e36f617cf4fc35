"""Import slow libraries when a test first uses them: every process of the suite imports every test file."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class FirstUse:
    """Stands for a module, which is imported when something of it is first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("_", "pytest")):  # pytest looks for its marks on whatever a test file names
            raise AttributeError(name)
        return getattr(import_module(self._name), name)
