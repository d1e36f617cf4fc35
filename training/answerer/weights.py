"""Read the weights of a GGUF file of the llama architecture, as numbers that llama.cpp computes with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gguf
import torch
from torch import Tensor

LINEAR = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
"""The linear layers of a block, by llama.cpp's names."""
_ARCHITECTURE = "llama"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network."""

    blocks: int
    width: int
    inner: int
    """Width of the feed-forward layers."""
    heads: int
    key_heads: int
    """Heads of keys and values; each serves several of the `heads`."""
    rotation: float
    """The base of the rotary positions."""
    smallest: float
    """What a norm adds to the mean square, so that nothing is divided by 0."""

    @property
    def head_width(self) -> int:
        """The width of a head."""
        return self.width // self.heads


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a network by llama.cpp's names, without ".weight"; each is [out, in]."""

    shape: Shape
    tensors: dict[str, Tensor]

    @property
    def head(self) -> Tensor:
        """What turns a state into scores of tokens; small models use their word vectors."""
        return self.tensors.get("output", self.tensors["token_embd"])


def read_weights(path: Path) -> Weights:
    """Return the weights with 32 bits each. Raises ValueError for another architecture."""
    reader = gguf.GGUFReader(path)
    fields = {name: field.contents() for name, field in reader.fields.items() if "." in name}
    if fields["general.architecture"] != _ARCHITECTURE:
        raise ValueError(
            f"{path.name} has the architecture {fields['general.architecture']!r}. "
            f"Only {_ARCHITECTURE!r} can be trained here."
        )
    shape = Shape(
        blocks=fields["llama.block_count"], width=fields["llama.embedding_length"],
        inner=fields["llama.feed_forward_length"], heads=fields["llama.attention.head_count"],
        key_heads=fields.get("llama.attention.head_count_kv", fields["llama.attention.head_count"]),
        rotation=fields.get("llama.rope.freq_base", 10_000.0),
        smallest=fields["llama.attention.layer_norm_rms_epsilon"],
    )  # fmt: skip
    tensors = {
        tensor.name.removesuffix(".weight"): torch.from_numpy(
            gguf.dequantize(tensor.data, tensor.tensor_type).copy()
        ).float()
        for tensor in reader.tensors
    }
    return Weights(shape, tensors)
