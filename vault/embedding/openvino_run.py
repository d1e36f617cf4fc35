"""Run a compiled OpenVINO model over batches: one stream a thread, several callers at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

import numpy as np
import openvino
from numpy.typing import NDArray

_T = TypeVar("_T")
_Inputs = Sequence[NDArray[np.int64]]


class OpenVinoRun:
    """A model, compiled, with as many requests as threads. Safe to use from several threads."""

    def __init__(self, model: Path, *, threads: int) -> None:
        # One stream a thread, each with batches of its own: threads that share a batch wait for the slowest,
        # and files are read on the same cores meanwhile.
        compiled = openvino.Core().compile_model(
            str(model), "CPU", {"NUM_STREAMS": str(threads), "INFERENCE_NUM_THREADS": str(threads)}
        )
        self._free: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        for _ in range(threads):
            self._free.put(compiled.create_infer_request())

    def over(
        self, batches: Iterable[tuple[_Inputs, _T]], take: Callable[[list[NDArray[np.float32]], _T], None]
    ) -> None:
        """Give each batch to the model and its outputs to `take`, with what stood beside the batch.

        The arrays are the model's own and are overwritten afterwards: `take` copies what it keeps.
        """
        running: deque[tuple[openvino.InferRequest, _T]] = deque()
        try:
            for inputs, mark in batches:
                request = self._request(running, take)
                request.start_async(list(inputs))
                running.append((request, mark))
        finally:
            while running:
                self._collect(running, take)

    def _request(
        self,
        running: deque[tuple[openvino.InferRequest, _T]],
        take: Callable[[list[NDArray[np.float32]], _T], None],
    ) -> openvino.InferRequest:
        """A request that is free. Whoever holds some gives back the oldest before waiting for another, so
        that callers on several threads never wait for each other in a circle."""
        while True:
            try:
                return self._free.get_nowait()
            except Empty:
                if not running:
                    return self._free.get()
                self._collect(running, take)

    def _collect(
        self,
        running: deque[tuple[openvino.InferRequest, _T]],
        take: Callable[[list[NDArray[np.float32]], _T], None],
    ) -> None:
        """Wait for the oldest of the running requests, hand on its result and give it back."""
        request, mark = running.popleft()
        try:
            request.wait()
            take([tensor.data for tensor in request.output_tensors], mark)
        finally:
            self._free.put(request)
