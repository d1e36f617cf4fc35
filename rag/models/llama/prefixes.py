"""What a model had read of several conversations: users who take turns need not have theirs read again.

A context holds one conversation. When another one begins, what the context holds is copied out; when the
first goes on, it is copied back, which takes a fraction of the time that reading it takes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Tokens = npt.NDArray[np.intc]

_WORTH = 64
"""Tokens that are read again rather than copied: it takes about as long."""
_SEQUENCE = 0
"""The one that llama-cpp-python writes to."""


@dataclass(frozen=True, slots=True)
class _Kept:
    tokens: Tokens
    state: Any
    """A C array of bytes."""


class Prefixes:
    """The conversations of one context: the one in it, and those that were copied out of it, the least
    recently used first."""

    def __init__(self, llama: Any, c: Any, limit: int) -> None:
        """`llama` is a `Llama` of the module `c`; `limit` in bytes, for all that is copied out."""
        self._llama = llama
        self._c = c
        self._limit = limit
        self._kept: list[_Kept] = []

    @property
    def size(self) -> int:
        """Bytes of what was copied out."""
        return sum(len(kept.state) for kept in self._kept)

    def ready(self, prompt: Sequence[int]) -> int:
        """Make the context hold the conversation that begins most like `prompt`, and say how many of its
        first tokens need not be read; at least one must be."""
        tokens = np.asarray(prompt, dtype=np.intc)
        there: Tokens = self._llama.input_ids[: self._llama.n_tokens].copy()
        same = in_common(there, tokens)
        best = max(self._kept, key=lambda kept: in_common(kept.tokens, tokens), default=None)
        back = best if best is not None and in_common(best.tokens, tokens) >= same + _WORTH else None
        if back is not None:
            self._kept.remove(back)
        # More than half of it goes: then another conversation begins, and not the next turn of this one.
        if len(there) - same > max(_WORTH, len(there) // 2):
            self._copy_out(there)
        if back is not None and self._copy_back(back):
            same = in_common(back.tokens, tokens)
        return min(same, len(tokens) - 1)

    def forget(self) -> None:
        """Give the memory back."""
        self._kept.clear()

    def _copy_out(self, tokens: Tokens) -> None:
        # What it was some turns ago is in it.
        self._kept = [kept for kept in self._kept if in_common(kept.tokens, tokens) < len(kept.tokens)]
        size = int(self._c.llama_state_seq_get_size(self._llama.ctx, _SEQUENCE))
        if not 0 < size <= self._limit:
            return
        while self.size + size > self._limit:
            self._kept.pop(0)
        state = (ctypes.c_uint8 * size)()
        if self._c.llama_state_seq_get_data(self._llama.ctx, state, size, _SEQUENCE) == size:
            self._kept.append(_Kept(tokens, state))

    def _copy_back(self, kept: _Kept) -> bool:
        """False, with the context empty, where llama.cpp does not take it."""
        self._c.llama_memory_seq_rm(self._c.llama_get_memory(self._llama.ctx), _SEQUENCE, -1, -1)
        self._llama.reset()
        size = len(kept.state)
        if not self._c.llama_state_seq_set_data(self._llama.ctx, kept.state, size, _SEQUENCE):
            return False
        self._llama.input_ids[: len(kept.tokens)] = kept.tokens
        self._llama.n_tokens = len(kept.tokens)
        return True


def in_common(one: Tokens, other: Tokens) -> int:
    """How many tokens both begin with."""
    length = min(len(one), len(other))
    differ = np.flatnonzero(one[:length] != other[:length])
    return int(differ[0]) if len(differ) else length
