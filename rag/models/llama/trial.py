"""The process that tries a model: it loads the vocabulary, then reads a text and writes a few tokens.

    python -m rag.models.llama.trial MODEL THREADS ADAPTER TOKENS

It prints `VOCABULARY_LOADED` when it comes so far. `rag.models.probe` starts it and judges how it ends.
"""

from __future__ import annotations

import sys
from itertools import islice

from rag.models.llama.library import backend

CONTEXT_LENGTH = 256
"""Tokens."""
VOCABULARY_LOADED = "vocabulary loaded"
_TEXT = "The rent is 900 pounds a month. It is paid on the first day of the month."
"""Long enough to be read as a batch, which uses other instructions than writing token by token."""


def run_trial(path: str, threads: str, adapter: str, tokens: int) -> None:
    """Load the vocabulary of the model in `path`, and then let it write that many `tokens`, unless they are
    0.

    Without `threads` llama.cpp chooses; an empty `adapter` is none.
    """
    llama_cpp = backend()
    llama_cpp.Llama(path, vocab_only=True, verbose=False).close()
    print(VOCABULARY_LOADED, flush=True)
    if not tokens:
        return
    number = int(threads) if threads else None
    llama = llama_cpp.Llama(
        path, n_ctx=CONTEXT_LENGTH, n_threads=number, n_threads_batch=number, n_gpu_layers=0, verbose=False,
        lora_path=adapter or None,
    )  # fmt: skip
    text = llama.tokenize(_TEXT.encode())[: CONTEXT_LENGTH // 2]
    for _ in islice(llama.generate(text, temp=0.0, repeat_penalty=1.0), tokens):
        pass
    llama.close()


if __name__ == "__main__":
    run_trial(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
