"""Open Chroma's client for a folder.

This is the only module that uses private attributes of Chroma. `tests/vault/store/test_vectors.py` fails when
they change.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings

_COLLECTION = "chunks"


def open_rows(folder: Path) -> tuple[Any, Any]:
    """Open the Chroma folder and return (client, collection of rows), nearest by cosine.

    Raises whatever Chroma raises. Another attempt for the same folder then starts from the beginning.
    """
    try:
        client = chromadb.PersistentClient(
            path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
        )
        rows = client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
    except BaseException:
        _remove_shared_client(folder)
        raise
    return client, rows


def _remove_shared_client(folder: Path) -> None:
    """Remove the client that Chroma keeps for a folder, even when that client could not start.

    Otherwise the next client for the folder would get the broken one. Chroma has no public function for one
    folder: `clear_system_cache` would remove the clients of all collections.
    """
    SharedSystemClient._identifier_to_system.pop(str(folder), None)
    SharedSystemClient._identifier_to_refcount.pop(str(folder), None)
