"""Which numbers training computes with: bf16 where it is fast, else 32 bits."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch

from rag.models.llama.build import processor_features

_BF16 = {"avx512_bf16", "amx_bf16"}


def fast_dtype(device: torch.device) -> torch.dtype:
    """Return bf16 if a graphics card or this processor has instructions for it, else 32 bits."""
    fast = device.type == "cuda" or (device.type == "cpu" and _BF16 & set(processor_features()))
    return torch.bfloat16 if fast else torch.float32


def precision(device: torch.device) -> AbstractContextManager[object]:
    """Return a context in which torch computes with `fast_dtype`."""
    dtype = fast_dtype(device)
    return nullcontext() if dtype is torch.float32 else torch.autocast(device.type, dtype=dtype)
