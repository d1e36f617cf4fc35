"""Tiny models in the precisions that people bring, quantised by llama.cpp itself."""

from __future__ import annotations

import ctypes
from pathlib import Path

from rag.models.llama.library import backend
from tests import tiny_gguf

TYPES = {"Q4_0": 2, "Q4_1": 3, "Q8_0": 7, "Q4_K": 15}
"""llama.cpp's numbers for files of which all matrices have that type (Q4_K is its Q4_K_M)."""
_WIDTH = 512
"""A row of Q4_K is made of blocks of 256, and kernels for tiles of the processor want 32 rows at least."""


def write(path: Path, kind: str, *, says: str) -> Path:
    """Write a model of that type to `path` which writes the text of `says` again and again."""
    whole = tiny_gguf.write(
        path.with_suffix(".whole"), says=says, ends=False, width=_WIDTH, feed_forward=_WIDTH, layers=2
    )
    llama_cpp = backend()
    how = llama_cpp.llama_model_quantize_default_params()
    how.ftype = TYPES[kind]
    how.pure = True
    how.nthread = 1
    failed = llama_cpp.llama_model_quantize(str(whole).encode(), str(path).encode(), ctypes.byref(how))
    whole.unlink()
    assert failed == 0
    return path
