"""What a model writer needs from the code that runs the language model, in this process or on a server."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from threading import Event as Cancel
from typing import Protocol

from langchain_core.messages import BaseMessage

from rag.events import ModelUsed


class ModelBackend(Protocol):
    """Runs one language model."""

    @property
    def used(self) -> ModelUsed:
        """The model's name and the sha256 of its file; the hash is empty for a model on a server."""
        ...

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parameters of generation, for the record."""
        ...

    @property
    def context_length(self) -> int:
        """Tokens of prompt and answer together. Raises ModelError when it cannot be loaded."""
        ...

    @property
    def reading_speed(self) -> float | None:
        """Tokens of a prompt read in a second, as measured last; None if that is not known."""
        ...

    @property
    def max_tokens(self) -> int:
        """Longest answer, in tokens."""
        ...

    def count(self, messages: list[BaseMessage]) -> int:
        """Return how many tokens the whole prompt has."""
        ...

    def stream(
        self, messages: Sequence[BaseMessage], cancel: Cancel | None, grammar: str | None = None
    ) -> Generator[str, None, None]:
        """Yield the answer in pieces; setting `cancel` ends it.

        `grammar` (GBNF) limits what may be written, if the backend can do that. Raises ModelError.
        """
        ...

    def close(self) -> None:
        """Free memory and connections."""
        ...
