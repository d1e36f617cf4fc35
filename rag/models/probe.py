"""Try a model in a process of its own: what is wrong with a model or a build of llama.cpp ends that process.

llama.cpp ends the process that gives it a bad vocabulary, and the processor ends one that comes to an
instruction which it does not have. The first shows when the vocabulary is loaded, the second only when the
first tokens are read and written.

    python -m rag.models.probe MODEL THREADS ADAPTER

is that process; it says how far it came.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from rag.models.catalogue.gguf import check_adapter, inspect
from rag.models.catalogue.memory import check_fits
from rag.models.llama.library import backend
from vault.errors import ModelCrashed, ModelDamaged, ModelTooLarge

_LONGEST_SECONDS = 1800
"""Also a large model on a slow disk has written a word by then."""
_CONTEXT = 256
_TOKENS = 8
_TEXT = "The rent is 900 pounds a month. It is paid on the first day of the month."
"""Long enough to be read as a batch, which takes other instructions than writing token by token."""
_LOADED = "vocabulary loaded"
_COMPILE = "Compile llama.cpp for this machine (make llama), then try the model again."


def probe(
    path: Path, *, name: str | None = None, threads: int | None = None, adapter: Path | None = None
) -> bool:
    """Let the model in `path` write a few tokens, with LoRA weights if given; whether it did.

    `name` is what errors call it; without one its path. False where nothing can be told: without
    llama-cpp-python, for a model that does not fit into the memory that is free, and for an adapter that
    cannot be applied. Raises ModelDamaged when llama.cpp cannot load the model, ModelCrashed when the process
    dies, AdapterUnfit for an adapter of another architecture.
    """
    if find_spec("llama_cpp") is None:
        return False
    called = name or str(path)
    fits = _fits(path, adapter)
    asked = [str(path), str(threads or ""), str(adapter or ""), str(_TOKENS if fits else 0)]
    try:
        tried = subprocess.run(
            [sys.executable, "-m", "rag.models.probe", *asked],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            timeout=_LONGEST_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ModelCrashed(
            f"The model {called} wrote nothing in {_LONGEST_SECONDS // 60} minutes. Use a smaller one."
        ) from None
    if tried.returncode == 0:
        return fits
    if tried.returncode < 0:
        raise _crashed(called, -tried.returncode, loaded=_LOADED in tried.stdout)
    if _LOADED not in tried.stdout:
        raise _bad_vocabulary(called)
    if adapter is not None:
        return False  # whoever loads the two says which of them is at fault
    raise ModelDamaged(
        f"llama.cpp loads the vocabulary of {called} and cannot run the model. Copy the file again, or use "
        "another conversion of the model."
    )


def _fits(path: Path, adapter: Path | None) -> bool:
    """Whether there is room. Raises AdapterUnfit: of some adapters for other models llama.cpp dies."""
    model = inspect(path, hashed=False)
    if adapter is not None:
        check_adapter(inspect(adapter, hashed=False), model)
    try:
        check_fits(model, _CONTEXT)
    except ModelTooLarge:
        return False
    return True


def _bad_vocabulary(called: str) -> ModelDamaged:
    return ModelDamaged(
        f"llama.cpp cannot load the vocabulary of {called}. Use another conversion of the model, or one "
        "that this version of llama.cpp knows."
    )


def _crashed(called: str, number: int, *, loaded: bool) -> ModelCrashed | ModelDamaged:
    """What the process that tried a model died of; `loaded` tells whether its vocabulary was."""
    died = f"llama.cpp died while it tried the model {called}: {signal.strsignal(number)} (signal {number})."
    if number == signal.SIGILL:
        return ModelCrashed(
            f"{died} It was compiled with instructions that this processor does not have, or that this "
            f"machine does not allow. {_COMPILE}"
        )
    if number == signal.SIGKILL:
        return ModelCrashed(
            f"{died} Most likely the system ended it because memory ran out. Use a smaller model, or give "
            "this machine more memory."
        )
    if not loaded:
        return _bad_vocabulary(called)
    return ModelCrashed(f"{died} Use another conversion of the model. If other models die too: {_COMPILE}")


def _run(path: str, threads: str, adapter: str, tokens: int) -> None:
    llama_cpp = backend()
    llama_cpp.Llama(path, vocab_only=True, verbose=False).close()
    print(_LOADED, flush=True)
    if not tokens:
        return
    number = int(threads) if threads else None
    llama = llama_cpp.Llama(
        path, n_ctx=_CONTEXT, n_threads=number, n_threads_batch=number, n_gpu_layers=0, verbose=False,
        lora_path=adapter or None,
    )  # fmt: skip
    text = llama.tokenize(_TEXT.encode())[: _CONTEXT // 2]
    for _ in islice(llama.generate(text, temp=0.0, repeat_penalty=1.0), tokens):
        pass
    llama.close()


if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
