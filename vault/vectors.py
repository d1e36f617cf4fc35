"""One collection's vector index: a Chroma folder that holds ids and vectors, and no text.

It is derived from the catalogue and can be thrown away at any time. Chroma gets vectors from us and
never an embedding function of its own (its default one would want a download).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from numpy.typing import NDArray

_NAME = "chunks"
_MOST_PER_CALL = 5000  # Chroma refuses more than 5461 rows in one call


class Vectors:
    """Vectors by chunk id, nearest by cosine; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._client = chromadb.PersistentClient(
            path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
        )
        self._rows: Any = self._client.get_or_create_collection(
            _NAME, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        # Chroma queries in parallel; writes are kept apart from one another.
        self._writing = threading.Lock()

    def add(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors, (ids, dimensions), under their chunk ids; an id that is there is replaced."""
        with self._writing:
            for first in range(0, len(ids), _MOST_PER_CALL):
                some = slice(first, first + _MOST_PER_CALL)
                self._rows.upsert(ids=[str(i) for i in ids[some]], embeddings=vectors[some])

    def delete(self, ids: Sequence[int]) -> None:
        """Take vectors out of the index; ids that are not there are passed over."""
        with self._writing:
            for first in range(0, len(ids), _MOST_PER_CALL):
                self._rows.delete(ids=[str(i) for i in ids[first : first + _MOST_PER_CALL]])

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the nearest vectors to `vector`, (dimensions,), best first."""
        found = self._rows.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return [
            (int(chunk_id), 1.0 - float(distance))
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def ids(self) -> set[int]:
        """The chunk ids of all vectors."""
        return {int(chunk_id) for chunk_id in self._rows.get(include=[])["ids"]}

    def count(self) -> int:
        """How many vectors there are."""
        return int(self._rows.count())

    def close(self) -> None:
        """Give back Chroma's threads and file handles."""
        self._client.close()
