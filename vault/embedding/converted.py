"""Copies of models in OpenVINO's format, which are made on first use and kept in a folder of the vault."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from vault.files.private import make_folder
from vault.files.storage import check_free_space, translate_disk_errors

_MODEL = "model.xml"


def converted_model(cache: Path, name: str, size: int, convert: Callable[[Path], None]) -> Path:
    """Return the model file of the copy `name` in the folder `cache`, and make the copy if it is missing.

    `convert` is called with a path. It must write the model there and check it. The finished copy is then
    renamed into place. `size` is the space that the copy needs, in bytes. Raises StorageError, and what
    `convert` raises.
    """
    folder = cache / name
    if not (folder / _MODEL).is_file():
        with translate_disk_errors(cache):
            # Checked first, because the library that writes the model does not say what went wrong.
            check_free_space(cache, size)
            _make(folder, convert)
    return folder / _MODEL


def _make(folder: Path, convert: Callable[[Path], None]) -> None:
    make_folder(folder.parent)
    partial = Path(tempfile.mkdtemp(prefix=".converting-", dir=folder.parent))
    try:
        convert(partial / _MODEL)
        # Two processes may convert at the same time. Then the first copy is used.
        with contextlib.suppress(OSError):
            partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
