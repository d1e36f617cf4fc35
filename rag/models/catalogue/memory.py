"""Check that a model fits into memory before it is loaded: swapping is worse than an error."""

from __future__ import annotations

from pathlib import Path

import psutil

from rag.models.catalogue.catalogue import memory_bytes
from rag.models.catalogue.gguf import ModelFile
from vault.errors import ModelTooLarge

_CGROUP = Path("/sys/fs/cgroup")


def free_memory() -> int:
    """Return the bytes that a process may still use, on this machine or in its container if that has less."""
    free = int(psutil.virtual_memory().available)
    try:
        limit = (_CGROUP / "memory.max").read_text().strip()
        used = int((_CGROUP / "memory.current").read_text())
    except (OSError, ValueError):
        return free
    return free if limit == "max" else min(free, max(0, int(limit) - used))


def total_memory() -> int:
    """Return the bytes of memory of the machine, or of the container if that has less."""
    total = int(psutil.virtual_memory().total)
    try:
        limit = (_CGROUP / "memory.max").read_text().strip()
        return total if limit == "max" else min(total, int(limit))
    except (OSError, ValueError):
        return total


def check_fits(file: ModelFile, context_length: int) -> int:
    """Return the bytes that stay free beside the model with that context, in tokens.

    Raises ModelTooLarge when the model needs more than is free.
    """
    need = memory_bytes(file.size, file.cache_bytes_per_token, context_length)
    free = free_memory()
    if need > free:
        raise ModelTooLarge(
            f"{file.name} needs about {need / 2**30:.1f} GiB of memory with a context of {context_length} "
            f"tokens, and {free / 2**30:.1f} GiB are free. Use a smaller model (incamera models list "
            "--fits), or set a smaller INCAMERA_MODEL_CONTEXT."
        )
    return free - need
