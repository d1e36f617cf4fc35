"""What the tests of the interface share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import cast

import pytest

from rag.answer import Answerer
from tests.ui.interface.answerers import ScriptedAnswerer
from ui.interface.operations.workplace import Workplace
from ui.interface.socket_server import SocketServer
from ui.services.jobs import Jobs
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

Serve = Callable[..., SocketServer]


@pytest.fixture
def serve(vault: Vault, settings: Settings, embedder: Embedder) -> Iterator[Serve]:
    """Return a function that serves the vault on its socket until the end of the test."""
    with ExitStack() as opened:

        def begin(script: object = None, jobs: Jobs | None = None) -> SocketServer:
            answerer = cast(Answerer, ScriptedAnswerer(script))  # type: ignore[arg-type]
            workplace = Workplace(vault, settings, lambda: embedder, lambda: answerer, jobs)
            return opened.enter_context(SocketServer(workplace))

        yield begin
