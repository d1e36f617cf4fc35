"""What the page's scripts work with.

Streamlit runs the scripts in threads of the server's process. The server stores the `Web` object in this
module, where the scripts find it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import streamlit as st
from starlette.requests import Request

from rag.answer import Answerer
from ui.interface.operations.workplace import Workplace
from ui.interface.socket_server import SocketServer
from ui.services.conversations import Conversations
from ui.services.deletions import Deletions
from ui.services.jobs import Jobs
from ui.services.services import Services
from ui.services.session import USER_KEY, Sessions
from ui.services.signing_in import sessions_of
from ui.services.sources import Sources
from ui.services.upload_receiver import UploadReceiver
from vault.embedding.embedder import Embedder
from vault.errors import IncameraError, SignedOut
from vault.settings import Settings
from vault.vault import Vault


@dataclass(slots=True)
class Web:
    """Everything that the pages need."""

    services: Services
    sources: Sources
    sessions: Sessions
    gated: bool = True
    """Whether every request comes through the gate, with a session. Without it, all act for one user."""
    jobs: Jobs = field(init=False)
    upload_receiver: UploadReceiver = field(init=False)
    workplace: Workplace = field(init=False)
    interface: SocketServer = field(init=False)
    deletions: Deletions = field(init=False)
    _last_collections: dict[str, str] = field(default_factory=dict)
    _conversations: _ByUser = field(init=False)
    _loading: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._conversations = _ByUser(lambda user: Conversations(self.vault, user, self.answerer))
        self.jobs = Jobs(self.vault, self.settings, self.embedder)
        self.upload_receiver = UploadReceiver(self.vault, self.settings, self.jobs)
        self.deletions = Deletions(self.vault)
        self.workplace = Workplace(self.vault, self.settings, self.embedder, self.answerer, self.jobs)
        self.interface = SocketServer(self.workplace)

    @property
    def vault(self) -> Vault:
        """The vault of the server."""
        return self.services.vault

    @property
    def settings(self) -> Settings:
        """The settings of the server."""
        return self.services.settings

    @property
    def session(self) -> str:
        """The secret of the session of the browser whose page is drawn; empty without one."""
        # Converted to text, because without a server Streamlit uses a substitute for the browser's cookies.
        return str(st.context.cookies.get(self.sessions.cookie, ""))

    @property
    def user(self) -> str:
        """The user who is signed in in the browser whose page is drawn.

        Raises SignedOut when the session has ended meanwhile: nothing is done then in anybody else's name.
        """
        if not self.gated:
            return self.settings.user
        user = self.sessions.user(self.session)
        if user is None:
            raise SignedOut("You are signed out. Sign in again.")
        return user

    @property
    def conversations(self) -> Conversations:
        """The conversations of the user who is signed in."""
        return self._conversations[self.user]

    @property
    def last_collection(self) -> str | None:
        """The collection that this user selected last; a page that is loaded begins with it."""
        return self._last_collections.get(self.user)

    @last_collection.setter
    def last_collection(self, name: str) -> None:
        """Remember the collection that this user selected last."""
        self._last_collections[self.user] = name

    def user_of(self, request: Request) -> str:
        """Return the user who makes a request that is not a page's. Raises SignedOut."""
        user = request.scope.get(USER_KEY) if self.gated else self.settings.user
        if not isinstance(user, str):
            raise SignedOut("You are signed out. Sign in again.")
        return user

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
        for conversations in list(self._conversations.values()):
            conversations.close()
        # Jobs before the interface: commands that wait for a job get a reply, so it can close at once.
        self.jobs.close()
        self.interface.close()
        self.deletions.close()
        self.sources.close()


class _ByUser(dict[str, Conversations]):
    """The conversations of each user; safe to use from several threads."""

    def __init__(self, make: Callable[[str], Conversations]) -> None:
        super().__init__()
        self._make = make
        self._making = threading.Lock()

    def __missing__(self, user: str) -> Conversations:
        with self._making:
            if user not in self:
                self[user] = self._make(user)
            return self[user]


_web: Web | None = None


def current() -> Web:
    """Return the `Web` of the server that runs in this process."""
    if _web is None:
        raise RuntimeError("The page runs only inside the server. Start it with: incamera serve")
    return _web


def upload_receiver(request: Request) -> tuple[UploadReceiver, str]:
    """Return the receiver of uploads, and the user who makes the request. Raises SignedOut."""
    web = current()
    return web.upload_receiver, web.user_of(request)


@contextmanager
def opened(services: Services, sessions: Sessions | None = None) -> Iterator[Web]:
    """Let the pages work with `services` until the end of the block; `sessions` are those of the server.

    Without a server there is no gate, and the pages act for the user of the settings.
    """
    global _web
    settings = services.settings
    gated = sessions is not None
    web = Web(
        services, Sources(services.vault, settings), sessions or sessions_of(services, settings.port), gated
    )
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
