"""Load the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from rag.reader.reader import Reader


def load_reader(
    cache: Path,
    *,
    backend: Literal["openvino", "torch"] = "openvino",
    threads: int = 2,
    say: Callable[[str], None] = lambda _: None,
) -> Reader:
    """The reader that lies in this package, ready to read.

    `cache` is a folder for its OpenVINO copy, which is made on first use: that takes seconds, and `say` is
    told before it begins. Raises ReaderWeightsError when its weights are not the pinned ones.
    """
    # Imported here: each backend brings seconds and hundreds of megabytes that the other does not need.
    if backend == "torch":
        from rag.reader.torch_reader import TorchReader

        return TorchReader(threads=threads)
    from rag.reader.openvino_reader import OpenVinoReader

    return OpenVinoReader(cache, threads=threads, say=say)
