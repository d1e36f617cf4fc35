"""A GGUF file as the backend of a model writer."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from threading import Event as Cancel

from langchain_core.messages import BaseMessage

from rag.events import ModelUsed
from rag.models.catalogue.gguf import inspect
from rag.models.llama.chat import LlamaChat
from vault.settings import Settings

_MEASURED = 64
"""Tokens. A speed is measured only where so many were read; fewer take about as long as one."""


class LlamaModel:
    """A `ModelBackend` in a process of its own, which is started at its first use."""

    def __init__(
        self,
        path: Path,
        settings: Settings,
        *,
        name: str | None = None,
        adapter: Path | None = None,
        sha256: str | None = None,
    ) -> None:
        """`name` is the model's name in the vault, by default that of its file. Without the `sha256` of the
        file all of the file is read to compute it.

        Raises ModelNotFound, ModelDamaged.
        """
        file = inspect(path, hashed=sha256 is None)
        self._reading_speed: float | None = None
        self.values = file.parameters
        """Number of its weights."""
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
            hang_seconds=settings.model_hang_seconds,
        )

    @property
    def used(self) -> ModelUsed:
        """The model's name and the sha256 of its file."""
        return self._used

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parameters of generation."""
        return self._chat.parameters

    @property
    def context_length(self) -> int:
        """Tokens of prompt and answer together; loads the model."""
        return self._chat.load().context_length

    @property
    def reading_speed(self) -> float | None:
        """Tokens of a prompt read in a second, as measured last; None before the first answer."""
        return self._reading_speed

    @property
    def max_tokens(self) -> int:
        """Longest answer, in tokens."""
        return self._chat.max_tokens

    def count(self, messages: list[BaseMessage]) -> int:
        """Return how many tokens a whole prompt has, by the model's own tokenizer and template."""
        return self._chat.count_prompt_tokens(messages)

    def stream(
        self, messages: Sequence[BaseMessage], cancel: Cancel | None, grammar: str | None = None
    ) -> Generator[str, None, None]:
        """Yield the answer in pieces; setting `cancel` ends it. Raises ModelError."""
        process, started, first = self._chat.load(), time.perf_counter(), 0.0
        try:
            for chunk in self._chat.stream(list(messages), cancel=cancel, grammar=grammar):
                first = first or time.perf_counter()
                yield str(chunk.text)
        finally:
            run = process.last_run
            read = run.prompt_tokens - run.reused_tokens
            if first and read >= _MEASURED:
                self._reading_speed = read / (first - started)

    def close(self) -> None:
        """Unload the model: its process ends."""
        self._chat.close()
