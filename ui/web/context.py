"""What the page's scripts work with. Streamlit runs them in threads of the server's own process, so it is
handed over in this module, which both import."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rag.answer import Answerer
from ui.jobs import Jobs
from ui.services import Services
from ui.sources import Sources
from vault.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault


@dataclass(slots=True)
class Web:
    """Everything that a page needs."""

    services: Services
    sources: Sources
    jobs: Jobs = field(init=False)
    _loading: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.jobs = Jobs(self.vault, self.settings, self.embedder)

    @property
    def vault(self) -> Vault:
        """The vault."""
        return self.services.vault

    @property
    def settings(self) -> Settings:
        """The settings of the process."""
        return self.services.settings

    @property
    def user(self) -> str:
        """In whose name the page acts."""
        return self.services.settings.user

    def embedder(self) -> Embedder:
        """The embedder; loaded once, whichever thread asks first."""
        with self._loading:
            return self.services.embedder

    def answerer(self) -> Answerer:
        """The answerer; loaded once, with the language model. Raises ModelError."""
        with self._loading:
            return self.services.answerer

    def close(self) -> None:
        """Stop the worker and the reading process."""
        self.jobs.close()
        self.sources.close()


_web: Web | None = None


def current() -> Web:
    """The context of the server that runs in this process."""
    if _web is None:
        raise RuntimeError("The page runs inside the server only: start it with incamera serve.")
    return _web


@contextmanager
def opened(services: Services) -> Iterator[Web]:
    """Make `services` the ones that pages work with, until the end of the block."""
    global _web
    web = Web(services, Sources(services.vault, services.settings))
    _web = web
    # The embedder takes seconds to load: begin before the first question, which waits for the rest.
    threading.Thread(target=_warm, args=(web,), name="warm", daemon=True).start()
    try:
        yield web
    finally:
        _web = None
        web.close()


def _warm(web: Web) -> None:
    web.embedder().embed(["warm"])
