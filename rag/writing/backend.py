"""What a model writer needs of whatever runs the model: this process, or a server of the house."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from threading import Event as Cancel
from typing import Protocol

from langchain_core.messages import BaseMessage

from rag.events import ModelUsed


class ModelBackend(Protocol):
    """Runs one model."""

    @property
    def used(self) -> ModelUsed:
        """Its name and the sha256 of its file; empty where only a server knows it."""
        ...

    @property
    def parameters(self) -> Mapping[str, object]:
        """With what it writes, for the record."""
        ...

    @property
    def context_length(self) -> int:
        """Tokens of prompt and answer together. Raises ModelError when it cannot be loaded."""
        ...

    @property
    def max_tokens(self) -> int:
        """Longest answer, in tokens."""
        ...

    def count(self, messages: list[BaseMessage]) -> int:
        """Tokens of a whole prompt."""
        ...

    def stream(
        self, messages: Sequence[BaseMessage], cancel: Cancel | None, grammar: str | None = None
    ) -> Generator[str, None, None]:
        """The answer in pieces, within the `grammar` (GBNF) where that can be had; setting `cancel` ends it.

        Raises ModelError.
        """
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...
