"""Convert the embedding model from torch to OpenVINO: encoder, pooling and normalisation in one graph."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openvino
import torch
from numpy.typing import NDArray
from transformers import AutoModel
from transformers.utils import logging as transformers_logging

from vault.embedding.torch_embedder import TorchEmbedder


class _Pooled(torch.nn.Module):
    """The computation of sentence-transformers for this model, as one module."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1e-9)
        return torch.nn.functional.normalize(pooled, p=2.0, dim=1)


def convert(folder: Path, target: Path, samples: Sequence[str]) -> NDArray[np.float32]:
    """Write the OpenVINO model to `target`, and return the vectors of the torch model for `samples`.

    `folder` is the folder of the torch model. The vectors are (samples, dimensions).
    """
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    expected = TorchEmbedder(folder, threads=torch.get_num_threads()).embed(samples)
    module = _Pooled(AutoModel.from_pretrained(str(folder), local_files_only=True)).eval()
    example = {
        "input_ids": torch.ones((2, 16), dtype=torch.int64),
        "attention_mask": torch.ones((2, 16), dtype=torch.int64),
    }
    with torch.no_grad(), warnings.catch_warnings():
        # Tracing warns about branches on shapes. The caller compares the result with the original.
        warnings.simplefilter("ignore")
        model = openvino.convert_model(module, example_input=example)
    model.reshape({0: [-1, -1], 1: [-1, -1]})
    openvino.save_model(model, str(target), compress_to_fp16=True)
    return expected
