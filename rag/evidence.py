"""Evidence: the sentences of the retrieved passages that bear on the question, with their places."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.passage import Passage
from rag.words import content_words, stem, stems
from vault.embedder import Embedder
from vault.readable import readable
from vault.records import Citation, Span

COSINE_WEIGHT = 0.6
COVERAGE_WEIGHT = 0.25
PASSAGE_WEIGHT = 0.15


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A sentence and how well it bears on the question."""

    citation: Citation
    passage: int
    """Index into the passages that it was looked for in."""
    cosine: float
    coverage: float
    """Share of the question's content words, weighted by rarity, in the sentence and its headings."""
    score: float
    """What evidence is ordered by, 0 to 1."""


def find_evidence(
    question: str,
    passages: Sequence[Passage],
    embedder: Embedder,
    rarity: Mapping[str, float],
    limit: int,
) -> list[EvidenceSentence]:
    """The best sentences over all passages, best first, at most `limit`.

    `rarity` weighs the question's content words (see `rarities`). The same words in two documents are
    two pieces of evidence; within a document a sentence stands once, however many passages hold it.
    """
    places = _sentences(passages)
    if not places:
        return []
    texts = [readable(quote) for _, _, quote in places]
    cosines = _cosines(question, texts, embedder)
    best_cosine = max(passage.cosine for passage in passages) or 1.0
    found = []
    for (index, span, quote), text, cosine in zip(places, texts, cosines, strict=True):
        passage = passages[index]
        here = stems(text)
        around = here | stems(passage.heading) | stems(passage.document.title)
        covered = 0.75 * _coverage(here, rarity) + 0.25 * _coverage(around, rarity)
        nearness = max(passage.cosine, 0.0) / best_cosine
        score = COSINE_WEIGHT * max(cosine, 0.0) + COVERAGE_WEIGHT * covered + PASSAGE_WEIGHT * nearness
        found.append(EvidenceSentence(passage.cite(span, quote), index, float(cosine), covered, float(score)))
    found.sort(key=lambda sentence: (-sentence.score, sentence.passage, sentence.citation.start))
    return found[:limit]


def rarities(question: str, counts: Mapping[str, int], total: int) -> dict[str, float]:
    """Weight of each content word's stem, by how few of `total` chunks hold it; they sum to 1."""
    weights = {
        stem(word): math.log(1 + (total + 1) / (counts.get(word, 0) + 0.5))
        for word in content_words(question)
    }
    whole = sum(weights.values()) or 1.0
    return {word: weight / whole for word, weight in weights.items()}


def _coverage(present: set[str], rarity: Mapping[str, float]) -> float:
    return sum(weight for word, weight in rarity.items() if word in present)


def _sentences(passages: Sequence[Passage]) -> list[tuple[int, Span, str]]:
    """(passage index, span, exact text) of every sentence, once per document."""
    seen: set[tuple[str, str, Span]] = set()
    found = []
    for index, passage in enumerate(passages):
        for span, quote in passage.sentences():
            key = (passage.collection, passage.document.sha256, span)
            if key not in seen:
                seen.add(key)
                found.append((index, span, quote))
    return found


def _cosines(question: str, texts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    vectors = embedder.embed([question, *texts])
    cosines: NDArray[np.float32] = vectors[1:] @ vectors[0]
    return cosines
