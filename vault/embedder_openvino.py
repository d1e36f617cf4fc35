"""The embedding model run by OpenVINO, converted once from the torch model."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openvino
from numpy.typing import NDArray

from vault.embedder import MINILM_SHA256, EmbedderIdentity
from vault.embedder_tokens import EmbedderTokens
from vault.errors import EmbedderError

_DIMENSIONS = 384
_MAX_TOKENS = 256
_BATCH = 16
_LEAST_AGREEMENT = 0.999
_SAMPLES = (
    "Either party may terminate this Agreement on thirty days' written notice.",
    "Potassium 5.9 mmol/L (reference 3.5-5.1), repeat sample requested.",
    "no",
)


class OpenVinoEmbedder:
    """An `Embedder` over OpenVINO, in the precision that it finds fastest on this CPU."""

    def __init__(self, folder: Path, cache: Path, *, threads: int) -> None:
        self._identity = EmbedderIdentity("all-MiniLM-L6-v2", MINILM_SHA256, _DIMENSIONS, _MAX_TOKENS)
        self._tokens = EmbedderTokens(folder, _MAX_TOKENS)
        self._core = openvino.Core()
        self._threads = threads
        converted = cache / f"minilm-{MINILM_SHA256[:16]}-ov{openvino.__version__.split('-')[0]}"
        if not (converted / "model.xml").is_file():
            self._convert(folder, converted)
        self._compile(converted)

    def _compile(self, converted: Path) -> None:
        model = self._core.compile_model(
            str(converted / "model.xml"),
            "CPU",
            {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": str(self._threads)},
        )
        self._request = model.create_infer_request()
        self._lock = threading.Lock()

    @property
    def identity(self) -> EmbedderIdentity:
        """Which model this is."""
        return self._identity

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens included, uncut."""
        return self._tokens.count(texts)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Character spans of the tokens of `text`, uncut."""
        return self._tokens.offsets(text)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, (texts, dimensions); batches of like length, so that little padding is computed."""
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for first in range(0, len(order), _BATCH):
            some = order[first : first + _BATCH]
            ids, mask = self._tokens.batch([texts[index] for index in some])
            with self._lock:
                vectors[some] = self._request.infer([ids, mask])[0]
        return vectors

    def _convert(self, folder: Path, converted: Path) -> None:
        """Convert the torch model, check that it agrees, and move it into place whole."""
        from vault.embedder_convert import convert

        converted.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".converting-", dir=converted.parent))
        try:
            expected = convert(folder, partial / "model.xml", _SAMPLES)
            self._compile(partial)
            agreement = float((self.embed(_SAMPLES) * expected).sum(axis=1).min())
            if agreement < _LEAST_AGREEMENT:
                raise EmbedderError(
                    "The OpenVINO copy of the embedding model disagrees with the original "
                    f"(cosine {agreement:.4f}). Set INCAMERA_EMBEDDER_BACKEND=torch."
                )
            # Two processes may convert at the same time: the first one's copy is as good.
            with contextlib.suppress(OSError):
                partial.rename(converted)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
