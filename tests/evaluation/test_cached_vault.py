"""The vault of a question set is kept, and made again when it cannot be used any more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evaluation.cached_vault import cached_vault
from evaluation.question_set import CorpusRow, QuestionSet
from vault.embedding.embedder import Embedder
from vault.errors import VaultDamaged

QUESTIONS = QuestionSet(
    "small", [CorpusRow(id="lease.txt", title="Lease", text="The rent is 900 pounds a month.")], []
)


def documents(folder: Path, embedder: Embedder) -> list[str]:
    """Open the cached vault and return the names of its documents."""
    with cached_vault(QUESTIONS, folder, embedder) as cached:
        return [cached.names[document.sha256] for document in cached.collection.catalogue.documents()]


def change(database: Path, statement: str) -> None:
    """Change a database behind the back of the vault."""
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute(statement)


def test_the_corpus_is_added_once(
    tmp_path: Path, embedder: Embedder, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert documents(tmp_path, embedder) == ["lease.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["small"] and capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("file", "statement", "said"),
    [
        ("vault.db", "PRAGMA user_version = 999", "a later version"),
        (
            "**/catalogue.db",
            "UPDATE meta SET value = 'another' WHERE key = 'embedder_sha256'",
            "was made with",
        ),
    ],
    ids=["too new", "another embedding model"],
)
def test_a_vault_that_cannot_be_used_is_moved_aside_and_made_again(
    tmp_path: Path,
    embedder: Embedder,
    capsys: pytest.CaptureFixture[str],
    file: str,
    statement: str,
    said: str,
) -> None:
    for number in (1, 2):
        documents(tmp_path, embedder)
        (database,) = (tmp_path / "small").glob(file)
        change(database, statement)
        assert documents(tmp_path, embedder) == ["lease.txt"]
        printed = capsys.readouterr().out
        assert said in printed and f"The vault of small is made again; the old one is {tmp_path}" in printed
        assert (tmp_path / f"small.old-{number}" / "vault.db").is_file()


def test_an_error_while_the_vault_is_used_moves_nothing(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(VaultDamaged), cached_vault(QUESTIONS, tmp_path, embedder):
        raise VaultDamaged("while it was used")
    assert [path.name for path in tmp_path.iterdir()] == ["small"]
