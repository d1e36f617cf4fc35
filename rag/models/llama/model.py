"""A GGUF file as the backend of a model writer."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from threading import Event as Cancel

from langchain_core.messages import BaseMessage

from rag.events import ModelUsed
from rag.models.catalogue.gguf import inspect
from rag.models.llama.chat import LlamaChat
from vault.settings import Settings


class LlamaModel:
    """A `ModelBackend` in this process; the model is loaded when first asked."""

    def __init__(
        self,
        path: Path,
        settings: Settings,
        *,
        name: str | None = None,
        adapter: Path | None = None,
        sha256: str | None = None,
    ) -> None:
        """`name`: what the model is called here, without one as its file; `sha256` of the file, where it is
        known already: else the file is read to its end.

        Raises ModelNotFound, ModelDamaged.
        """
        file = inspect(path, hashed=sha256 is None)
        self._used = ModelUsed(name or path.stem, sha256 or file.sha256)
        self._chat = LlamaChat(
            name=self._used.name,
            path=path,
            adapter=adapter,
            context_length=settings.model_context,
            threads=settings.threads,
            seed=settings.model_seed,
            temperature=settings.model_temperature,
            max_tokens=settings.model_max_tokens,
        )

    @property
    def used(self) -> ModelUsed:
        """Its name and hash."""
        return self._used

    @property
    def parameters(self) -> Mapping[str, object]:
        """With what it writes."""
        return self._chat._identifying_params

    @property
    def context_length(self) -> int:
        """Tokens; loads the model."""
        return self._chat.load().context_length

    @property
    def max_tokens(self) -> int:
        """Longest answer, in tokens."""
        return self._chat.max_tokens

    def count(self, messages: list[BaseMessage]) -> int:
        """Tokens of a whole prompt, by the model's own tokenizer and template."""
        return self._chat.count_prompt_tokens(messages)

    def stream(
        self, messages: Sequence[BaseMessage], cancel: Cancel | None, grammar: str | None = None
    ) -> Generator[str, None, None]:
        """The answer in pieces."""
        for chunk in self._chat.stream(list(messages), cancel=cancel, grammar=grammar):
            yield str(chunk.text)

    def close(self) -> None:
        """Unload the model."""
        self._chat.close()
