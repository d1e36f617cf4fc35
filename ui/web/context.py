"""What the page's scripts work with.

Streamlit runs the scripts in threads of the server's process. The server stores the `Web` object in this
module, where the scripts find it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from rag.answer import Answerer
from ui.interface.operations.workplace import Workplace
from ui.interface.socket_server import SocketServer
from ui.services.conversations import Conversations
from ui.services.deletions import Deletions
from ui.services.jobs import Jobs
from ui.services.services import Services
from ui.services.session import Sessions
from ui.services.sources import Sources
from ui.services.upload_receiver import UploadReceiver
from vault.embedding.embedder import Embedder
from vault.errors import IncameraError
from vault.settings import Settings
from vault.vault import Vault


@dataclass(slots=True)
class Web:
    """Everything that the pages need."""

    services: Services
    sources: Sources
    sessions: Sessions
    conversations: Conversations = field(init=False)
    jobs: Jobs = field(init=False)
    upload_receiver: UploadReceiver = field(init=False)
    interface: SocketServer = field(init=False)
    deletions: Deletions = field(init=False)
    last_collection: str | None = None
    """The collection that was selected last; a page that is loaded begins with it."""
    _loading: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.conversations = Conversations(self.vault, self.user, self.answerer)
        self.jobs = Jobs(self.vault, self.settings, self.embedder)
        self.upload_receiver = UploadReceiver(self.vault, self.settings, self.jobs)
        self.deletions = Deletions(self.vault)
        self.interface = SocketServer(
            Workplace(self.vault, self.settings, self.embedder, self.answerer, self.jobs)
        )

    @property
    def vault(self) -> Vault:
        """The vault of the server."""
        return self.services.vault

    @property
    def settings(self) -> Settings:
        """The settings of the server."""
        return self.services.settings

    @property
    def user(self) -> str:
        """The user in whose name the page acts."""
        return self.services.settings.user

    def embedder(self) -> Embedder:
        """Return the embedder; the first thread that asks loads it."""
        with self._loading:
            return self.services.embedder

    def answerer(self) -> Answerer:
        """Return the answerer; the first thread that asks loads it. Raises ModelError."""
        with self._loading:
            return self.services.answerer

    def close(self) -> None:
        """Stop all background work and wait for it: native code must not run while the interpreter ends."""
        self.conversations.close()
        # Jobs before the interface: commands that wait for a job get a reply, so it can close at once.
        self.jobs.close()
        self.interface.close()
        self.deletions.close()
        self.sources.close()


_web: Web | None = None


def current() -> Web:
    """Return the `Web` of the server that runs in this process."""
    if _web is None:
        raise RuntimeError("The page runs only inside the server. Start it with: incamera serve")
    return _web


def upload_receiver() -> tuple[UploadReceiver, str]:
    """Return the receiver of uploads, and the user in whose name it works."""
    web = current()
    return web.upload_receiver, web.user


@contextmanager
def opened(services: Services, sessions: Sessions | None = None) -> Iterator[Web]:
    """Let the pages work with `services` until the end of the block; `sessions` are those of the server."""
    global _web
    settings = services.settings
    if sessions is None:
        sessions = Sessions(
            services.vault.sessions, user=settings.user, hours=settings.session_hours, port=settings.port
        )
    web = Web(services, Sources(services.vault, settings), sessions)
    _web = web
    # The embedder takes seconds to load, so loading starts before the first question.
    loading = threading.Thread(target=_load_embedder, args=(web,), name="warm", daemon=True)
    loading.start()
    try:
        yield web
    finally:
        _web = None
        loading.join()
        web.close()


def _load_embedder(web: Web) -> None:
    with suppress(IncameraError):  # the first question reports the error
        web.embedder().embed(["warm"])
