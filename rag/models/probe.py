"""Try a model in a process of its own, so that a bad model or build of llama.cpp ends only that process.

llama.cpp ends its process when a vocabulary is bad, and the processor ends a process at an instruction that
it does not have. The first shows when the vocabulary is loaded, the second only when the first tokens are
read and written.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from rag.models.catalogue.gguf import check_adapter, inspect
from rag.models.catalogue.memory import check_fits
from rag.models.llama import trial
from rag.models.llama.deaths import death
from vault.errors import ModelCrashed, ModelDamaged, ModelTooLarge

_TIMEOUT_SECONDS = 1800
"""Enough for a large model on a slow disk to write a word."""
_TOKENS = 8


def probe(
    path: Path, *, name: str | None = None, threads: int | None = None, adapter: Path | None = None
) -> bool:
    """Let the model in `path` write a few tokens, with LoRA weights if given; return whether it did.

    `name` is the model's name in errors, by default its path. Returns False if there is no result: without
    llama-cpp-python, for a model that does not fit into the free memory, and for an adapter that cannot be
    applied. Raises ModelDamaged when llama.cpp cannot load the model, ModelCrashed when the process dies,
    AdapterUnfit for an adapter of another architecture.
    """
    if find_spec("llama_cpp") is None:
        return False
    label = name or str(path)
    fits = _fits(path, adapter)
    arguments = [str(path), str(threads or ""), str(adapter or ""), str(_TOKENS if fits else 0)]
    try:
        tried = subprocess.run(
            [sys.executable, "-m", trial.__name__, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            timeout=_TIMEOUT_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ModelCrashed(
            f"The model {label} wrote nothing in {_TIMEOUT_SECONDS // 60} minutes. Use a smaller one."
        ) from None
    if tried.returncode == 0:
        return fits
    if tried.returncode < 0:
        raise _crashed(label, -tried.returncode, loaded=trial.VOCABULARY_LOADED in tried.stdout)
    if trial.VOCABULARY_LOADED not in tried.stdout:
        raise _bad_vocabulary(label)
    if adapter is not None:
        return False  # loading the two in this process reports which of them is wrong
    raise ModelDamaged(
        f"llama.cpp loads the vocabulary of {label} but cannot run the model. Copy the file again, or use "
        "another conversion of the model."
    )


def _fits(path: Path, adapter: Path | None) -> bool:
    """Return whether the model fits into memory.

    Raises AdapterUnfit before llama.cpp loads an adapter for another model, because that may crash it.
    """
    model = inspect(path, hashed=False)
    if adapter is not None:
        check_adapter(inspect(adapter, hashed=False), model)
    try:
        check_fits(model, trial.CONTEXT_LENGTH)
    except ModelTooLarge:
        return False
    return True


def _bad_vocabulary(label: str) -> ModelDamaged:
    return ModelDamaged(
        f"llama.cpp cannot load the vocabulary of {label}. Use another conversion of the model, or one "
        "that this version of llama.cpp knows."
    )


def _crashed(label: str, number: int, *, loaded: bool) -> ModelCrashed | ModelDamaged:
    """Return the error for a process that died of a signal, before or after it loaded the vocabulary."""
    if number not in (signal.SIGILL, signal.SIGKILL) and not loaded:
        return _bad_vocabulary(label)
    return death(label, -number, "tried")
