"""What is known of a model before a process loads it: is it whole, does it fit?"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from rag.models.catalogue.gguf import check_adapter, inspect
from rag.models.catalogue.memory import check_fits
from rag.models.llama.messages import Load
from vault.errors import ModelBackendMissing, ModelDamaged

_CACHE_SHARE = 0.25
"""Share of the memory left free by the model that may cache other conversations."""


def load_of(
    path: Path,
    *,
    context_length: int,
    threads: int | None = None,
    seed: int = 1,
    adapter: Path | None = None,
    name: str | None = None,
) -> Load:
    """Return what a process needs to load the model in `path`.

    `context_length` is in tokens, and limited to what the model was trained for; `adapter` is a file of LoRA
    weights; `name` is the model's name in errors, by default the one in its file.

    Raises ModelNotFound, ModelDamaged, ModelTooLarge, AdapterUnfit, ModelBackendMissing.
    """
    if find_spec("llama_cpp") is None:
        raise ModelBackendMissing(
            "A model is configured, and llama-cpp-python is not installed. Run `make llama`, or run without "
            "a model."
        )
    file = inspect(path, hashed=False)
    if not file.parameters:
        raise ModelDamaged(f"The model file {path} holds a vocabulary but no weights. Use the whole model.")
    if file.context_length:
        context_length = min(context_length, file.context_length)
    named = name or file.name
    spare = check_fits(replace(file, name=named), context_length)
    if adapter is not None:
        check_adapter(inspect(adapter, hashed=False), file)
    return Load(
        path=str(path.absolute()), name=named, architecture=file.architecture, template=file.template,
        adapter=None if adapter is None else str(adapter.absolute()), context_length=context_length,
        threads=threads, seed=seed, cache_bytes=int(spare * _CACHE_SHARE),
    )  # fmt: skip
