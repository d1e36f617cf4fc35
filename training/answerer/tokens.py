"""The tokens of a model file, by llama.cpp and the chat template in the file, as the product makes them."""

from __future__ import annotations

from pathlib import Path

from rag.models.llama.chat_template import ChatMessage
from rag.models.llama.engine import LlamaEngine
from rag.models.llama.loading import load_of


class ModelTokens:
    """The tokenizer of a model file."""

    def __init__(self, path: Path) -> None:
        """Load the model. Raises ModelError."""
        self._engine = LlamaEngine(load_of(path, context_length=64, threads=1, seed=1))

    @property
    def end(self) -> int:
        """The token that ends an answer."""
        return self._engine.end_token

    def prompt(self, messages: list[tuple[str, str]]) -> list[int]:
        """Return the tokens of a prompt, for (role, content) of each message."""
        return self._engine.prompt([ChatMessage(role=role, content=content) for role, content in messages])[1]

    def text(self, text: str) -> list[int]:
        """Return the tokens of plain text."""
        return self._engine.tokens(text)
