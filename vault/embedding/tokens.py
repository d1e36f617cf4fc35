"""The tokenizer of an embedding model: counting for chunks, padded batches for the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer


class EmbedderTokens:
    """`tokenizer.json` of a model folder, used twice: uncut for counting, cut for the model."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        path = str(folder / "tokenizer.json")
        # The file itself asks for truncation and padding at 128: both are set anew.
        self._counting = Tokenizer.from_file(path)
        self._counting.no_truncation()
        self._counting.no_padding()
        self._cutting = Tokenizer.from_file(path)
        self._cutting.enable_truncation(max_tokens)
        self._cutting.enable_padding()

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens included."""
        return [len(encoding) for encoding in self._counting.encode_batch(list(texts))]

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """Character spans of the tokens, special tokens left out."""
        return list(self._counting.encode(text, add_special_tokens=False).offsets)

    def batch(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(ids, attention mask), each (texts, longest), padded to the longest of the batch."""
        encodings = self._cutting.encode_batch(list(texts))
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        return ids, mask
