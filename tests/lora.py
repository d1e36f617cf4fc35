"""Tiny LoRA adapters for the built-in model, written by the package `gguf`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from gguf import GGUFWriter

WIDTH, KEYS = 576, 192
"""Of SmolLM2-135M: values of a token, and of its keys."""
_RANK = 4


def write_lora(path: Path, *, alpha: float, seed: int = 3) -> Path:
    """Write random weights of rank 4 for the queries and keys of three layers, which count `alpha` / 4."""
    random = np.random.default_rng(seed)
    writer = GGUFWriter(path, "llama")
    writer.add_type("adapter")
    writer.add_name("tests")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    for layer in (0, 10, 20):
        for name, rows in (("attn_q", WIDTH), ("attn_k", KEYS)):
            for part, shape in (("a", (_RANK, WIDTH)), ("b", (rows, _RANK))):
                weights = (random.standard_normal(shape) * 0.1).astype(np.float32)
                writer.add_tensor(f"blk.{layer}.{name}.weight.lora_{part}", weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
