"""A cache of what a language model has read, for several conversations.

A context of llama.cpp holds one conversation. When another one begins, the state of the context is copied
into the cache; when the first one continues, it is copied back, which takes a fraction of the time of reading
it again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Tokens = npt.NDArray[np.intc]

_COPY_COST = 64
"""Tokens that take about as long to read as a state takes to copy."""
_SEQUENCE = 0
"""The sequence that llama-cpp-python writes to."""


@dataclass(frozen=True, slots=True, eq=False)  # arrays of different lengths cannot be compared
class _SavedState:
    tokens: Tokens
    state: Any
    """A C array of bytes."""


class PrefixCache:
    """The saved conversations of one context, the least recently used first."""

    def __init__(self, llama: Any, c: Any, limit: int) -> None:
        """`llama` is a `Llama` of the module `c`; `limit` is in bytes, for all saved states together."""
        self._llama = llama
        self._c = c
        self._limit = limit
        self._saved: list[_SavedState] = []

    @property
    def size(self) -> int:
        """Bytes of all saved states."""
        return sum(len(saved.state) for saved in self._saved)

    def prepare(self, prompt: Sequence[int]) -> int:
        """Load the conversation that shares most with the beginning of `prompt` into the context.

        Return how many of the first tokens of `prompt` need not be read; at least one token must be.
        """
        tokens = np.asarray(prompt, dtype=np.intc)
        current: Tokens = self._llama.input_ids[: self._llama.n_tokens].copy()
        shared = shared_length(current, tokens)
        best = max(self._saved, key=lambda saved: shared_length(saved.tokens, tokens), default=None)
        worth_it = best is not None and shared_length(best.tokens, tokens) >= shared + _COPY_COST
        restored = best if worth_it else None
        if restored is not None:
            self._saved.remove(restored)
        # If more than half of the context goes, this is another conversation and not the next turn of this
        # one.
        if len(current) - shared > max(_COPY_COST, len(current) // 2):
            self._save(current)
        if restored is not None and self._restore(restored):
            shared = shared_length(restored.tokens, tokens)
        return min(shared, len(tokens) - 1)

    def clear(self) -> None:
        """Free the memory of all saved states."""
        self._saved.clear()

    def _save(self, tokens: Tokens) -> None:
        # A state of the same conversation some turns ago is part of this one.
        self._saved = [
            saved for saved in self._saved if shared_length(saved.tokens, tokens) < len(saved.tokens)
        ]
        size = int(self._c.llama_state_seq_get_size(self._llama.ctx, _SEQUENCE))
        if not 0 < size <= self._limit:
            return
        while self.size + size > self._limit:
            self._saved.pop(0)
        state = (ctypes.c_uint8 * size)()
        if self._c.llama_state_seq_get_data(self._llama.ctx, state, size, _SEQUENCE) == size:
            self._saved.append(_SavedState(tokens, state))

    def _restore(self, saved: _SavedState) -> bool:
        """Copy the state into the context. If llama.cpp refuses, empty the context and return False."""
        self._c.llama_memory_seq_rm(self._c.llama_get_memory(self._llama.ctx), _SEQUENCE, -1, -1)
        self._llama.reset()
        size = len(saved.state)
        if not self._c.llama_state_seq_set_data(self._llama.ctx, saved.state, size, _SEQUENCE):
            return False
        self._llama.input_ids[: len(saved.tokens)] = saved.tokens
        self._llama.n_tokens = len(saved.tokens)
        return True


def shared_length(one: Tokens, other: Tokens) -> int:
    """Return how many tokens at their beginning are the same in both."""
    length = min(len(one), len(other))
    differ = np.flatnonzero(one[:length] != other[:length])
    return int(differ[0]) if len(differ) else length
