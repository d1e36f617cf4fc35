"""A llama.cpp that dies of a signal when it computes, in every Python process that is started from here."""

from __future__ import annotations

from pathlib import Path
from signal import Signals

import pytest

_AT_START = """
import os
import llama_cpp

def die(*_):
    os.kill(os.getpid(), {signal})

llama_cpp._internals.LlamaContext.decode = die
"""


def let_llama_die(monkeypatch: pytest.MonkeyPatch, folder: Path, signal: Signals) -> None:
    """Processes that are started from now on die of `signal` at their first token; this one does not."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_AT_START.format(signal=int(signal)))
    monkeypatch.setenv("PYTHONPATH", str(folder))
