"""A network of the llama architecture in torch, with LoRA weights that learn.

It computes what llama.cpp computes: the same names, the same order of rows, rotary positions over
neighbouring pairs. So the adapter needs no conversion.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.answerer.operations import AdaptedLinear, Attention, Gated, Norm
from training.answerer.weights import LINEAR, Weights

CPU = torch.device("cpu")


class AnswererNetwork(nn.Module):
    """The fixed weights of a model and the LoRA weights of its upper blocks."""

    def __init__(
        self,
        weights: Weights,
        *,
        rank: int,
        alpha: float,
        first_block: int = 0,
        dtype: torch.dtype = torch.float32,
        device: torch.device = CPU,
    ) -> None:
        """Only blocks from `first_block` on get LoRA weights; `dtype` is what the fixed weights have."""
        super().__init__()
        self.shape = weights.shape
        self.rank, self.alpha, self.first_block = rank, alpha, first_block
        self.dtype = dtype
        self._fixed = {name: value.to(device, dtype) for name, value in weights.tensors.items()}
        self._transposed = {
            f"blk.{block}.{name}": self._fixed[f"blk.{block}.{name}"].t().contiguous()
            for block in range(first_block, self.shape.blocks)
            for name in LINEAR
        }
        self._head = weights.head.to(device, dtype)
        self.learned = nn.ParameterDict()
        for name, fixed in self._transposed.items():
            inner, outer = fixed.shape
            a = torch.empty(rank, inner).uniform_(-1, 1) / math.sqrt(inner)
            # ParameterDict allows no dots in names.
            self.learned[_key(name, "a")] = nn.Parameter(a.to(device))
            self.learned[_key(name, "b")] = nn.Parameter(torch.zeros(outer, rank, device=device))

    def adapter(self) -> dict[str, tuple[Tensor, Tensor]]:
        """Return the LoRA weights (a [rank, in], b [out, rank]) by llama.cpp's names of the layers."""
        return {
            name: (self.learned[_key(name, "a")].detach(), self.learned[_key(name, "b")].detach())
            for name in self._transposed
        }

    def load_adapter(self, adapter: dict[str, tuple[Tensor, Tensor]]) -> None:
        """Take over LoRA weights as `adapter` returns them."""
        with torch.no_grad():
            for name, pair in adapter.items():
                for part, value in zip("ab", pair, strict=True):
                    self.learned[_key(name, part)].copy_(value)

    def states(self, tokens: Tensor, places: Tensor, mask: Tensor) -> Tensor:
        """Return the last states [rows, tokens, width].

        `tokens` and `places` (positions) are [rows, tokens]; `mask` [rows, 1, tokens, tokens] is added to the
        scores of attention.
        """
        mask = mask.to(self.dtype)
        turns = self._turns(places)
        with torch.no_grad():
            x = functional.embedding(tokens, self._fixed["token_embd"])
            for block in range(self.first_block):
                x = self._block(block, x, turns, mask)
        for block in range(self.first_block, self.shape.blocks):
            x = self._block(block, x, turns, mask)
        return self._norm("output_norm", x)

    def scores(self, states: Tensor) -> Tensor:
        """Return the scores of the next token [..., vocabulary] for states [..., width]."""
        return functional.linear(states, self._head)

    def _block(self, block: int, x: Tensor, turns: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
        name = f"blk.{block}"
        normed = self._norm(f"{name}.attn_norm", x)
        query = _turned(self._heads(f"{name}.attn_q", normed), turns)
        key = _turned(self._heads(f"{name}.attn_k", normed), turns)
        value = self._heads(f"{name}.attn_v", normed)
        seen = _attend(query, key, value, mask).transpose(1, 2).reshape(x.shape)
        x = x + self._linear(f"{name}.attn_output", seen)
        normed = self._norm(f"{name}.ffn_norm", x)
        gated = _gated(self._linear(f"{name}.ffn_gate", normed), self._linear(f"{name}.ffn_up", normed))
        return x + self._linear(f"{name}.ffn_down", gated)

    def _linear(self, name: str, x: Tensor) -> Tensor:
        if name not in self._transposed:
            return functional.linear(x, self._fixed[name])
        a = self.learned[_key(name, "a")].to(self.dtype)
        b = (self.learned[_key(name, "b")] * (self.alpha / self.rank)).to(self.dtype)
        flat = x.reshape(-1, x.shape[-1])
        found: Tensor = AdaptedLinear.apply(flat, self._fixed[name], self._transposed[name], a, b)  # type: ignore[no-untyped-call]
        return found.view(*x.shape[:-1], -1)

    def _heads(self, name: str, x: Tensor) -> Tensor:
        return self._linear(name, x).view(*x.shape[:2], -1, self.shape.head_width).transpose(1, 2)

    def _norm(self, name: str, x: Tensor) -> Tensor:
        found: Tensor = Norm.apply(x, self._fixed[name], self.shape.smallest)  # type: ignore[no-untyped-call]
        return found

    def _turns(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Return cosine and sine of the angles of each position, [rows, 1, tokens, head width / 2]."""
        half = self.shape.head_width // 2
        pace = self.shape.rotation ** (-torch.arange(half, dtype=torch.float32, device=places.device) / half)
        angles = (places[:, None, :, None].float() * pace).to(torch.float32)
        return angles.cos().to(self.dtype), angles.sin().to(self.dtype)


def _key(name: str, part: str) -> str:
    return f"{name.replace('.', '/')}/{part}"


def _turned(x: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    """Return queries or keys turned by their positions; neighbouring values are a pair."""
    cosine, sine = turns
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


def _attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    found: Tensor = Attention.apply(query, key, value, mask)  # type: ignore[no-untyped-call]
    return found


def _gated(gate: Tensor, up: Tensor) -> Tensor:
    found: Tensor = Gated.apply(gate, up)  # type: ignore[no-untyped-call]
    return found
