"""All that a search found, in the order in which the product shows it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.evidence.evidence import EvidenceSentence, find_evidence
from rag.question.question import Question
from rag.reader.reader import Reader
from rag.retrieval.passage import Passage
from rag.retrieval.rerank import rerank
from vault.embedding.embedder import Embedder
from vault.records import Span


def reading_order(
    question: Question,
    passages: Sequence[Passage],
    embedder: Embedder,
    limit: int,
    reader: Reader | None = None,
) -> tuple[list[EvidenceSentence], list[tuple[str, Span]]]:
    """Return (the evidence, best first; (sha256, span) of all that was found, in order).

    First come the sentences of the best `limit` passages, in which evidence is looked for, best first. Then
    come the other passages as they are ranked, by the reader too if there is one.
    """
    passages = rerank(question, passages, reader, limit)
    sentences = find_evidence(question, passages[:limit], embedder, None)
    places = [
        (
            sentence.citation.sha256,
            Span(sentence.citation.page, sentence.citation.start, sentence.citation.end),
        )
        for sentence in sentences
    ]
    places += [
        (passage.document.sha256, piece.span) for passage in passages[limit:] for piece in passage.slices
    ]
    return sentences, places
