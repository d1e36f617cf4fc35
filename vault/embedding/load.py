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
    """Load the built-in embedding model and return it.

    `cache` is a folder for the OpenVINO copy of the model, which is made on first use. That takes seconds, so
    `say` is called with a message before it begins. Raises EmbedderError, StorageError.
    """
    # Imported here, because each backend takes seconds to import and hundreds of megabytes of memory.
    folder = minilm_folder()
    if backend == "torch":
        from vault.embedding.torch_embedder import TorchEmbedder

        return TorchEmbedder(folder, threads=threads)
    from vault.embedding.openvino_embedder import OpenVinoEmbedder

    return OpenVinoEmbedder(folder, cache, threads=threads, say=say)
