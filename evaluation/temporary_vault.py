"""The temporary vault in which questions are measured: the user's own vault is never used."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rag.answer import Answerer
from rag.events import Answer, Done
from rag.question.turn import Turn
from vault.access import Action
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

COLLECTION = "evaluation"

Progress = Callable[[str, int, int], None]
"""Called with (what, done, of how many)."""


def no_progress(what: str, done: int, total: int) -> None:
    """Report nothing."""


@contextmanager
def temporary_vault(settings: Settings) -> Iterator[tuple[Vault, Collection]]:
    """Give a vault with one empty collection, which is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="incamera-evaluation-") as folder:
        data = Path(folder) / "data"
        with Vault.create(data, user=settings.user, purpose="incamera evaluate") as vault:
            vault.create_collection(COLLECTION, user=settings.user)
            with vault.open_collection(COLLECTION, user=settings.user, action=Action.MANAGE) as collection:
                yield vault, collection


def answer_to(
    answerer: Answerer,
    question: str,
    user: str,
    history: Sequence[Turn] = (),
    *,
    documents: Sequence[str] | None = None,
) -> Answer:
    """Return the answer to a question in the temporary collection, or in some of its `documents` (sha256)."""
    for event in answerer.ask(question, [COLLECTION], user, history, documents=documents):
        if isinstance(event, Done):
            return event.answer
    raise AssertionError("ask ends with Done")
