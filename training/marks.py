"""Label a passage by a set's gold: whether it is relevant, which sentences answer, and with which words."""

from __future__ import annotations

from evaluation.question_set import TextQuestion
from rag.retrieval.passage import Passage, Sentence
from rag.retrieval.shown import reader_passage
from training.row import Candidate

_PART = 0.5
"""Weight of a sentence that holds only a part of a gold span."""


def candidate(passage: Passage, name: str, question: TextQuestion) -> Candidate:
    """Return the passage of the set's document `name` with its labels by the question's gold."""
    sentences = list(passage.sentences())
    spans = [(start, end) for document, start, end in question.spans if document == name]
    evidence = [(i, w) for i, one in enumerate(sentences) if (w := _weight(one, spans))]
    by_document = bool(question.relevant) and not question.spans
    relevant = name in question.relevant if by_document else any(weight == 1 for _, weight in evidence)
    shown = reader_passage(passage)
    return Candidate(
        title=shown.title,
        heading=shown.heading,
        sentences=shown.sentences,
        relevant=relevant,
        # If gold names whole documents, a document that was not judged may answer too.
        answers=(True if relevant else None) if by_document else bool(evidence),
        evidence=tuple(evidence),
        words=_words(sentences, spans),
    )


def _weight(sentence: Sentence, spans: list[tuple[int, int]]) -> float:
    best = 0.0
    for start, end in spans:
        shared = min(sentence.span.end, end) - max(sentence.span.start, start)
        if shared * 2 >= end - start:
            return 1.0
        if shared * 2 >= sentence.span.end - sentence.span.start:
            best = _PART
    return best


def _words(sentences: list[Sentence], spans: list[tuple[int, int]]) -> tuple[int, int, int] | None:
    """Return the shortest gold span inside one sentence, as (sentence, start, end)."""
    for start, end in sorted(spans, key=lambda span: span[1] - span[0]):
        for index, one in enumerate(sentences):
            if one.span.start <= start and end <= one.span.end and end - start < len(one.quote):
                return index, start - one.span.start, end - one.span.start
    return None
