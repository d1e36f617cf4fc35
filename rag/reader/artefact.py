"""The file of the reader's weights: the learned values in 8 bits each, with a scale for each row.

Only the file has 8 bits, which makes it a quarter of its size; the computation uses the precision that is
fastest on the processor. Vectors (biases, norms) have 32 bits. The word vectors are not in the file: they are
those of the embedding model, whose hash is pinned too.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from rag.reader.network import ReaderNetwork
from rag.reader.reader import READER_FILE, READER_SHA256
from vault.embedding.embedder import minilm_folder
from vault.errors import ReaderWeightsError
from vault.files.originals import sha256_of

_SCALE = ":scale"


def write_artefact(learned: Mapping[str, Tensor], path: Path) -> None:
    """Write the weights that `ReaderNetwork.learned` returns."""
    tensors: dict[str, Tensor] = {}
    for name, value in learned.items():
        if value.ndim < 2:
            tensors[name] = value.detach().cpu().contiguous()
            continue
        scale = value.detach().cpu().abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        tensors[name] = torch.round(value.detach().cpu() / scale).to(torch.int8)
        tensors[name + _SCALE] = scale
    save_file(tensors, path, metadata={"format": "incamera-reader-1"})


def read_artefact(path: Path) -> dict[str, Tensor]:
    """Return the weights in a file that `write_artefact` wrote. Raises ReaderWeightsError."""
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ReaderWeightsError(f"The reader's weights in {path} cannot be read: {error}.") from error
    return {
        name: value.float() * tensors[name + _SCALE] if name + _SCALE in tensors else value
        for name, value in tensors.items()
        if not name.endswith(_SCALE)
    }


def shipped_network() -> ReaderNetwork:
    """Return the network with the weights of this package.

    Raises ReaderWeightsError when they are missing or do not have the pinned hash.
    """
    found = sha256_of(READER_FILE) if READER_FILE.is_file() else "missing"
    if found != READER_SHA256:
        raise ReaderWeightsError(
            f"The reader's weights in {READER_FILE} are not the expected ones (sha256 {found}). "
            "Install Incamera again, or set INCAMERA_READER=off to answer without it."
        )
    network = ReaderNetwork(minilm_folder())
    network.load_learned(read_artefact(READER_FILE))
    return network.eval()
