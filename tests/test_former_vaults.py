"""Data folders that earlier versions wrote still open, answer, grow and lose what is purged.

The folders in `former_vaults` were written by `incamera init`, `ingest` and `ask` of the version of that day,
with a lease and a ward chart that we made up. They are kept as they are: a change of a schema that cannot
open them fails here. Embedder, vector index and compiled models are left out, because they are made again.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.annotation.missing import annotate_missing
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.events import Answer, Done
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

_FORMER = sorted((Path(__file__).parent / "former_vaults").glob("*.tar.gz"))
_USER, _COLLECTION = "local", "documents"
_RENT = "The tenant pays a rent of £4,150 a quarter, in advance, on the first day of each quarter."


@pytest.fixture(params=_FORMER, ids=lambda path: path.name.removesuffix(".tar.gz"))
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a data folder of an earlier version."""
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path / "data", filter="data")
    return tmp_path / "data"


@pytest.fixture
def vault(data: Path) -> Iterator[Vault]:
    """The folder, opened by the present version."""
    with Vault(data, purpose="test") as opened:
        yield opened


def test_there_are_former_vaults_to_open() -> None:
    assert len(_FORMER) >= 3


def test_a_former_vault_answers_with_the_words_of_its_page(vault: Vault, embedder: Embedder) -> None:
    answer = _ask(vault, embedder, "What rent does the tenant pay?")
    assert answer.statements[0].text == _RENT
    assert answer.statements[0].citations[0].document == "lease.txt"


def test_the_tables_of_a_former_vault_are_asked_by_row_once_they_are_annotated(
    vault: Vault, embedder: Embedder
) -> None:
    with vault.open_collection(_COLLECTION, user=_USER, action=Action.SEARCH) as collection:
        annotate_missing(collection, stop=lambda: False)
    answer = _ask(vault, embedder, "What was his potassium on 12 February 2025?")
    assert answer.direct is not None
    assert "3.6 mmol/L" in answer.direct.text


def test_a_former_vault_takes_new_files_and_knows_those_it_has(
    vault: Vault, embedder: Embedder, parsers: ParserPool, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("The slipway was repaired on 3 May 2026.", encoding="utf-8")
    with vault.open_collection(_COLLECTION, user=_USER, action=Action.INGEST) as collection:
        lease = next(one for one in collection.catalogue.documents() if one.name == "lease.txt")
        again = tmp_path / "lease.txt"
        again.write_bytes(collection.originals.path(lease.sha256).read_bytes())
        paths = [tmp_path / "note.txt", again]
        report = Ingest(collection, embedder, Settings(data=vault.data), parsers=parsers).run(paths)
    assert (report.ready, report.skipped, report.failed) == (1, 1, [])
    answer = _ask(vault, embedder, "When was the slipway repaired?")
    assert "3 May 2026" in answer.statements[0].text


def test_the_answers_of_a_former_vault_are_kept_and_purges_take_their_words(vault: Vault) -> None:
    with vault._db.read() as db:
        (before,) = db.execute("SELECT body FROM records").fetchone()
    assert _RENT in before
    with vault.open_collection(_COLLECTION, user=_USER, action=Action.MANAGE) as collection:
        sha256s = [one.sha256 for one in collection.catalogue.documents()]
    vault.purge(_COLLECTION, sha256s, user=_USER)
    with vault._db.read() as db:
        (after,) = db.execute("SELECT body FROM records").fetchone()
    assert _RENT not in after
    assert all(sha256 in after for sha256 in sha256s if sha256 in before)


def _ask(vault: Vault, embedder: Embedder, question: str) -> Answer:
    answerer = Answerer(vault, embedder, Settings(data=vault.data))
    events = list(answerer.ask(question, [_COLLECTION], _USER))
    return next(event.answer for event in events if isinstance(event, Done))
