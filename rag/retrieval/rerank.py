"""Read the passages that a search found, and put those first that answer.

Reading costs as much as there is to read. The passages that the search puts first are read whole; of those
behind them the sentences that share most with the question, and the whole only of the ones that move up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from rag.question.question import Question
from rag.reader.reader import Reader
from rag.reader.windows import ReaderPassage
from rag.retrieval.passage import Passage
from vault.text.words import stems

READ = 30
"""Passages that are read, of those found; more where evidence is looked for in more."""
WEIGHT = 0.08
"""What a unit of the reader's relevance counts beside the search's own score (about 1 for its best hit);
`bench/fit_reader.py` finds it best on the mean, on documents that neither trained the reader nor give the
figures; up to 0.16 is about as good."""
_GLANCE = 45
"""Words read of a passage that stands far behind, a sentence more or less."""


def searched_for(closely: int, reader: Reader | None) -> int:
    """How many passages are searched for, when evidence is looked for in the first `closely`: with a reader
    all that it reads, for it may put any of them first."""
    return closely if reader is None else max(closely, READ)


def reread(
    question: Question, passages: Sequence[Passage], reader: Reader | None, closely: int
) -> list[Passage]:
    """The passages with readings of the first `READ`, or `closely` if that is more, those in a new order; as
    they were without a reader.

    The first `closely`, before and after, are read whole. The question is read without an introduction
    that only names a document: the documents that it names were found by that.
    """
    if reader is None or not passages:
        return list(passages)
    return completed(question, in_order(first_read(question, passages, reader, closely)), reader, closely)


def first_read(
    question: Question, passages: Sequence[Passage], reader: Reader, closely: int
) -> list[Passage]:
    """The passages in their order, the first `closely` read whole, those behind them up to `READ` at a
    glance."""
    read = passages[: max(closely, READ)]
    texts = [*map(as_read, read[:closely]), *(glanced(question, one) for one in read[closely:])]
    readings = reader.read(question.asking or question.text, texts)
    found = [one.with_reading(got) for one, got in zip(read, readings, strict=True)]
    return [*found, *passages[len(read) :]]


def completed(question: Question, passages: Sequence[Passage], reader: Reader, closely: int) -> list[Passage]:
    """The passages, those among the first `closely` read whole that were read at a glance."""
    partly = [
        index
        for index, one in enumerate(passages[:closely])
        if one.reading is not None and -math.inf in one.reading.sentences
    ]
    if not partly:
        return list(passages)
    texts = [as_read(passages[index]) for index in partly]
    whole = dict(zip(partly, reader.read(question.asking or question.text, texts), strict=True))
    return [one.with_reading(whole.get(index, one.reading)) for index, one in enumerate(passages)]


def in_order(passages: Sequence[Passage], weight: float = WEIGHT) -> list[Passage]:
    """Passages with readings by both scores; the others after them, as they were."""
    scored = [
        replace(one, score=one.score + weight * one.reading.relevance)
        for one in passages
        if one.reading is not None
    ]
    return [
        *sorted(scored, key=lambda one: -one.score),
        *(one for one in passages if one.reading is None),
    ]


def as_read(passage: Passage) -> ReaderPassage:
    """The passage as the reader takes it; its sentences are `Passage.sentences`, in that order."""
    return ReaderPassage(
        passage.document.title, passage.heading, tuple(one.quote for one in passage.sentences())
    )


def glanced(question: Question, passage: Passage) -> ReaderPassage:
    """The same with the sentences that share little with the question left empty."""
    whole = as_read(passage)
    shares = [question.coverage(question.topic, stems(one)) for one in whole.sentences]
    kept: set[int] = set()
    length = 0
    for index in sorted(range(len(shares)), key=lambda index: -shares[index]):
        if length >= _GLANCE:
            break
        kept.add(index)
        length += len(whole.sentences[index].split())
    some = tuple(one if index in kept else "" for index, one in enumerate(whole.sentences))
    return replace(whole, sentences=some)
