"""What the page's scripts work with. Streamlit runs them in threads of the server's own process, so it is
handed over in this module, which both import."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from rag.answer import Answerer
from ui.interface.channel import Channel
from ui.interface.handover import Handover
from ui.interface.requests import Requests
from ui.services.conversations import Conversations
from ui.services.deletions import Deletions
from ui.services.jobs import Jobs
from ui.services.services import Services
from ui.services.session import Sessions
from ui.services.sources import Sources
from ui.services.uploading import Uploading
from vault.embedding.embedder import Embedder
from vault.errors import IncameraError
from vault.settings import Settings
from vault.vault import Vault


@dataclass(slots=True)
class Web:
    """Everything that a page needs."""

    services: Services
    sources: Sources
    sessions: Sessions
    conversations: Conversations = field(init=False)
    jobs: Jobs = field(init=False)
    uploading: Uploading = field(init=False)
    channel: Channel = field(init=False)
    deletions: Deletions = field(init=False)
    last_collection: str | None = None
    """Where a page that is loaded anew begins: the collection last worked with on the Documents page."""
    _loading: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.conversations = Conversations(self.vault, self.user, self.answerer)
        self.jobs = Jobs(self.vault, self.settings, self.embedder)
        self.uploading = Uploading(self.vault, self.settings, self.jobs)
        self.deletions = Deletions(self.vault)
        requests = Requests(self.vault, self.settings, self.embedder, self.answerer)
        self.channel = Channel(self.settings.data, Handover(requests, self.jobs).answer)

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
        """Stop what works in the background, and wait for it: native code must not run while the
        interpreter ends."""
        self.conversations.close()
        # The jobs first: the commands that wait for one are told, and the channel has nobody to wait for.
        self.jobs.close()
        self.channel.close()
        self.deletions.close()
        self.sources.close()


_web: Web | None = None


def current() -> Web:
    """The context of the server that runs in this process."""
    if _web is None:
        raise RuntimeError("The page runs inside the server only: start it with incamera serve.")
    return _web


def upload_desk() -> tuple[Uploading, str]:
    """What takes uploads in, and in whose name."""
    web = current()
    return web.uploading, web.user


@contextmanager
def opened(services: Services, sessions: Sessions | None = None) -> Iterator[Web]:
    """Make `services` the ones that pages work with, until the end of the block; `sessions` are those of the
    server in front of them."""
    global _web
    settings = services.settings
    if sessions is None:
        sessions = Sessions(
            services.vault.sessions, user=settings.user, hours=settings.session_hours, port=settings.port
        )
    web = Web(services, Sources(services.vault, settings), sessions)
    _web = web
    # The embedder takes seconds to load: begin before the first question, which waits for the rest.
    warming = threading.Thread(target=_warm, args=(web,), name="warm", daemon=True)
    warming.start()
    try:
        yield web
    finally:
        _web = None
        warming.join()
        web.close()


def _warm(web: Web) -> None:
    with suppress(IncameraError):  # the first question tells
        web.embedder().embed(["warm"])
