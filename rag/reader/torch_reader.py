"""The reader run by torch: the fallback, and what the OpenVINO copy is checked against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from rag.reader.artefact import shipped_network
from rag.reader.network import ReaderNetwork
from rag.reader.reader import READER_SHA256, ReaderBase
from rag.reader.windows import Pair, ReaderTokens, padded
from vault.embedding.embedder import minilm_folder

_BATCH = 8


class TorchReader(ReaderBase):
    """A `Reader` over torch."""

    def __init__(
        self, *, threads: int, network: ReaderNetwork | None = None, sha256: str = READER_SHA256
    ) -> None:
        """`network` stands in the place of the one in this package: one that was just trained."""
        super().__init__(sha256, ReaderTokens(minilm_folder()))
        torch.set_num_threads(threads)
        self.network = (network or shipped_network()).eval()

    def run(self, pairs: Sequence[Pair]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        order = sorted(range(len(pairs)), key=lambda index: len(pairs[index].ids))
        found: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        with torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                some = order[start : start + _BATCH]
                arrays = padded([pairs[index] for index in some])
                tokens, judged = self.network(*(torch.from_numpy(array) for array in arrays))
                for row, index in enumerate(some):
                    found[index] = tokens[row].numpy(), judged[row].numpy()
        return [found[index] for index in range(len(pairs))]
