"""Make the adapter that llama.cpp loads from a training run.

    python -m training.answerer.export bench/out/answerer --model MODEL.gguf --to answerer.gguf

It prints the hash of the file; ours is pinned in `rag/writing/short/answerer.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFWriter
from torch import Tensor

from rag.models.catalogue.gguf import ModelFile, inspect
from vault.files.originals import sha256_of


def write_adapter(
    path: Path, adapter: Mapping[str, tuple[Tensor, Tensor]], *, alpha: float, model: ModelFile, name: str
) -> None:
    """Write LoRA weights with 16 bits each: (a [rank, in], b [out, rank]) by llama.cpp's names of the layers.

    llama.cpp adds `alpha / rank * b @ a` to the weights of `model`.
    """
    writer = GGUFWriter(path, model.architecture)
    writer.add_type("adapter")
    writer.add_name(name)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    writer.add_string("general.base_model.0.name", model.name)
    writer.add_license("apache-2.0")
    for layer, (a, b) in adapter.items():
        for part, values in (("lora_a", a), ("lora_b", b)):
            writer.add_tensor(f"{layer}.weight.{part}", values.cpu().numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main(given: Sequence[str] | None = None) -> None:
    """Write the adapter and print its size and hash."""
    parser = argparse.ArgumentParser(
        prog="python -m training.answerer.export", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("run", type=Path, help="the folder that training.answerer.train filled")
    parser.add_argument("--model", type=Path, required=True, help="the GGUF file that the adapter is for")
    parser.add_argument("--to", type=Path, required=True, help="the file to write")
    parser.add_argument("--name", default="answerer", help="the name in the file")
    chosen = parser.parse_args(given)
    state = torch.load(chosen.run / "checkpoint.pt", map_location="cpu", weights_only=True)
    model = inspect(chosen.model, hashed=False)
    write_adapter(chosen.to, state["adapter"], alpha=state["alpha"], model=model, name=chosen.name)
    print(f"{chosen.to}: {chosen.to.stat().st_size:,} bytes, step {state['step']}")
    print(f'sha256 "{sha256_of(chosen.to)}"')


if __name__ == "__main__":
    main()
