"""The embedding model run by sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from vault.embedding.base import EmbedderBase
from vault.embedding.embedder import MINILM_SHA256, EmbedderIdentity
from vault.embedding.tokens import EmbedderTokens

_BATCH = 8  # larger batches are slower on a CPU: more padding, colder caches


class TorchEmbedder(EmbedderBase):
    """An `Embedder` that runs sentence-transformers, in fp32."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        torch.set_num_threads(threads)
        transformers_logging.disable_progress_bar()
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._identity = EmbedderIdentity(
            name="all-MiniLM-L6-v2",
            sha256=MINILM_SHA256,
            dimensions=int(self._model.get_embedding_dimension() or 0),
            max_tokens=int(self._model.max_seq_length or 0),
        )
        self._tokens = EmbedderTokens(folder, self._identity.max_tokens)
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:  # noqa: ARG002 — it has no prompts
        """Return unit vectors, (texts, dimensions)."""
        if not texts:
            return np.zeros((0, self._identity.dimensions), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
