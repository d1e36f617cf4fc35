"""Load the built-in embedding model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from vault.embedding.embedder import Embedder, minilm_folder


def load_embedder(
    cache: Path,
    *,
    backend: Literal["openvino", "torch"] = "openvino",
    threads: int = 2,
    say: Callable[[str], None] = lambda _: None,
) -> Embedder:
    """The embedding model, ready to use.

    `cache` is a folder for the OpenVINO copy of the model, which is made on first use: that takes seconds,
    and `say` is told before it begins.
    """
    # Imported here: each backend brings seconds and hundreds of megabytes that the other does not need.
    folder = minilm_folder()
    if backend == "torch":
        from vault.embedding.torch_embedder import TorchEmbedder

        return TorchEmbedder(folder, threads=threads)
    from vault.embedding.openvino_embedder import OpenVinoEmbedder

    return OpenVinoEmbedder(folder, cache, threads=threads, say=say)
