"""The built-in embedding model run by OpenVINO, converted once from the torch model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import openvino
from numpy.typing import NDArray

from vault.embedding.base import EmbedderBase
from vault.embedding.converted import converted_model
from vault.embedding.embedder import MINILM_SHA256, EmbedderIdentity
from vault.embedding.openvino_runner import OpenVinoRunner
from vault.embedding.tokens import EmbedderTokens
from vault.errors import EmbedderError

_DIMENSIONS = 384
_MAX_TOKENS = 256
_BATCH = 4  # larger batches are slower on a CPU: more padding, colder caches
_SIZE = 48 << 20
"""Bytes that the converted model needs on the disk."""
_LEAST_AGREEMENT = 0.999
"""Least cosine between a vector of the converted model and one of the original."""
_SAMPLES = (
    "Either party may terminate this Agreement on thirty days' written notice.",
    "Potassium 5.9 mmol/L (reference 3.5-5.1), repeat sample requested.",
    "no",
)


class OpenVinoEmbedder(EmbedderBase):
    """An `Embedder` that runs OpenVINO, in the precision that OpenVINO finds fastest on this CPU."""

    def __init__(
        self, folder: Path, cache: Path, *, threads: int, say: Callable[[str], None] = lambda _: None
    ) -> None:
        self._identity = EmbedderIdentity("all-MiniLM-L6-v2", MINILM_SHA256, _DIMENSIONS, _MAX_TOKENS)
        self._tokens = EmbedderTokens(folder, _MAX_TOKENS)
        self._threads = threads

        def convert(target: Path) -> None:
            say("Preparing the embedding model for this machine: once, some seconds.")
            self._convert(folder, target)

        name = f"minilm-{MINILM_SHA256[:16]}-ov{openvino.__version__.split('-')[0]}"
        self._model = OpenVinoRunner(converted_model(cache, name, _SIZE, convert), threads=threads)

    def embed(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:  # noqa: ARG002 — it has no prompts
        """Return unit vectors, (texts, dimensions). A batch has texts of similar length, to avoid padding."""
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        groups = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
        batches = ((self._tokens.batch([texts[index] for index in group]), group) for group in groups)

        def store(outputs: list[NDArray[np.float32]], group: list[int]) -> None:
            vectors[group] = outputs[0]

        self._model.run(batches, store)
        return vectors

    def _convert(self, folder: Path, target: Path) -> None:
        """Convert the torch model to `target`. Raises EmbedderError when the copy computes other vectors."""
        from vault.embedding.convert import convert

        expected = convert(folder, target, _SAMPLES)
        self._model = OpenVinoRunner(target, threads=self._threads, keep=False)
        agreement = float((self.embed(_SAMPLES) * expected).sum(axis=1).min())
        if agreement < _LEAST_AGREEMENT:
            raise EmbedderError(
                "The OpenVINO copy of the embedding model disagrees with the original "
                f"(cosine {agreement:.4f}). Set INCAMERA_EMBEDDER_BACKEND=torch."
            )
