"""The tokenizer of an embedding model: it counts tokens, and makes padded batches for the model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer


class EmbedderTokens:
    """The `tokenizer.json` of a model folder, loaded twice: with truncation for the model, and without it for
    counting, which a question does not need.

    The file sets truncation and padding at 128 tokens. Both are replaced."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        self._file = str(folder / "tokenizer.json")
        self._truncating = Tokenizer.from_file(self._file)
        self._truncating.enable_truncation(max_tokens)
        self._truncating.enable_padding()

    @cached_property
    def _counting(self) -> Tokenizer:
        made = Tokenizer.from_file(self._file)
        made.no_truncation()
        made.no_padding()
        return made

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special tokens included."""
        return [len(encoding) for encoding in self._counting.encode_batch(list(texts))]

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """Return the character spans (start, end) of the tokens, without special tokens."""
        return list(self._counting.encode(text, add_special_tokens=False).offsets)

    def batch(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (ids, attention mask), each (texts, longest), padded to the longest text of the batch."""
        encodings = self._truncating.encode_batch(list(texts))
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        return ids, mask
