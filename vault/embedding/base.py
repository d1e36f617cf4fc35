"""What all embedders have in common: an identity, and token counts by their own tokenizer."""

from __future__ import annotations

from collections.abc import Sequence

from vault.embedding.embedder import EmbedderIdentity
from vault.embedding.tokens import EmbedderTokens


class EmbedderBase:
    """The part of `Embedder` that does not depend on the library that runs the model.

    Subclasses set both fields.
    """

    _identity: EmbedderIdentity
    _tokens: EmbedderTokens

    @property
    def identity(self) -> EmbedderIdentity:
        """The identity of the model."""
        return self._identity

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, with special tokens and without those of a prompt.

        Texts longer than the model's limit are counted completely.
        """
        return self._tokens.count(texts)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Return the character spans (start, end) of all tokens of `text`, without special tokens."""
        return self._tokens.offsets(text)
