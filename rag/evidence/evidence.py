"""Evidence: the sentences of the retrieved passages that bear on the question, with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.question.question import Question, holds
from rag.retrieval.passage import Passage, Sentence
from vault.embedding.embedder import Embedder
from vault.records import Citation, Span
from vault.text.readable import readable
from vault.text.words import stems

_SHORT = 4
"""A sentence of fewer words is read with its context: by itself it says too little to be compared."""

WEIGHTS: Mapping[str, float] = {
    "cosine": 1.0,
    "topic_in_sentence": 0.3,
    "topic_in_context": 0.37,
    "topic_in_passage": 0.47,
    "names_in_sentence": 0.2,
    "names_in_document": 0.32,
    "terms_in_document": 0.11,
    "passage_cosine": 0.4,
    "passage_rank": 0.18,
    "holds_wanted": 0.25,
    "heading": -0.38,
    "document_named": 1.0,
}
"""Weights of the signals below, fitted by `bench/fit_evidence.py`; the last was chosen by measuring, since
questions that are asked of their document tell nothing about it."""


READER_WEIGHTS: Mapping[str, float] = {**WEIGHTS, "reader_sentence": 0.15}
"""The same where the reader has read the passages, with its word at the weight that `bench/fit_reader.py`
finds best."""

_NOT_READ = -12.0
"""What stands for the logit of a sentence that the reader did not read; read ones seldom go below."""
_NAMED, _ELSEWHERE = 0.5, -4.0
"""Share of the question's names that a document must hold, for a passage of it to count as one that answers;
and the logit that the others are held to: another contract says as much, and does not answer."""
_ANSWERS = -1.0
"""Logit of a sentence from which on words in it are pointed at: in one that does not answer, none do."""


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A sentence and how well it bears on the question."""

    citation: Citation
    passage: int
    """Index into the passages that it was looked for in."""
    number: int
    """Its place among the sentences of that passage."""
    signals: Mapping[str, float]
    """What the score is made of, by the names of `WEIGHTS`."""
    score: float
    """What evidence is ordered by; comparable within one question only."""
    words: Span | None = None
    """The words in it that answer, where the reader points at some."""


def find_evidence(
    question: Question, passages: Sequence[Passage], embedder: Embedder, limit: int | None
) -> list[EvidenceSentence]:
    """The best sentences over all passages, best first, at most `limit`; None for all.

    The same words in two documents are two pieces of evidence; within a document a sentence stands
    once, however many passages hold it.
    """
    weights = READER_WEIGHTS if was_read(passages) else WEIGHTS
    found = [
        EvidenceSentence(
            citation=passages[index].cite(sentence.span, sentence.quote),
            passage=index,
            number=sentence.number,
            signals=signals,
            score=sum(weight * signals[name] for name, weight in weights.items()),
        )
        for index, sentence, signals in candidates(question, passages, embedder)
    ]
    found.sort(key=lambda sentence: (-sentence.score, sentence.passage, sentence.citation.start))
    return found[:limit]


def was_read(passages: Sequence[Passage]) -> bool:
    """Whether the reader has read the passages; it reads all that evidence is looked for in, or none."""
    return any(passage.reading is not None for passage in passages)


def pointed(sentences: Sequence[EvidenceSentence], passages: Sequence[Passage]) -> list[EvidenceSentence]:
    """The sentences, those that answer with the words in them that the reader points at."""
    return [_pointed(sentence, passages[sentence.passage]) for sentence in sentences]


def _pointed(sentence: EvidenceSentence, passage: Passage) -> EvidenceSentence:
    if passage.reading is None or sentence.signals["reader_sentence"] < _ANSWERS:
        return sentence
    words = passage.reading.words(sentence.number)
    if words is None:
        return sentence
    place = sentence.citation
    return replace(sentence, words=Span(place.page, place.start + words[0], place.start + words[1]))


def candidates(
    question: Question, passages: Sequence[Passage], embedder: Embedder
) -> list[tuple[int, Sentence, dict[str, float]]]:
    """(passage index, sentence, signals) of every sentence of the passages, once per document."""
    places = _sentences(passages)
    vectors = embedder.embed([_embedded(sentence) for _, sentence in places])
    cosines = vectors @ question.vector
    around = [
        stems(passage.text) | stems(f"{passage.heading} {passage.document.title}") for passage in passages
    ]
    wanted, topic, asked = question.wanted, question.topic, frozenset(question.rarity)
    read = was_read(passages)
    answerable = [_answerable(passage) for passage in passages]
    most_answerable = max(answerable, default=_NOT_READ)
    found = []
    for (index, sentence), cosine in zip(places, cosines, strict=True):
        passage = passages[index]
        here = stems(sentence.quote)
        context = here | stems(f"{sentence.context} {passage.document.title}")
        signals = {
            "cosine": float(cosine),
            "topic_in_sentence": question.coverage(topic, here),
            "topic_in_context": question.coverage(topic, context),
            "topic_in_passage": question.coverage(topic, around[index]),
            "names_in_sentence": question.coverage(question.names, here),
            "names_in_document": passage.names_in_document,
            "terms_in_document": passage.terms_in_document,
            "passage_cosine": passage.cosine,
            "passage_rank": 1 / (1 + index),
            "holds_wanted": float(holds(wanted, sentence.quote, asked)),
            "heading": float(sentence.heading),
            "document_named": passage.document_named,
        }
        if read:
            reading = passage.reading
            signals |= {
                "reader_sentence": _NOT_READ
                if reading is None
                else max(_NOT_READ, reading.sentences[sentence.number]),
                "reader_answerable": answerable[index],
                "reader_most_answerable": most_answerable,
            }
        found.append((index, sentence, signals))
    return found


def _answerable(passage: Passage) -> float:
    """How far the passage answers as the document that is asked about."""
    if passage.reading is None:
        return _NOT_READ
    said = passage.reading.answerable
    return said if passage.names_in_document >= _NAMED else min(said, _ELSEWHERE)


def _sentences(passages: Sequence[Passage]) -> list[tuple[int, Sentence]]:
    """(passage index, sentence), each place once."""
    seen: set[tuple[str, str, Span]] = set()
    found = []
    for index, passage in enumerate(passages):
        for sentence in passage.sentences():
            key = (passage.collection, passage.document.sha256, sentence.span)
            if key not in seen:
                seen.add(key)
                found.append((index, sentence))
    return found


def _embedded(sentence: Sentence) -> str:
    text = readable(sentence.quote)
    if sentence.context and (sentence.row or len(text.split()) < _SHORT):
        return f"{sentence.context}: {text}"
    return text
