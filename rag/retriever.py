"""Find the passages that bear on a question: words (BM25) and meaning (vectors), fused per collection,
with the documents that the question names put first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from rag.fusion import fuse
from rag.passage import Passage
from rag.question import Question, names_in, rarities, terms_in
from rag.words import content_words, stem
from vault.access import Action
from vault.collection import Collection
from vault.embedder import Embedder
from vault.searchable import Searchable
from vault.vault import Vault

WEIGHTS = {"lexical": 1.0, "dense": 1.0}
DOCUMENT_WEIGHT = 1.0
"""What a document that holds all words of the question is worth, against the best fused rank."""
_REORDERED = 3
"""Passages that are reordered by their documents, in multiples of the limit."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search, and in whose name."""

    user: str
    collections: tuple[str, ...]
    documents: tuple[str, ...] | None = None
    """sha256 of the only documents to search, superseded ones too; None searches all that are current."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives: the question as it was understood, and the passages, best first."""

    question: Question
    passages: tuple[Passage, ...]


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

    def find(self, text: str) -> Found:
        """The best passages for the question `text`, at most `limit`.

        Raises CollectionNotFound or AccessDenied when the user may not search one of the collections;
        EmbedderMismatch when one was embedded with another model.
        """
        collections = [
            self.vault.open_collection(name, user=self.scope.user, action=Action.SEARCH)
            for name in self.scope.collections
        ]
        asked = content_words(text)
        rarity = _rarity(text, asked, collections)
        names = frozenset(names_in(text) & rarity.keys())
        terms = terms_in(asked, self.embedder.token_offsets) - names
        question = Question(text, self.embedder.embed([text])[0], rarity, names, terms)
        passages: list[Passage] = []
        for collection in collections:
            collection.stamp(self.embedder.identity)
            with collection.in_use():
                passages += self._search(collection, question, asked)
                with collection.superseded(self.scope.documents) as older:
                    passages += [] if older is None else self._search(older, question, asked)
        passages.sort(key=lambda passage: -passage.score)
        return Found(question, tuple(passages[: self.limit]))

    def _search(self, collection: Searchable, question: Question, asked: Sequence[str]) -> list[Passage]:
        catalogue, documents = collection.catalogue, self.scope.documents
        expression = lexical_expression(asked)
        lexical = catalogue.lexical.match(expression, self.candidates, documents) if expression else []
        dense = collection.nearest(question.vector, self.candidates, documents)
        fused = fuse({"lexical": [hit[0] for hit in lexical], "dense": [hit[0] for hit in dense]}, WEIGHTS)
        # Hits of documents that are no longer current are passed over.
        stored = catalogue.chunks([hit[0] for hit in fused])
        ranked = [hit for hit in fused if hit[0] in stored][: self.limit * _REORDERED]
        if not ranked:
            return []
        best = ranked[0][1]
        present = {
            sha256: {stem(word) for word in words}
            for sha256, words in catalogue.lexical.words_in_documents(
                asked, list(dict.fromkeys(stored[chunk_id].chunk.document for chunk_id, _ in ranked))
            ).items()
        }
        everything = frozenset(question.rarity)
        scores = {
            chunk_id: score / best
            + DOCUMENT_WEIGHT * question.coverage(everything, present[stored[chunk_id].chunk.document])
            for chunk_id, score in ranked
        }
        cosines = dict(dense)
        return [
            Passage(
                collection=collection.name,
                document=catalogue.document(stored[chunk_id].chunk.document),
                chunk_id=chunk_id,
                heading=stored[chunk_id].chunk.heading,
                slices=tuple(collection.slices(stored[chunk_id])),
                score=scores[chunk_id],
                cosine=cosines.get(chunk_id, 0.0),
                names_in_document=question.coverage(question.names, present[stored[chunk_id].chunk.document]),
                terms_in_document=question.coverage(question.terms, present[stored[chunk_id].chunk.document]),
            )
            for chunk_id in sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))[: self.limit]
        ]

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 — LangChain's signature
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
            for passage in self.find(query).passages
        ]


def lexical_expression(words: Sequence[str]) -> str:
    """An FTS5 expression that matches any of the words; empty when there are none.

    Every word is quoted, so nothing that a user types is read as FTS5 syntax.
    """
    return " OR ".join(f'"{word}"' for word in words)


def _rarity(text: str, asked: Sequence[str], collections: Sequence[Collection]) -> Mapping[str, float]:
    counts: dict[str, int] = {}
    whole = 0
    for collection in collections:
        found, total = collection.catalogue.lexical.frequencies(asked)
        whole += total
        for word, count in found.items():
            counts[word] = counts.get(word, 0) + count
    return rarities(text, counts, whole)
