"""The reader run by OpenVINO, with a copy of the network that is converted once from torch."""

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
from vault.embedding.openvino_runner import OpenVinoRunner
from vault.errors import ReaderWeightsError

_BATCH = 4
"""Pairs. Larger batches are slower on a CPU: more padding, colder caches."""
_COPY_BYTES = 48 << 20
"""Free disk space that the copy needs."""
_TOLERANCE = 0.05
"""How much the logits of the copy may differ from the torch network's; with bf16 arithmetic they differ
less."""
_SAMPLE = (
    "When may the tenant end the lease?",
    ReaderPassage(
        "Lease of unit 7", "Term",
        ("The lease runs for five years.", "The tenant may end it after three years on six months' notice."),
    ),
)  # fmt: skip


class OpenVinoReader(ReaderBase):
    """A `Reader` over OpenVINO, in the precision that OpenVINO finds fastest on this CPU."""

    def __init__(self, cache: Path, *, threads: int, say: Callable[[str], None] = lambda _: None) -> None:
        """`cache` is the folder of the copy; `say` is called with a message before the copy is made."""
        super().__init__(READER_SHA256, ReaderTokens(minilm_folder()))

        def convert(target: Path) -> None:
            say("Preparing the reader for this machine: once, some seconds.")
            self._convert(target, threads)

        name = f"reader-{READER_SHA256[:16]}-ov{openvino.__version__.split('-')[0]}"
        self._network = OpenVinoRunner(converted_model(cache, name, _COPY_BYTES, convert), threads=threads)

    def run(self, pairs: Sequence[Pair]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Run the network on the pairs in batches of similar length; see `ReaderBase.run`."""
        order = sorted(range(len(pairs)), key=lambda index: len(pairs[index].ids))
        batches = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
        found: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}

        def take(outputs: list[NDArray[np.float32]], batch: list[int]) -> None:
            token_logits, pair_logits = outputs
            for row, index in enumerate(batch):
                found[index] = token_logits[row].copy(), pair_logits[row].copy()

        self._network.run(((padded([pairs[index] for index in batch]), batch) for batch in batches), take)
        return [found[index] for index in range(len(pairs))]

    def _convert(self, target: Path, threads: int) -> None:
        """Convert the torch network and compare the copy with it. Raises ReaderWeightsError."""
        from rag.reader.convert import convert
        from rag.reader.torch_reader import TorchReader

        original = TorchReader(threads=threads)
        convert(original.network, target)
        self._network = OpenVinoRunner(target, threads=threads, keep=False)
        question, passage = _SAMPLE
        pairs = self._tokens.pairs(question, [passage])
        copied, expected = self.run(pairs)[0], original.run(pairs)[0]
        difference = max(
            float(np.abs(one - other).max()) for one, other in zip(copied, expected, strict=True)
        )
        if difference > _TOLERANCE * max(1.0, *(float(np.abs(logits).max()) for logits in expected)):
            raise ReaderWeightsError(
                f"The OpenVINO copy of the reader disagrees with the original (by {difference:.3f}). "
                "Set INCAMERA_EMBEDDER_BACKEND=torch, or INCAMERA_READER=off to answer without it."
            )
