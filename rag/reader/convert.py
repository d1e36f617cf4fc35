"""Convert the reader's network from torch to OpenVINO."""

from __future__ import annotations

import warnings
from pathlib import Path

import openvino
import torch

from rag.reader.network import ReaderNetwork


def convert(network: ReaderNetwork, target: Path) -> None:
    """Write the network as an OpenVINO model to `target`; it accepts any number of pairs of any length."""
    example = {
        name: torch.ones((2, 16), dtype=torch.int64)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    with torch.no_grad(), warnings.catch_warnings():
        # Tracing warns about branches on shapes; the caller compares the result with the original.
        warnings.simplefilter("ignore")
        model = openvino.convert_model(network, example_input=example)
    model.reshape({index: [-1, -1] for index in range(3)})
    openvino.save_model(model, str(target), compress_to_fp16=True)
