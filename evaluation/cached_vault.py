"""The vault of a question set, kept so that the next run need not embed its corpus again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.question_set import QuestionSet
from evaluation.temporary_vault import COLLECTION, Progress, no_progress
from evaluation.texts import add_corpus
from vault.access import Action
from vault.embedding.embedder import Embedder
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
    """Give the vault of the set in `folder`; what is missing of the corpus is added first."""
    data = folder.absolute() / questions.name
    settings = Settings(data=data)
    with Vault.create(data, user=USER, purpose="bench") as vault:
        if not vault.members.collections(user=USER):
            vault.create_collection(COLLECTION, user=USER)
        with vault.open_collection(COLLECTION, user=USER, action=Action.INGEST) as collection:
            yield CachedVault(
                vault, collection, add_corpus(questions, collection, embedder, settings, progress)
            )
