"""Find the passages that bear on a question.

Each collection is searched by words (BM25) and by meaning (vectors), and the two scores are fused. Documents
that the question names are searched once more by themselves, and their passages come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.question.question import Question, names_in, rarities, terms_in
from rag.question.routing import NO_ROUTE, Route, focus_of, route, without_introduction
from rag.question.understanding.other_words import other_words
from rag.question.understanding.understood import Understood
from rag.retrieval.fusion import fuse
from rag.retrieval.passage import Passage
from rag.retrieval.related import with_related_words
from rag.retrieval.sentences import annotated_sentences, find_sentences
from rag.weights.weights import load_weights
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.store.catalogue.chunks import StoredChunk
from vault.store.collection import Collection
from vault.store.collection_embedder import embedder_of
from vault.store.searchable import Searchable
from vault.text.terms import expression
from vault.text.words import content_words, stem, words
from vault.vault import Vault

_HITS_PER_PASSAGE = 3
"""Fused hits that are looked at for each passage wanted: their documents may change the order."""
_WEIGHTS = load_weights().search


@dataclass(frozen=True, slots=True)
class Method:
    """How much each part of a search counts; 0 leaves it out. The best hit of words and meaning counts 1."""

    lexical: float = _WEIGHTS.lexical
    dense: float = _WEIGHTS.dense
    document: float = _WEIGHTS.document
    """What a document counts that holds all words of the question."""
    routing: float = _WEIGHTS.routing
    """What a document counts that the question surely names."""
    sentence: float = _WEIGHTS.sentence
    """What the best hit of the index of sentences counts, for the chunk that holds it."""


METHOD = Method()


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search, and for which user."""

    user: str
    collections: tuple[str, ...]
    documents: tuple[str, ...] | None = None
    """sha256 of the documents to search, superseded ones too; None searches all current documents."""


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search: the analysed question, and the passages, best first."""

    question: Question
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Query:
    """A form of the question: its words and its vector."""

    words: Sequence[str]
    vector: NDArray[np.float32]


class Search:
    """Searches collections of the vault.

    Every search checks the user's permission: a `Search` that exists grants none.
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
        """Take `candidates` chunks from each of the two indexes, and return at most `limit` passages."""
        self._vault = vault
        self._embedder = embedder
        self._scope = scope
        # Fewer candidates than passages would silently give too few passages.
        self._candidates = max(candidates, limit)
        self._limit = limit
        self._method = method

    def find(self, text: str, understood: Understood | None = None) -> Found:
        """Return the best passages for the question `text`; `understood` is what it means, if that is known.

        Raises CollectionNotFound or AccessDenied when the user may not search one of the collections, and
        EmbedderMismatch when one was embedded with another model.
        """
        with self._vault.open_collections(
            self._scope.collections, user=self._scope.user, action=Action.SEARCH
        ) as collections:
            return self._find(understood or Understood(text, text), collections)

    def _find(self, understood: Understood, collections: Sequence[Collection]) -> Found:
        text = understood.text
        routes = [self._route(text, collection) for collection in collections]
        people = frozenset(stem(word) for name in understood.names for word in words(name.written))
        named = people.union(*(route.named for route in routes))
        focus = focus_of(text, named)
        asked = content_words(text)
        rarity = _rarity(text, asked, collections)
        names = frozenset((names_in(text) | named) & rarity.keys())
        terms = terms_in(asked, self._embedder.token_offsets) - names
        forms = [text] if focus == text else [text, focus]
        vectors = self._embedder.embed(forms, query=True)
        # Sentences are compared with the focus too: there as well, names of parties would outweigh it.
        question = Question(
            text,
            vectors[-1],
            rarity,
            names,
            terms,
            focus,
            without_introduction(text, named),
            other_words(understood),
            frozenset(stem(word) for word in understood.topic) & rarity.keys(),
        )
        others = [word for other in understood.expansions.values() for part in other for word in words(part)]
        passages: list[Passage] = []
        for collection, named_documents in zip(collections, routes, strict=True):
            embedder = embedder_of(collection, self._embedder)
            own = vectors if embedder is self._embedder else embedder.embed(forms, query=True)
            whole = _Query([*asked, *others], own[0])
            narrow = _Query([*content_words(focus), *others], own[-1])
            passages += self._search(collection, question, understood, whole, narrow, named_documents)
            with collection.superseded(self._scope.documents) as older:
                if older is not None:
                    passages += self._search(older, question, understood, whole, narrow, NO_ROUTE)
        passages.sort(key=lambda passage: -passage.score)
        best = tuple(passages[: self._limit])
        return Found(with_related_words(question, best), best)

    def _route(self, text: str, collection: Collection) -> Route:
        if not self._method.routing:
            return NO_ROUTE
        return route(
            text, collection.catalogue.document_index, self._embedder.token_offsets, self._scope.documents
        )

    def _search(
        self,
        collection: Searchable,
        question: Question,
        understood: Understood,
        whole: _Query,
        narrow: _Query,
        routed: Route,
    ) -> list[Passage]:
        """Search one collection: all of it for the `whole` question, the routed documents for its focus."""
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
        lifted = self._lifted(collection, understood, self._scope.documents, stored)
        if routed.documents:
            # As with chunks: in the named documents, sentences that only name the parties do not count.
            narrowed = replace(understood, text=question.focus)
            inside = self._lifted(collection, narrowed, tuple(routed.documents), stored)
            lifted = {chunk: max(lifted.get(chunk, 0.0), inside.get(chunk, 0.0)) for chunk in lifted | inside}
        unseen = [chunk_id for chunk_id in lifted if chunk_id not in cosines]
        cosines |= dict(collection.nearest_of(whole.vector, len(unseen), unseen))
        hits = {chunk_id: hits.get(chunk_id, 0.0) + lifted.get(chunk_id, 0.0) for chunk_id in hits | lifted}
        if not hits:
            return []
        present = {
            sha256: {stem(word) for word in held}
            for sha256, held in catalogue.lexical.words_in_documents(
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
        best = sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))[: self._limit]
        profiles = catalogue.sentences.profiles(
            sorted({stored[chunk_id].chunk.document for chunk_id in best})
        )
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
                annotated=annotated_sentences(catalogue.sentences, stored[chunk_id].chunk),
                profile=profiles.get(stored[chunk_id].chunk.document),
            )
            for chunk_id in best
        ]

    def _lifted(
        self,
        collection: Searchable,
        understood: Understood,
        documents: Sequence[str] | None,
        stored: dict[int, StoredChunk],
    ) -> dict[int, float]:
        """Return what the index of sentences adds to the scores of chunks; put these into `stored` too."""
        lifted: dict[int, float] = {}
        if self._method.sentence:
            for found in find_sentences(collection, understood, documents):
                holder = collection.catalogue.chunks.covering(found.sentence.document, found.sentence.span)
                if holder is not None and holder.id not in lifted:
                    lifted[holder.id] = self._method.sentence * found.score
                    stored[holder.id] = holder
        return lifted

    def _hits(
        self, collection: Searchable, query: _Query, documents: Sequence[str] | None
    ) -> tuple[dict[int, float], dict[int, float], dict[int, StoredChunk]]:
        """Return, by chunk id, the best chunks' fused scores (the best is 1), cosines, and the chunks."""
        catalogue = collection.catalogue
        wanted = expression(query.words) if self._method.lexical else ""
        lexical = dict(catalogue.lexical.match(wanted, self._candidates, documents) if wanted else ())
        dense = dict[int, float]()
        if self._method.dense:
            dense.update(collection.nearest(query.vector, self._candidates, documents))
            by_words = [chunk_id for chunk_id in lexical if chunk_id not in dense]
            dense.update(collection.nearest_of(query.vector, len(by_words), by_words))
        fused = fuse(lexical, dense, (self._method.lexical, self._method.dense))
        stored: dict[int, StoredChunk] = {}
        limit = self._limit * _HITS_PER_PASSAGE
        for first in range(0, len(fused), limit):
            # Hits in documents that are no longer current have no chunk here.
            stored |= catalogue.chunks.by_id([hit[0] for hit in fused[first : first + limit]])
            if len(stored) >= limit:
                break
        ranked = [hit for hit in fused if hit[0] in stored][:limit]
        return dict(ranked), dense, stored


def _rarity(text: str, asked: Sequence[str], collections: Sequence[Collection]) -> Mapping[str, float]:
    """Return the rarity of the words in all chunks of the collections together."""
    counts: dict[str, int] = {}
    chunks = 0
    for collection in collections:
        found, total = collection.catalogue.lexical.frequencies(asked)
        chunks += total
        for word, count in found.items():
            counts[word] = counts.get(word, 0) + count
    return rarities(text, counts, chunks)
