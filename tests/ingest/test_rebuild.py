"""Rebuild a collection with another embedding model, also after an interruption or a crash."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.rebuild import rebuild
from rag.retrieval.search import Scope, Search
from tests import tiny_embedder
from tests.documents import add_text, reopened
from vault.embedding.embedder import Embedder
from vault.embedding.folder_embedder import load_folder
from vault.errors import EmbedderMismatch
from vault.store.collection import Collection
from vault.store.collection_embedder import embedder_of
from vault.vault import Vault

LEASE = (
    "The tenant shall keep the roof in repair.\n\nThe rent is 900 pounds a month.\n\n" + "It goes on. " * 300
)
CHART = "Digoxin 125 micrograms once a day."


class Interrupted(Exception):
    """Stands for the end of the process."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a small embedding model."""
    return str(tiny_embedder.write(tmp_path_factory.mktemp("model") / "own-model"))


@pytest.fixture
def filled(collection: Collection, embedder: Embedder) -> Collection:
    """A collection with two versions of a lease, and a chart."""
    add_text(collection, embedder, "lease.txt", LEASE, path="/in/lease.txt")
    add_text(collection, embedder, "lease.txt", LEASE + "Newer.", path="/in/lease.txt")
    add_text(collection, embedder, "chart.txt", CHART)
    return collection


def indexed(collection: Collection) -> bool:
    """Return whether the vector index has exactly the chunks of the catalogue."""
    return collection.vector_ids() == set(collection.catalogue.chunks.ids())


def names(vault: Vault, embedder: Embedder, question: str) -> list[str]:
    """Return the names of the documents that a question finds."""
    found = Search(vault, embedder, Scope("local", ("matter",))).find(question)
    return [passage.document.name for passage in found.passages]


@pytest.mark.slow
def test_a_collection_is_embedded_again_with_another_model_and_back(
    vault: Vault, filled: Collection, embedder: Embedder, folder: str
) -> None:
    before = dict(filled.catalogue.chunks.embeddings(filled.catalogue.chunks.ids()))
    own = load_folder(Path(folder))
    seen: list[tuple[int, int]] = []
    count = rebuild(filled, own, folder, 256, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert count > len(before)  # the other model reads half as much at once
    assert embedder_of(filled, embedder) is own
    assert all(len(v) == 32 for _, v in filled.catalogue.chunks.embeddings(filled.catalogue.chunks.ids()))
    assert indexed(filled)
    assert names(vault, embedder, "digoxin")[0] == "chart.txt"
    assert not list(filled.rebuild_path.parent.glob("rebuild.db*"))

    rebuild(filled, embedder, "", 256)
    after = dict(filled.catalogue.chunks.embeddings(filled.catalogue.chunks.ids()))
    assert np.allclose(np.stack([*before.values()]), np.stack([*after.values()]), atol=1e-5)
    with reopened(vault) as (_, again):
        assert indexed(again)


@pytest.mark.slow
def test_later_documents_are_embedded_with_the_collections_own_model(
    vault: Vault, filled: Collection, embedder: Embedder, folder: str
) -> None:
    own = load_folder(Path(folder))
    rebuild(filled, own, folder, 256)
    with pytest.raises(EmbedderMismatch, match="incamera collections rebuild"):
        filled.stamp(embedder.identity)
    add_text(filled, embedder, "organ.txt", "The organ is tuned in May.")
    (late,) = [d for d in filled.catalogue.documents() if d.name == "organ.txt"]
    ids = [stored.id for stored in filled.catalogue.chunks.of(late.sha256)]
    assert all(
        len(vector) == tiny_embedder.DIMENSIONS for _, vector in filled.catalogue.chunks.embeddings(ids)
    )
    assert names(vault, embedder, "When is the organ tuned?")[0] == "organ.txt"


@pytest.mark.slow
def test_a_model_whose_files_were_replaced_is_refused_until_the_collection_is_rebuilt(
    vault: Vault, filled: Collection, embedder: Embedder, folder: str, tmp_path: Path
) -> None:
    own = shutil.copytree(folder, tmp_path / "own-model")
    rebuild(filled, load_folder(own), str(own), 256)
    assert names(vault, embedder, "digoxin")[0] == "chart.txt"
    weights = next(own.rglob("model.safetensors"))
    old = weights.read_bytes()
    other = tiny_embedder.write(tmp_path / "other-model", seed=2)
    weights.write_bytes(next(other.rglob("model.safetensors")).read_bytes())
    for work in (
        lambda: names(vault, embedder, "digoxin"),
        lambda: add_text(filled, embedder, "organ.txt", "The organ is tuned in May."),
    ):
        with pytest.raises(EmbedderMismatch, match=f"{own} was changed.*Put the old files back, or compute"):
            work()
    weights.write_bytes(old)
    assert names(vault, embedder, "digoxin")[0] == "chart.txt"
    weights.write_bytes(next(other.rglob("model.safetensors")).read_bytes())
    rebuild(filled, load_folder(own), str(own), 256)
    assert names(vault, embedder, "digoxin")[0] == "chart.txt"


def test_an_interrupted_rebuild_leaves_the_collection_unchanged_and_can_be_resumed(
    vault: Vault, filled: Collection, embedder: Embedder, folder: str
) -> None:
    own = load_folder(Path(folder))
    before = filled.catalogue.chunks.ids()

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        rebuild(filled, own, folder, 256, interrupt)
    assert filled.catalogue.chunks.ids() == before
    assert names(vault, embedder, "digoxin")[0] == "chart.txt"
    embedded: list[int] = []
    embed = own.embed
    own.embed = lambda texts, *, query=False: embedded.append(len(texts)) or embed(texts, query=query)  # type: ignore
    try:
        with reopened(vault) as (_, again):
            rebuild(again, own, folder, 256)
    finally:
        del own.embed
    assert len(embedded) == 1  # the two documents that were prepared are not embedded again


def test_an_index_that_is_older_than_the_embeddings_after_a_crash_is_rebuilt(
    vault: Vault, filled: Collection, embedder: Embedder, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr("vault.store.vectors.Vectors.rebuild", crash)
        with pytest.raises(Interrupted):
            rebuild(filled, load_folder(Path(folder)), folder, 256)
    assert names(vault, embedder, "digoxin")[0] == "chart.txt"
    with reopened(vault) as (opened, again):
        assert names(opened, embedder, "digoxin")[0] == "chart.txt"
        assert indexed(again)


def test_a_purge_removes_everything_of_an_unfinished_rebuild(
    vault: Vault, filled: Collection, folder: str
) -> None:
    def interrupt(done: int, total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        rebuild(filled, load_folder(Path(folder)), folder, 256, interrupt)
    assert list(filled.rebuild_path.parent.glob("rebuild.db*"))
    filled.purge([filled.catalogue.documents()[0].sha256])
    assert not list(filled.rebuild_path.parent.glob("rebuild.db*"))
