"""The embedding model run by OpenVINO, converted once from the torch model."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
import openvino
from numpy.typing import NDArray

from vault.embedder import MINILM_SHA256, EmbedderIdentity
from vault.embedder_base import EmbedderBase
from vault.embedder_tokens import EmbedderTokens
from vault.errors import EmbedderError

_DIMENSIONS = 384
_MAX_TOKENS = 256
_BATCH = 4  # larger ones are slower on a CPU: more padding, colder caches
_LEAST_AGREEMENT = 0.999
_SAMPLES = (
    "Either party may terminate this Agreement on thirty days' written notice.",
    "Potassium 5.9 mmol/L (reference 3.5-5.1), repeat sample requested.",
    "no",
)


class OpenVinoEmbedder(EmbedderBase):
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
        # One stream a thread, each with batches of its own: threads that share a batch wait for the slowest,
        # and files are read on the same cores meanwhile.
        model = self._core.compile_model(
            str(converted / "model.xml"),
            "CPU",
            {"NUM_STREAMS": str(self._threads), "INFERENCE_NUM_THREADS": str(self._threads)},
        )
        self._free: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        for _ in range(self._threads):
            self._free.put(model.create_infer_request())

    def embed(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:  # noqa: ARG002 — it has no prompts
        """Unit vectors, (texts, dimensions); batches of like length, so that little padding is computed."""
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        running: deque[tuple[openvino.InferRequest, list[int]]] = deque()
        try:
            for first in range(0, len(order), _BATCH):
                some = order[first : first + _BATCH]
                batch = self._tokens.batch([texts[index] for index in some])
                request = self._request(running, vectors)
                request.start_async(list(batch))
                running.append((request, some))
        finally:
            while running:
                self._collect(running, vectors)
        return vectors

    def _request(
        self, running: deque[tuple[openvino.InferRequest, list[int]]], vectors: NDArray[np.float32]
    ) -> openvino.InferRequest:
        """A request that is free. Whoever holds some gives back the oldest before waiting for another, so
        that callers on several threads never wait for each other in a circle."""
        while True:
            try:
                return self._free.get_nowait()
            except Empty:
                if not running:
                    return self._free.get()
                self._collect(running, vectors)

    def _collect(
        self, running: deque[tuple[openvino.InferRequest, list[int]]], vectors: NDArray[np.float32]
    ) -> None:
        """Wait for the oldest of the running requests, keep its result and give it back."""
        request, some = running.popleft()
        try:
            request.wait()
            vectors[some] = request.get_output_tensor(0).data
        finally:
            self._free.put(request)

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
