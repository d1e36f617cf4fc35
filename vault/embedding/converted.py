"""Copies of models in OpenVINO's form, made on first use and kept in a folder of the vault."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from vault.files.private import make_folder
from vault.files.storage import check_room, on_disk

_MODEL = "model.xml"


def converted_model(cache: Path, name: str, size: int, convert: Callable[[Path], None]) -> Path:
    """The model file of the copy `name` in `cache`; where it is not there, `convert` writes one to the path
    that it is given and checks it, and it is moved into place whole. `size` is what it takes, in bytes.

    Raises StorageError, and what `convert` raises.
    """
    made = cache / name
    if not (made / _MODEL).is_file():
        with on_disk(cache):
            # Before, because the library that writes it does not say what is wrong.
            check_room(cache, size)
            _make(made, convert)
    return made / _MODEL


def _make(made: Path, convert: Callable[[Path], None]) -> None:
    make_folder(made.parent)
    partial = Path(tempfile.mkdtemp(prefix=".converting-", dir=made.parent))
    try:
        convert(partial / _MODEL)
        # Two processes may convert at the same time: the first one's copy is as good.
        with contextlib.suppress(OSError):
            partial.rename(made)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
