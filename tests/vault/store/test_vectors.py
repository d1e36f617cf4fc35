"""The vector index, and the private attributes of Chroma that `vault.store.chroma` uses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.errors import ChromaError

from vault.store.chroma import open_rows
from vault.store.vectors import Vectors


def test_chroma_keeps_its_clients_where_we_remove_broken_ones(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    folder.mkdir()
    client, _ = open_rows(folder)
    assert str(folder) in SharedSystemClient._identifier_to_system
    assert str(folder) in SharedSystemClient._identifier_to_refcount
    client.close()
    assert str(folder) not in SharedSystemClient._identifier_to_system


def test_a_folder_that_could_not_be_opened_can_be_opened_after_repair(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    (folder / "chroma.sqlite3").mkdir(parents=True)  # in the place of Chroma's database
    for _ in range(2):
        with pytest.raises(ChromaError, match="unable to open database file"):
            open_rows(folder)
        assert str(folder) not in SharedSystemClient._identifier_to_system
        assert str(folder) not in SharedSystemClient._identifier_to_refcount
    (folder / "chroma.sqlite3").rmdir()
    vectors = Vectors(folder)
    vectors.add([7], np.ones((1, 4), np.float32))
    assert vectors.ids() == {7}
    vectors.close()
