"""Run an OpenVINO model over batches, with one stream for each thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

import numpy as np
import openvino
from numpy.typing import NDArray

from vault.embedding.compiled import compiled_model

_T = TypeVar("_T")
_Inputs = Sequence[NDArray[np.int64]]


class OpenVinoRunner:
    """A compiled model with as many inference requests as threads. Safe to use from several threads."""

    def __init__(self, model: Path, *, threads: int, keep: bool = True) -> None:
        """`keep` says whether to keep the compiled model beside the file `model` for the next start."""
        # One stream for each thread, with batches of its own. If threads shared a batch, they would all wait
        # for the slowest, and other work runs on the same cores.
        options = {"NUM_STREAMS": str(threads), "INFERENCE_NUM_THREADS": str(threads)}
        compiled = compiled_model(model, options, keep=keep)
        self._free: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        for _ in range(threads):
            self._free.put(compiled.create_infer_request())

    def run(
        self, batches: Iterable[tuple[_Inputs, _T]], store: Callable[[list[NDArray[np.float32]], _T], None]
    ) -> None:
        """Run the model on the inputs of each (inputs, key), and call `store` with the outputs and the key.

        The output arrays belong to the model and are overwritten afterwards: `store` must copy them.
        """
        running: deque[tuple[openvino.InferRequest, _T]] = deque()
        try:
            for inputs, key in batches:
                request = self._request(running, store)
                request.start_async(list(inputs))
                running.append((request, key))
        finally:
            while running:
                self._collect(running, store)

    def _request(
        self,
        running: deque[tuple[openvino.InferRequest, _T]],
        store: Callable[[list[NDArray[np.float32]], _T], None],
    ) -> openvino.InferRequest:
        """Return a free request.

        A caller that has requests running returns its oldest before it waits, so that callers in several
        threads never wait for each other in a circle.
        """
        while True:
            try:
                return self._free.get_nowait()
            except Empty:
                if not running:
                    return self._free.get()
                self._collect(running, store)

    def _collect(
        self,
        running: deque[tuple[openvino.InferRequest, _T]],
        store: Callable[[list[NDArray[np.float32]], _T], None],
    ) -> None:
        """Wait for the oldest running request, pass on its outputs and free it."""
        request, key = running.popleft()
        try:
            request.wait()
            store([tensor.data for tensor in request.output_tensors], key)
        finally:
            self._free.put(request)
