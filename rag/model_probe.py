"""Load a model's vocabulary in a process of its own: llama.cpp ends the process that gives it a bad one."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from vault.errors import ModelDamaged

_LONGEST_SECONDS = 120


def probe(path: Path) -> None:
    """Raises ModelDamaged when llama.cpp cannot load the vocabulary of the model in `path`.

    Without llama-cpp-python nothing can be told, and nothing is.
    """
    if find_spec("llama_cpp") is None:
        return
    try:
        tried = subprocess.run(
            [sys.executable, "-m", "rag.model_probe", str(path)],
            capture_output=True,
            timeout=_LONGEST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        tried = None
    if tried is None or tried.returncode != 0:
        raise ModelDamaged(
            f"llama.cpp cannot load the vocabulary of {path}. Use another conversion of the model, or one "
            "that this version of llama.cpp knows."
        )


if __name__ == "__main__":
    from llama_cpp import Llama

    Llama(sys.argv[1], vocab_only=True, verbose=False).close()
