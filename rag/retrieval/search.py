"""Find the passages that bear on a question: words (BM25) and meaning (vectors), fused per collection; the
documents that the question names are searched by themselves and put first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.question.question import Question, names_in, rarities, terms_in
from rag.question.routing import NOWHERE, Route, asking_of, focus_of, route
from rag.retrieval.fusion import fuse
from rag.retrieval.passage import Passage
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.store.catalogue_texts import StoredChunk
from vault.store.collection import Collection
from vault.store.collection_embedder import embedder_of
from vault.store.searchable import Searchable
from vault.text.terms import expression
from vault.text.words import content_words, stem
from vault.vault import Vault

_REORDERED = 3
"""Passages that are reordered by their documents, in multiples of the limit."""


@dataclass(frozen=True, slots=True)
class Method:
    """How much each part of a search counts; 0 leaves it out. The defaults were chosen by
    `bench/retrieval.py`."""

    lexical: float = 0.4
    dense: float = 0.6
    document: float = 0.3
    """What a document that holds all words of the question is worth, against the best hit."""
    routing: float = 1.0
    """What a document that the question names is worth, against the best hit."""


METHOD = Method()


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A form of the question: its words and its vector."""

    words: Sequence[str]
    vector: NDArray[np.float32]


class Search:
    """Searches collections of the vault.

    Permission is asked for here, on every search: whoever holds a `Search` holds no right.
    """

    def __init__(
        self,
        vault: Vault,
        embedder: Embedder,
        scope: Scope,
        *,
        candidates: int = 50,
        limit: int = 12,
        method: Method = METHOD,
    ) -> None:
        self._vault = vault
        self._embedder = embedder
        self._scope = scope
        # Of fewer candidates than passages are wanted there would be too few, and nobody would know.
        self._candidates = max(candidates, limit)
        self._limit = limit
        self._method = method

    def find(self, text: str) -> Found:
        """The best passages for the question `text`, at most `limit`.

        Raises CollectionNotFound or AccessDenied when the user may not search one of the collections;
        EmbedderMismatch when one was embedded with another model.
        """
        with self._vault.open_collections(
            self._scope.collections, user=self._scope.user, action=Action.SEARCH
        ) as collections:
            return self._find(text, collections)

    def _find(self, text: str, collections: Sequence[Collection]) -> Found:
        routes = [self._route(text, collection) for collection in collections]
        named = frozenset[str]().union(*(one.named for one in routes))
        focus = focus_of(text, named)
        asked = content_words(text)
        rarity = _rarity(text, asked, collections)
        names = frozenset((names_in(text) | named) & rarity.keys())
        terms = terms_in(asked, self._embedder.token_offsets) - names
        forms = [text] if focus == text else [text, focus]
        vectors = self._embedder.embed(forms, query=True)
        # Sentences are held against what is asked: party names would drown it there as well.
        question = Question(text, vectors[-1], rarity, names, terms, focus, asking_of(text, named))
        passages: list[Passage] = []
        for collection, routed in zip(collections, routes, strict=True):
            embedder = embedder_of(collection, self._embedder)
            own = vectors if embedder is self._embedder else embedder.embed(forms, query=True)
            whole, narrow = _Asked(asked, own[0]), _Asked(content_words(focus), own[-1])
            passages += self._search(collection, question, whole, narrow, routed)
            with collection.superseded(self._scope.documents) as older:
                passages += [] if older is None else self._search(older, question, whole, narrow, NOWHERE)
        passages.sort(key=lambda passage: -passage.score)
        return Found(question, tuple(passages[: self._limit]))

    def _route(self, text: str, collection: Collection) -> Route:
        if not self._method.routing:
            return NOWHERE
        return route(text, collection.catalogue.heads, self._embedder.token_offsets, self._scope.documents)

    def _search(
        self, collection: Searchable, question: Question, whole: _Asked, narrow: _Asked, routed: Route
    ) -> list[Passage]:
        catalogue = collection.catalogue
        hits, cosines, stored = self._hits(collection, whole, self._scope.documents)
        if routed.documents:
            inside, inside_cosines, inside_stored = self._hits(collection, narrow, tuple(routed.documents))
            stored |= inside_stored
            cosines = {
                chunk: max(cosines.get(chunk, -1.0), inside_cosines.get(chunk, -1.0))
                for chunk in cosines | inside_cosines
            }
            hits = {chunk: max(hits.get(chunk, 0.0), inside.get(chunk, 0.0)) for chunk in hits | inside}
        if not hits:
            return []
        present = {
            sha256: {stem(word) for word in words}
            for sha256, words in catalogue.lexical.words_in_documents(
                whole.words, list(dict.fromkeys(stored[chunk_id].chunk.document for chunk_id in hits))
            ).items()
        }
        everything = frozenset(question.rarity)
        method = self._method
        scores = {
            chunk_id: score
            + method.document * question.coverage(everything, present[stored[chunk_id].chunk.document])
            + method.routing * routed.documents.get(stored[chunk_id].chunk.document, 0.0)
            for chunk_id, score in hits.items()
        }
        return [
            Passage(
                collection=collection.name,
                document=catalogue.document(stored[chunk_id].chunk.document),
                chunk_id=chunk_id,
                ordinal=stored[chunk_id].chunk.ordinal,
                heading=stored[chunk_id].chunk.heading,
                slices=tuple(collection.slices(stored[chunk_id])),
                score=scores[chunk_id],
                cosine=cosines.get(chunk_id, 0.0),
                names_in_document=question.coverage(question.names, present[stored[chunk_id].chunk.document]),
                terms_in_document=question.coverage(question.terms, present[stored[chunk_id].chunk.document]),
                document_named=routed.documents.get(stored[chunk_id].chunk.document, 0.0),
            )
            for chunk_id in sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))[: self._limit]
        ]

    def _hits(
        self, collection: Searchable, asked: _Asked, documents: Sequence[str] | None
    ) -> tuple[dict[int, float], dict[int, float], dict[int, StoredChunk]]:
        """Of the best chunks, by id: fused scores, 1 for the best; cosines; the chunks themselves."""
        catalogue = collection.catalogue
        sought = expression(asked.words) if self._method.lexical else ""
        lexical = dict(catalogue.lexical.match(sought, self._candidates, documents) if sought else ())
        dense = dict[int, float]()
        if self._method.dense:
            dense.update(collection.nearest(asked.vector, self._candidates, documents))
            by_words = [chunk_id for chunk_id in lexical if chunk_id not in dense]
            dense.update(collection.exactly_nearest(asked.vector, len(by_words), by_words))
        fused = fuse(lexical, dense, (self._method.lexical, self._method.dense))
        stored: dict[int, StoredChunk] = {}
        most = self._limit * _REORDERED
        for first in range(0, len(fused), most):
            # Hits of documents that are no longer current are passed over.
            stored |= catalogue.chunks([hit[0] for hit in fused[first : first + most]])
            if len(stored) >= most:
                break
        ranked = [hit for hit in fused if hit[0] in stored][:most]
        return dict(ranked), dense, stored


def _rarity(text: str, asked: Sequence[str], collections: Sequence[Collection]) -> Mapping[str, float]:
    counts: dict[str, int] = {}
    whole = 0
    for collection in collections:
        found, total = collection.catalogue.lexical.frequencies(asked)
        whole += total
        for word, count in found.items():
            counts[word] = counts.get(word, 0) + count
    return rarities(text, counts, whole)
