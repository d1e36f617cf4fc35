"""The reader run by OpenVINO, converted once from the torch network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import openvino
from numpy.typing import NDArray

from rag.reader.reader import READER_SHA256, ReaderBase
from rag.reader.windows import Pair, ReaderPassage, ReaderTokens, padded
from vault.embedding.converted import converted_model
from vault.embedding.embedder import minilm_folder
from vault.embedding.openvino_run import OpenVinoRun
from vault.errors import ReaderWeightsError

_BATCH = 4  # larger ones are slower on a CPU: more padding, colder caches
_SIZE = 48 << 20
_MOST_APART = 0.05
"""Between the logits of the OpenVINO copy and of the torch network: bf16 arithmetic is less apart."""
_SAMPLE = (
    "When may the tenant end the lease?",
    ReaderPassage(
        "Lease of unit 7", "Term",
        ("The lease runs for five years.", "The tenant may end it after three years on six months' notice."),
    ),
)  # fmt: skip


class OpenVinoReader(ReaderBase):
    """A `Reader` over OpenVINO, in the precision that it finds fastest on this CPU."""

    def __init__(self, cache: Path, *, threads: int, say: Callable[[str], None] = lambda _: None) -> None:
        super().__init__(READER_SHA256, ReaderTokens(minilm_folder()))

        def convert(target: Path) -> None:
            say("Preparing the reader for this machine: once, some seconds.")
            self._convert(target, threads)

        name = f"reader-{READER_SHA256[:16]}-ov{openvino.__version__.split('-')[0]}"
        self._network = OpenVinoRun(converted_model(cache, name, _SIZE, convert), threads=threads)

    def run(self, pairs: Sequence[Pair]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        order = sorted(range(len(pairs)), key=lambda index: len(pairs[index].ids))
        runs = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
        found: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}

        def take(outputs: list[NDArray[np.float32]], some: list[int]) -> None:
            tokens, judged = outputs
            for row, index in enumerate(some):
                found[index] = tokens[row].copy(), judged[row].copy()

        self._network.over(((padded([pairs[index] for index in some]), some) for some in runs), take)
        return [found[index] for index in range(len(pairs))]

    def _convert(self, target: Path, threads: int) -> None:
        """Convert the torch network and check that the copy agrees with it. Raises ReaderWeightsError."""
        from rag.reader.convert import convert
        from rag.reader.torch_reader import TorchReader

        original = TorchReader(threads=threads)
        convert(original.network, target)
        self._network = OpenVinoRun(target, threads=threads)
        question, passage = _SAMPLE
        pairs = self._tokens.pairs(question, [passage])
        (tokens, judged), (expected, due) = self.run(pairs)[0], original.run(pairs)[0]
        apart = float(max(np.abs(tokens - expected).max(), np.abs(judged - due).max()))
        if apart > _MOST_APART * max(1.0, float(np.abs(expected).max()), float(np.abs(due).max())):
            raise ReaderWeightsError(
                f"The OpenVINO copy of the reader disagrees with the original (by {apart:.3f}). "
                "Set INCAMERA_EMBEDDER_BACKEND=torch, or INCAMERA_READER=off to answer without it."
            )
