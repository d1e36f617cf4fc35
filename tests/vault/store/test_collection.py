import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.documents import add_plain, reopened
from vault.embedding.embedder import EmbedderIdentity
from vault.errors import EmbedderMismatch
from vault.sealing.stored_file import StoredFile
from vault.store import collection as module
from vault.store.collection import Collection
from vault.store.vectors import Vectors
from vault.vault import Vault

IDENTITY = EmbedderIdentity("a", "1" * 64, 384, 256)


def indexed(collection: Collection) -> bool:
    return collection.vector_ids() == set(collection.catalogue.chunks.ids())


def vectors_of(vault: Vault, collection: Collection) -> Vectors:
    collection.close()
    return Vectors(vault.data / "collections" / collection.id / "vectors")


def test_vectors_that_a_crash_lost_are_added_from_the_catalogue(vault: Vault, collection: Collection) -> None:
    for name in "abc":
        add_plain(collection, name, f"words of {name}")
    lost = collection.catalogue.chunks.ids()[1]
    behind = vectors_of(vault, collection)
    behind.delete([lost])
    behind.close()
    with reopened(vault) as (_, again):
        assert indexed(again)


def test_vectors_without_a_chunk_are_removed(vault: Vault, collection: Collection) -> None:
    add_plain(collection, "a", "words")
    behind = vectors_of(vault, collection)
    behind.add([999], np.ones((1, 384), np.float32))
    behind.close()
    with reopened(vault) as (_, again):
        assert indexed(again)


def test_originals_without_a_document_are_removed_on_opening(
    vault: Vault, collection: Collection, tmp_path: Path
) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"left behind")
    sha256, _ = collection.originals.store(StoredFile(file))
    with reopened(vault) as (_, again):
        assert not again.originals.has(sha256)


def test_a_collection_made_with_another_embedder_is_refused(collection: Collection) -> None:
    collection.stamp(IDENTITY)
    collection.stamp(IDENTITY)
    with pytest.raises(EmbedderMismatch, match="was made with a"):
        collection.stamp(EmbedderIdentity("b", "2" * 64, 384, 256))


def test_nearest_within_documents_agrees_with_nearest_over_all(collection: Collection) -> None:
    records = [add_plain(collection, name, f"words of {name}") for name in "abcdefgh"]
    target = next(
        vector for _, vector in collection.catalogue.chunks.embeddings(collection.catalogue.chunks.ids()[3:4])
    )
    over_all = collection.nearest(target, 8)
    within = collection.nearest(target, 8, [record.sha256 for record in records])
    assert [hit[0] for hit in over_all] == [hit[0] for hit in within]
    assert np.allclose([hit[1] for hit in over_all], [hit[1] for hit in within], atol=1e-4)


def farthest(collection: Collection, count: int) -> tuple[np.ndarray, list[str], list[tuple[int, float]]]:
    """Return a vector, the documents of the `count` chunks farthest from it, and these chunks, best first."""
    ids = collection.catalogue.chunks.ids()
    (target,) = (vector for _, vector in collection.catalogue.chunks.embeddings(ids[:1]))
    ranked = collection.nearest_of(target, len(ids), ids)[-count:]
    stored = collection.catalogue.chunks.by_id([hit[0] for hit in ranked])
    return target, [stored[hit[0]].chunk.document for hit in ranked], ranked


def test_no_near_chunk_is_lost_because_nearer_ones_are_in_other_documents(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        add_plain(collection, f"{number}", f"words of {number}")
    target, documents, ranked = farthest(collection, 15)
    monkeypatch.setattr(module, "_MOST_EXACT", 5)
    # The index returns twenty times as many as wanted, and none of them is in these documents.
    assert collection.nearest(target, 1, documents) == ranked[:1]
    within = collection.nearest(target, 7, documents)
    assert [hit[0] for hit in within] == [hit[0] for hit in ranked[:7]]
    assert len(collection.nearest(target, 100, documents)) == 15


@contextmanager
def read_only(collection: Collection) -> Iterator[sqlite3.Connection]:
    """Make the catalogue of the collection read-only."""
    with collection.catalogue._db.read() as db:
        db.execute("PRAGMA query_only = ON")
        try:
            yield db
        finally:
            db.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize("small", [1000, 1])
def test_a_search_in_a_read_only_collection_finds_chunks_and_changes_nothing(
    small: int, collection: Collection, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SMALL", small)
    for name in "abcdef":
        add_plain(collection, name, f"words of {name}")
    with reopened(vault) as (_, again), read_only(again) as db:
        before = db.total_changes
        target, documents, _ = farthest(again, 3)
        assert len(again.nearest(target, 4)) == 4
        assert len(again.nearest(target, 4, documents)) == 3
        assert db.total_changes == before


def test_a_collection_without_its_vector_index_is_searched_by_the_embeddings(
    collection: Collection, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SMALL", 1)
    for name in "abcdef":
        add_plain(collection, name, f"words of {name}")
    target, _, _ = farthest(collection, 1)
    by_index = collection.nearest(target, 6)
    folder = vault.data / "collections" / collection.id / "vectors"
    with reopened(vault) as (_, again):
        folder.rename(folder.with_name("away"))
        folder.write_text("in the way")  # as if nothing could be written
        by_embeddings = again.nearest(target, 6)
    assert [hit[0] for hit in by_embeddings] == [hit[0] for hit in by_index]


def test_vectors_that_a_crash_lost_are_found_if_the_index_cannot_be_repaired(
    collection: Collection, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SMALL", 1)
    for name in "abcdef":
        add_plain(collection, name, f"words of {name}")
    with collection.catalogue._db.write() as db:
        db.execute("UPDATE documents SET vectors_written = 0")
    target, _, _ = farthest(collection, 1)
    with reopened(vault) as (_, again), read_only(again):
        assert len(again.nearest(target, 6)) == 6
