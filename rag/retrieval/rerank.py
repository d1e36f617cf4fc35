"""Read the passages that a search found, and put those first that answer.

Reading takes time for every word. The passages that the search ranks first are read in full. Of the others an
excerpt is read, the sentences that share most with the question; those that move up are then read in full.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from rag.question.question import Question
from rag.reader.reader import Reader
from rag.retrieval.passage import Passage
from rag.retrieval.shown import reader_excerpt, reader_passage
from rag.weights.weights import load_weights

_WEIGHTS = load_weights().reranking
MOST_PASSAGES = _WEIGHTS.passages
"""Passages that are read, of those found; more where evidence is looked for in more."""
RELEVANCE_WEIGHT = _WEIGHTS.relevance
"""What a unit of the reader's relevance counts beside the search's own score (about 1 for its best hit)."""


def search_limit(in_full: int, reader: Reader | None) -> int:
    """Return how many passages to search for, if evidence is looked for in the first `in_full`.

    With a reader these are all that it reads, because it may put any of them first.
    """
    return in_full if reader is None else max(in_full, MOST_PASSAGES)


def rerank(
    question: Question, passages: Sequence[Passage], reader: Reader | None, in_full: int
) -> list[Passage]:
    """Read the first passages and return all of them in the new order; without a reader nothing changes.

    `MOST_PASSAGES` are read, or `in_full` if that is more. The first `in_full`, by the old order and by the
    new one, are read in full. The reader gets the question without an introduction that only names a
    document: the search has found those documents by it.
    """
    if reader is None or not passages:
        return list(passages)
    read = read_excerpts(question, passages, reader, in_full)
    return read_in_full(question, sort_by_score(read), reader, in_full)


def read_excerpts(
    question: Question, passages: Sequence[Passage], reader: Reader, in_full: int
) -> list[Passage]:
    """Return the passages in their order, up to `MOST_PASSAGES` of them with readings.

    Of the first `in_full` the whole text is read, of the others an excerpt.
    """
    first = passages[: max(in_full, MOST_PASSAGES)]
    texts = [
        *map(reader_passage, first[:in_full]),
        *(reader_excerpt(question, passage) for passage in first[in_full:]),
    ]
    readings = reader.read(question.asking or question.text, texts)
    found = [passage.with_reading(reading) for passage, reading in zip(first, readings, strict=True)]
    return [*found, *passages[len(first) :]]


def read_in_full(
    question: Question, passages: Sequence[Passage], reader: Reader, in_full: int
) -> list[Passage]:
    """Return the passages; of the first `in_full`, those of which only an excerpt was read are read again."""
    excerpts = [
        index
        for index, passage in enumerate(passages[:in_full])
        if passage.reading is not None and -math.inf in passage.reading.sentences
    ]
    if not excerpts:
        return list(passages)
    texts = [reader_passage(passages[index]) for index in excerpts]
    readings = dict(zip(excerpts, reader.read(question.asking or question.text, texts), strict=True))
    return [
        passage.with_reading(readings.get(index, passage.reading)) for index, passage in enumerate(passages)
    ]


def sort_by_score(passages: Sequence[Passage], weight: float = RELEVANCE_WEIGHT) -> list[Passage]:
    """Return passages with readings sorted by both scores, then the others as they were.

    `weight` is what a unit of the reader's relevance counts.
    """
    scored = [
        replace(passage, score=passage.score + weight * passage.reading.relevance)
        for passage in passages
        if passage.reading is not None
    ]
    return [
        *sorted(scored, key=lambda passage: -passage.score),
        *(passage for passage in passages if passage.reading is None),
    ]
