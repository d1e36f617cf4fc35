"""The vault and the models of a process that owns the vault; each model is loaded on first use."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from ui.services.logged_settings import log_settings
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.errors import KeyMissing
from vault.keys.source import KeySource
from vault.log.key import LogOptions
from vault.settings import Settings
from vault.vault import Vault

if TYPE_CHECKING:
    from rag.answer import Answerer
    from rag.reader.reader import Reader
    from rag.writing.writer import Writer


class Services:
    """Opens the vault once per process. Use it as a context manager, or call `close`."""

    def __init__(
        self,
        settings: Settings,
        *,
        purpose: str,
        create: bool = False,
        say: Callable[[str], None] = lambda _: None,
        ask_passphrase: Callable[[], str] | None = None,
    ) -> None:
        """Open the vault of the settings; with `create`, create it if it does not exist.

        `purpose` is shown to other processes that find the vault in use. `say` receives a sentence before
        anything that takes seconds. `ask_passphrase` asks a person for that of an encrypted vault, if there
        is somebody to ask. Raises as `Vault` does.
        """
        self.settings = settings
        self._say = say
        key = KeySource.from_settings(settings, ask_passphrase)
        log = LogOptions(settings.log_key_file, content=settings.log_content == "kept")
        if create and settings.key_file is not None and not (settings.data / "vault.db").is_file():
            raise KeyMissing(
                f"INCAMERA_KEY_FILE is set, but there is no vault in {settings.data} yet, and a new one "
                "would not be encrypted. Make an encrypted one with: incamera init --key-file FILE (or "
                "--passphrase)"
            )
        self.vault = (
            Vault.create(settings.data, user=settings.user, purpose=purpose, key=key, log=log)
            if create
            else Vault(settings.data, purpose=purpose, key=key, log=log)
        )
        log_settings(self.vault.log, settings)
        self.vault.passwords.shortest = settings.password_length

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model. The first use on a machine converts it, which takes seconds."""
        return load_embedder(
            self.settings.data / "embedder",
            backend=self.settings.embedder_backend,
            threads=self.settings.threads,
            say=self._say,
        )

    @cached_property
    def reader(self) -> Reader | None:
        """The reader, or None if it is switched off."""
        return configured_reader(self.settings, self._say)

    @cached_property
    def writer(self) -> Writer:
        """The writer for the chosen language models; it loads one when it is asked to write."""
        # Imported here: commands that answer nothing start in half the time.
        from rag.models.host import ModelHost

        return ModelHost(self.vault, self.settings, lambda: self.embedder)

    @cached_property
    def answerer(self) -> Answerer:
        """The answerer, which uses the embedder, the reader and the writer."""
        # Imported here: commands that answer nothing start in half the time.
        from rag.answer import Answerer

        return Answerer(self.vault, self.embedder, self.settings, self.writer, self.reader)

    def close(self) -> None:
        """Unload the language model and release the vault."""
        if "writer" in self.__dict__:
            self.writer.close()
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


def configured_reader(settings: Settings, say: Callable[[str], None] = lambda _: None) -> Reader | None:
    """Load the reader, or return None if the settings switch it off.

    The first use on a machine converts it, which takes seconds; `say` receives a sentence before.
    """
    if settings.reader == "off":
        return None
    # Imported here: commands that answer nothing start in half the time.
    from rag.reader.load import load_reader

    return load_reader(
        settings.data / "embedder", backend=settings.embedder_backend, threads=settings.threads, say=say
    )
