"""Find the passages that bear on a question: words (BM25) and meaning (vectors), fused per collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from rag.fusion import fuse
from rag.passage import Passage
from rag.words import content_words
from vault.access import Action
from vault.collection import Collection
from vault.embedder import Embedder
from vault.vault import Vault

WEIGHTS = {"lexical": 1.0, "dense": 1.0}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search, and in whose name."""

    user: str
    collections: tuple[str, ...]
    documents: tuple[str, ...] | None = None
    """sha256 of the only documents to search; None searches all."""


class HybridRetriever(BaseRetriever):
    """A LangChain retriever over collections of the vault.

    Permission is asked for here, on every search: whoever holds a retriever holds no right.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    vault: Vault
    embedder: Embedder
    scope: Scope
    candidates: int = 50
    limit: int = 12

    def search(self, question: str) -> list[Passage]:
        """The best passages for `question`, best first, at most `limit`.

        Raises CollectionNotFound or AccessDenied when the user may not search one of the collections;
        EmbedderMismatch when one was embedded with another model.
        """
        vector = self.embedder.embed([question])[0]
        expression = lexical_expression(question)
        passages: list[Passage] = []
        for name in self.scope.collections:
            collection = self.vault.open_collection(name, user=self.scope.user, action=Action.SEARCH)
            collection.stamp(self.embedder.identity)
            with collection.in_use():
                lexical = (
                    collection.catalogue.match(expression, self.candidates, self.scope.documents)
                    if expression
                    else []
                )
                dense = collection.nearest(vector, self.candidates, self.scope.documents)
                fused = fuse(
                    {"lexical": [hit[0] for hit in lexical], "dense": [hit[0] for hit in dense]}, WEIGHTS
                )
                passages += self._passages(collection, fused, dict(dense))
        passages.sort(key=lambda passage: -passage.score)
        return passages[: self.limit]

    def _passages(
        self, collection: Collection, fused: Sequence[tuple[int, float]], cosines: dict[int, float]
    ) -> list[Passage]:
        """The best of `fused` as passages; hits of documents that are not current are passed over."""
        stored = collection.catalogue.chunks([hit[0] for hit in fused])
        best = [(chunk_id, score) for chunk_id, score in fused if chunk_id in stored][: self.limit]
        return [
            Passage(
                collection=collection.name,
                document=collection.catalogue.document(stored[chunk_id].chunk.document),
                chunk_id=chunk_id,
                heading=stored[chunk_id].chunk.heading,
                slices=tuple(collection.slices(stored[chunk_id])),
                score=score,
                cosine=cosines.get(chunk_id, 0.0),
            )
            for chunk_id, score in best
        ]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                page_content=passage.text,
                id=f"{passage.document.sha256}:{passage.chunk_id}",
                metadata={
                    "collection": passage.collection,
                    "document": passage.document.name,
                    "sha256": passage.document.sha256,
                    "page": passage.page,
                    "heading": passage.heading,
                    "score": passage.score,
                },
            )
            for passage in self.search(query)
        ]


def lexical_expression(question: str) -> str:
    """An FTS5 expression that matches any content word of the question; empty when it has none.

    Every word is quoted, so nothing that a user types is read as FTS5 syntax.
    """
    return " OR ".join(f'"{word}"' for word in content_words(question))
