"""Operations of the network with gradients by hand: torch's own take twice as long on a CPU."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.nn import functional


class AdaptedLinear(Function):
    """`x @ weight.T + (x @ a.T) @ b.T`, where only `x`, `a` and `b` have gradients.

    `transposed` is `weight.T`, stored for itself: a product with it is three times as fast as with a view.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, transposed: Tensor, a: Tensor, b: Tensor) -> Tensor:
        """Return [tokens, out] for `x` [tokens, in], `weight` [out, in], `a` [rank, in], `b` [out, rank]."""
        inner = functional.linear(x, a)
        ctx.save_for_backward(x, inner, transposed, a, b)
        return functional.linear(x, weight).addmm_(inner, b.t())

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, None, None, Tensor, Tensor]:
        """Return the gradients of `x`, `a` and `b`."""
        (given,) = gradients
        x, inner, transposed, a, b = ctx.saved_tensors
        of_inner = given @ b
        of_x = None
        if ctx.needs_input_grad[0]:
            of_x = functional.linear(given, transposed).addmm_(of_inner, a)
        return of_x, None, None, of_inner.t() @ x, given.t() @ inner


class Attention(Function):
    """Attention of many query heads to fewer key and value heads."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
        """Return [rows, heads, tokens, width]; `key` and `value` have fewer heads.

        `mask` [rows, 1, tokens, tokens] is added to the scores.
        """
        rows, heads, tokens, width = query.shape
        groups = rows * key.shape[1]
        query, key, value = (one.reshape(groups, -1, width) for one in (query, key, value))
        scores = torch.bmm(query, key.transpose(1, 2)).view(rows, heads, tokens, tokens)
        shares = torch.softmax(scores.mul_(1 / math.sqrt(width)).add_(mask), -1).view(groups, -1, tokens)
        found = torch.bmm(shares, value)
        ctx.save_for_backward(query, key, value, shares, found)
        return found.view(rows, heads, tokens, width)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        """Return the gradients of query, key and value."""
        (given,) = gradients
        query, key, value, shares, found = ctx.saved_tensors
        rows, heads, tokens, width = given.shape
        given = given.reshape(found.shape)
        of_value = torch.bmm(shares.transpose(1, 2), given)
        of_scores = torch.bmm(given, value.transpose(1, 2))
        of_scores.sub_((given * found).sum(-1, keepdim=True)).mul_(shares).mul_(1 / math.sqrt(width))
        of_query, of_key = torch.bmm(of_scores, key), torch.bmm(of_scores.transpose(1, 2), query)
        few = (rows, -1, tokens, width)
        return of_query.view(rows, heads, tokens, width), of_key.view(few), of_value.view(few), None


class Norm(Function):
    """The root mean square norm, with fixed weights."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, smallest: float) -> Tensor:
        """Return `x` scaled so that the mean of its squares is 1, times `weight`."""
        # With 16 bits a sum of hundreds of squares would lose too much.
        wide = torch.promote_types(x.dtype, torch.float32)
        length = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=wide)
        scale = torch.rsqrt(length * length / x.shape[-1] + smallest).to(x.dtype)
        normed = x * scale
        ctx.save_for_backward(normed, scale, weight)
        return normed * weight

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        """Return the gradient of `x`."""
        normed, scale, weight = ctx.saved_tensors
        given = gradients[0] * weight
        along = (given * normed).mean(-1, keepdim=True)
        return torch.addcmul(given, normed, along, value=-1).mul_(scale), None, None


class Gated(Function):
    """`silu(gate) * up`."""

    @staticmethod
    def forward(ctx: Any, gate: Tensor, up: Tensor) -> Tensor:
        """Return the product."""
        ctx.save_for_backward(gate, up)
        return functional.silu(gate).mul_(up)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor]:
        """Return the gradients of both."""
        (given,) = gradients
        gate, up = ctx.saved_tensors
        part = torch.sigmoid(gate)
        silu = gate * part
        # silu' = part + silu * (1 - part)
        slope = torch.addcmul(part, silu, 1 - part)
        return slope.mul_(given).mul_(up), silu.mul_(given)
