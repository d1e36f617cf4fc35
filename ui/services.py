"""What a process that owns the vault holds: vault, embedder, language model, answerer; made when first used."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType

from rag.answer import Answerer
from rag.llama_chat import LlamaChat
from vault.embedder import Embedder, load_embedder
from vault.settings import Settings
from vault.vault import Vault


class Services:
    """Opened once per process; use it as a context manager, or call `close`."""

    def __init__(self, settings: Settings, *, purpose: str, create: bool = False) -> None:
        """Open the vault of the settings, or make it when `create`.

        Raises VaultNotFound, VaultInUse, VaultTooNew, VaultDamaged.
        """
        self.settings = settings
        self.vault = (
            Vault.create(settings.data, user=settings.user, purpose=purpose)
            if create
            else Vault(settings.data, purpose=purpose)
        )

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model; the first use on a machine converts it, which takes seconds."""
        return load_embedder(
            self.settings.data / "embedder",
            backend=self.settings.embedder_backend,
            threads=self.settings.threads,
        )

    @cached_property
    def model(self) -> LlamaChat | None:
        """The language model of the settings; None when there is none. Raises ModelError."""
        settings = self.settings
        if settings.model is None:
            return None
        return LlamaChat.open(
            settings.model,
            context=settings.model_context,
            threads=settings.threads,
            max_tokens=settings.model_max_tokens,
            temperature=settings.model_temperature,
            seed=settings.model_seed,
        )

    @cached_property
    def answerer(self) -> Answerer:
        """Answers questions with the embedder and the model."""
        return Answerer(self.vault, self.embedder, self.settings, self.model)

    def close(self) -> None:
        """Unload the model and give the vault back."""
        if "model" in self.__dict__ and self.model is not None:
            self.model.close()
        self.vault.close()

    def __enter__(self) -> Services:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
