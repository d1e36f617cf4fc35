"""What every embedder has in common: its identity, and counting by its own tokenizer."""

from __future__ import annotations

from collections.abc import Sequence

from vault.embedding.embedder import EmbedderIdentity
from vault.embedding.tokens import EmbedderTokens


class EmbedderBase:
    """The part of `Embedder` that does not depend on what runs the model; a subclass sets both fields."""

    _identity: EmbedderIdentity
    _tokens: EmbedderTokens

    @property
    def identity(self) -> EmbedderIdentity:
        """Which model this is."""
        return self._identity

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens included, uncut; those of a prompt are not counted."""
        return self._tokens.count(texts)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Character spans of the tokens of `text`, uncut."""
        return self._tokens.offsets(text)
