"""Compile a model for this machine, and keep the result beside it: the next start takes a third of it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import openvino

from vault.files.private import make_folder

_FOLDER = "compiled"
_FILE_MODE = 0o600


def compiled_model(model: Path, options: Mapping[str, str], *, keep: bool) -> openvino.CompiledModel:
    """Compile the model file `model` with OpenVINO's `options`, for the CPU.

    With `keep` the result is kept in a folder beside `model` and used by the next call, also in another
    process, as long as OpenVINO finds that it suits the model and the processor, and is complete. Where there
    is no room for it or the folder cannot be written to, nothing is kept.
    """
    core = openvino.Core()
    model = model.resolve()  # OpenVINO knows a model by its path
    kept = model.parent / _FOLDER
    if not keep or not _can_keep(kept, 2 * model.with_suffix(".bin").stat().st_size):
        return core.compile_model(str(model), "CPU", dict(options))
    folder = os.open(kept, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # nobody may read what another process is writing
        compiled = core.compile_model(str(model), "CPU", {**options, "CACHE_DIR": str(kept)})
        if not compiled.get_property("LOADED_FROM_CACHE"):
            _keep_newest(kept)
        return compiled
    finally:
        os.close(folder)


def _can_keep(folder: Path, size: int) -> bool:
    """Return whether the folder is there, or can be made, and its disk has room for `size` bytes."""
    try:
        make_folder(folder)
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= size
    except OSError:
        return False


def _keep_newest(folder: Path) -> None:
    """Remove all files but the newest: they were made for other options or another processor."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    for older in files[:-1]:
        older.unlink()
    for newest in files[-1:]:
        newest.chmod(_FILE_MODE)
