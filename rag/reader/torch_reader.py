"""The reader run by torch: the fallback, and the original with which the OpenVINO copy is compared."""

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
        """`network`, with its `sha256`, replaces the network of this package."""
        super().__init__(sha256, ReaderTokens(minilm_folder()))
        torch.set_num_threads(threads)
        self.network = (network or shipped_network()).eval()

    def run(self, pairs: Sequence[Pair]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Run the network on the pairs in batches of similar length; see `ReaderBase.run`."""
        order = sorted(range(len(pairs)), key=lambda index: len(pairs[index].ids))
        found: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        with torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                arrays = padded([pairs[index] for index in batch])
                token_logits, pair_logits = self.network(*(torch.from_numpy(array) for array in arrays))
                for row, index in enumerate(batch):
                    found[index] = token_logits[row].numpy(), pair_logits[row].numpy()
        return [found[index] for index in range(len(pairs))]
