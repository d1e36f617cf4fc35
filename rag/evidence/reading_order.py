"""Everything that a search found, in the order in which it is worth reading."""

from __future__ import annotations

from collections.abc import Sequence

from rag.evidence.evidence import EvidenceSentence, find_evidence
from rag.question.question import Question
from rag.reader.reader import Reader
from rag.retrieval.passage import Passage
from rag.retrieval.rerank import reread
from vault.embedding.embedder import Embedder
from vault.records import Span


def reading_order(
    question: Question,
    passages: Sequence[Passage],
    embedder: Embedder,
    closely: int,
    reader: Reader | None = None,
) -> tuple[list[EvidenceSentence], list[tuple[str, Span]]]:
    """(the sentences, best first; (sha256, span) of all that was found).

    The sentences of the first `closely` passages come first, best first, as evidence is shown; then the other
    passages as they were ranked, after the reader if there is one.
    """
    passages = reread(question, passages, reader, closely)
    sentences = find_evidence(question, passages[:closely], embedder, None)
    places = [
        (one.citation.sha256, Span(one.citation.page, one.citation.start, one.citation.end))
        for one in sentences
    ]
    places += [
        (passage.document.sha256, piece.span) for passage in passages[closely:] for piece in passage.slices
    ]
    return sentences, places
