"""Import large libraries only when something of them is used, where another library imports them always."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType


class Deferred(MetaPathFinder):
    """Finds the named modules in such a way that their code runs at the first use of anything in them."""

    def __init__(self, *names: str) -> None:
        """Defer the modules with these names."""
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load a deferred module; None leaves others to the next finder."""
        if fullname not in self._names:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec

    def __enter__(self) -> None:
        """Defer them from now on."""
        sys.meta_path.insert(0, self)

    def __exit__(self, *raised: object) -> None:
        """Import them as usual from now on; those that were deferred stay so until they are used."""
        sys.meta_path.remove(self)
