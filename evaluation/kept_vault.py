"""The vault that a question set is measured in, kept so that the next run need not embed it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.own_vault import COLLECTION, Progress, no_progress
from evaluation.question_set import QuestionSet
from evaluation.texts import add_corpus
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

USER = "local"


@dataclass(frozen=True, slots=True)
class Kept:
    """An open vault that holds the corpus of a set."""

    vault: Vault
    collection: Collection
    ids: dict[str, str]
    """sha256 by the set's document id."""

    @property
    def names(self) -> dict[str, str]:
        """The set's document ids by sha256."""
        return {sha256: name for name, sha256 in self.ids.items()}


@contextmanager
def kept_vault(
    questions: QuestionSet, folder: Path, embedder: Embedder, progress: Progress = no_progress
) -> Iterator[Kept]:
    """The vault of the set in `folder`; made, or gone on with where a run was interrupted."""
    data = folder.absolute() / questions.name
    settings = Settings(data=data)
    with Vault.create(data, user=USER, purpose="bench") as vault:
        if not vault.collections(user=USER):
            vault.create_collection(COLLECTION, user=USER)
        with vault.open_collection(COLLECTION, user=USER, action=Action.INGEST) as collection:
            yield Kept(vault, collection, add_corpus(questions, collection, embedder, settings, progress))
