"""The vault of a question set, kept so that the next run need not embed its corpus again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from evaluation.question_set import QuestionSet
from evaluation.temporary_vault import COLLECTION, Progress, no_progress
from evaluation.texts import add_corpus
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import EmbedderMismatch, VaultDamaged, VaultTooNew
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

USER = "local"


@dataclass(frozen=True, slots=True)
class CachedVault:
    """An open vault with the corpus of a question set."""

    vault: Vault
    collection: Collection
    ids: dict[str, str]
    """sha256 by the document's id in the set."""

    @property
    def names(self) -> dict[str, str]:
        """The documents' ids in the set, by sha256."""
        return {sha256: name for name, sha256 in self.ids.items()}


@contextmanager
def cached_vault(
    questions: QuestionSet, folder: Path, embedder: Embedder, progress: Progress = no_progress
) -> Iterator[CachedVault]:
    """Give the vault of the set in `folder`; what is missing of the corpus is added first.

    A vault that cannot be opened any more, or that was made with another embedding model or other chunks, is
    moved aside, and a new one is made.
    """
    data = folder.absolute() / questions.name
    with ExitStack() as opened:
        try:
            cached = opened.enter_context(_open(questions, data, embedder, progress))
        except (VaultDamaged, VaultTooNew, EmbedderMismatch) as error:
            aside = _move_aside(data)
            print(f"{error}\nThe vault of {questions.name} is made again; the old one is {aside}.")
            cached = opened.enter_context(_open(questions, data, embedder, progress))
        yield cached


def _move_aside(data: Path) -> Path:
    """Rename a data folder, and return its new path. It is not deleted, because it may be a real one."""
    numbered = (data.with_name(f"{data.name}.old-{number}") for number in count(1))
    return data.rename(next(path for path in numbered if not path.exists()))


@contextmanager
def _open(
    questions: QuestionSet, data: Path, embedder: Embedder, progress: Progress
) -> Iterator[CachedVault]:
    settings = Settings(data=data)
    with Vault.create(data, user=USER, purpose="bench") as vault:
        if not vault.members.collections(user=USER):
            vault.create_collection(COLLECTION, user=USER)
        with vault.open_collection(COLLECTION, user=USER, action=Action.INGEST) as collection:
            yield CachedVault(
                vault, collection, add_corpus(questions, collection, embedder, settings, progress)
            )
