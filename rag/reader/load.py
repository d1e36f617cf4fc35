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
    """Return the reader of this package.

    `cache` is a folder for its OpenVINO copy. The first use makes the copy, which takes seconds; `say` is
    called with a message before. Raises ReaderWeightsError when the weights do not have the pinned hash.
    """
    # Imported here: each backend takes seconds and hundreds of megabytes that the other does not need.
    if backend == "torch":
        from rag.reader.torch_reader import TorchReader

        return TorchReader(threads=threads)
    from rag.reader.openvino_reader import OpenVinoReader

    return OpenVinoReader(cache, threads=threads, say=say)
