"""The interface for programs in this process: a real vault, the real answerer, and tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient

from rag.answer import Answerer
from tests.documents import add_text, new_collection
from ui.api.programs import programs
from ui.interface.operations.workplace import Workplace
from ui.interface.routes.stream import Workers
from ui.services.jobs import Jobs
from ui.services.upload_receiver import UploadReceiver
from vault.bearers import Permission
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

LEASE = "LEASE OF 12 ASH ROAD\n\nThe rent is 900 pounds a month. The deposit is 1,350 pounds.\n"
SECRET = "THE QUILLFEATHER MERGER\n\nThe price of Quillfeather is 77 million pounds, kept from all others.\n"
"""What the collection "secret" holds, which most tokens do not reach."""

Client = Callable[..., TestClient]


@pytest.fixture
def workplace(vault: Vault, settings: Settings, embedder: Embedder) -> Iterator[Workplace]:
    for name, text in (("matter", LEASE), ("secret", SECRET)):
        with new_collection(vault, name) as collection:
            add_text(collection, embedder, f"{name} paper.txt", text)
    jobs = Jobs(vault, settings, lambda: embedder)
    answerer = Answerer(vault, embedder, settings)
    yield Workplace(vault, settings, lambda: embedder, lambda: answerer, jobs)
    jobs.close()


@pytest.fixture
def client(workplace: Workplace) -> Iterator[Client]:
    """Return a function that makes a client, with a token that permits this; "" for none."""
    vault, workers = workplace.vault, Workers()
    assert workplace.jobs is not None
    receiver = UploadReceiver(vault, workplace.settings, workplace.jobs)
    app = programs(workplace, receiver, workers)
    with ExitStack() as opened:
        # The app has no start of its own, so the client is not entered but only closed.
        def made(
            permissions: Sequence[Permission] = (*Permission,),
            collections: Sequence[str] | None = None,
            *,
            token: str | None = None,
        ) -> TestClient:
            if token is None:
                _, token = vault.tokens.add(
                    "test", user="local", days=1, permissions=permissions, collections=collections
                )
            headers = {"authorization": f"Bearer {token}"} if token else {}
            program = TestClient(app, headers=headers, raise_server_exceptions=False)
            opened.callback(program.close)
            return program

        yield made
        workers.join(10)
