"""The throw-away vault that questions are measured in: the user's own is never touched."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rag.answer import Answerer
from rag.events import Answer, Done
from vault.access import Action
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

COLLECTION = "evaluation"

Progress = Callable[[str, int, int], None]
"""Called with (what, done, of how many)."""


def no_progress(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def throw_away_vault(settings: Settings) -> Iterator[tuple[Vault, Collection]]:
    """A vault with one empty collection, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="incamera-evaluation-") as folder:
        data = Path(folder) / "data"
        with Vault.create(data, user=settings.user, purpose="incamera evaluate") as vault:
            vault.create_collection(COLLECTION, user=settings.user)
            with vault.open_collection(COLLECTION, user=settings.user, action=Action.MANAGE) as collection:
                yield vault, collection


def answered(answerer: Answerer, question: str, user: str, documents: Sequence[str] | None = None) -> Answer:
    """The answer to a question in the throw-away collection, or in some of its documents (sha256)."""
    for event in answerer.ask(question, [COLLECTION], user, documents=documents):
        if isinstance(event, Done):
            return event.answer
    raise AssertionError("ask ends with Done")
