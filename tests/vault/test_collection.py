from pathlib import Path

import numpy as np
import pytest

from tests.documents import add_plain, reopened
from vault.collection import Collection
from vault.embedder import EmbedderIdentity
from vault.errors import EmbedderMismatch
from vault.vault import Vault
from vault.vectors import Vectors

IDENTITY = EmbedderIdentity("a", "1" * 64, 384, 256)


def indexed(collection: Collection) -> bool:
    return collection.vector_ids() == set(collection.catalogue.chunk_ids())


def vectors_of(vault: Vault, collection: Collection) -> Vectors:
    collection.close()
    return Vectors(vault.data / "collections" / collection.id / "vectors")


def test_vectors_that_a_crash_lost_are_added_from_the_catalogue(vault: Vault, collection: Collection) -> None:
    for name in "abc":
        add_plain(collection, name, f"words of {name}")
    lost = collection.catalogue.chunk_ids()[1]
    behind = vectors_of(vault, collection)
    behind.delete([lost])
    behind.close()
    with reopened(vault) as (_, again):
        assert indexed(again)


def test_vectors_of_no_chunk_are_taken_out(vault: Vault, collection: Collection) -> None:
    add_plain(collection, "a", "words")
    behind = vectors_of(vault, collection)
    behind.add([999], np.ones((1, 384), np.float32))
    behind.close()
    with reopened(vault) as (_, again):
        assert indexed(again)


def test_originals_without_a_document_are_swept_on_opening(
    vault: Vault, collection: Collection, tmp_path: Path
) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"left behind")
    sha256, _ = collection.originals.store(file)
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
        vector for _, vector in collection.catalogue.embeddings(collection.catalogue.chunk_ids()[3:4])
    )
    over_all = collection.nearest(target, 8)
    within = collection.nearest(target, 8, [record.sha256 for record in records])
    assert [hit[0] for hit in over_all] == [hit[0] for hit in within]
    assert np.allclose([hit[1] for hit in over_all], [hit[1] for hit in within], atol=1e-4)
