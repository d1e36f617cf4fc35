"""A part of a question set that two cores can embed in minutes: some questions of each side with their
documents.

What is found in a part is easier to find than in the whole, so figures of a part stand beside each other
(with the reader and without), and not beside those of the whole.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.question_set import Question, QuestionSet
from training.split import Side, linked, side


@dataclass(frozen=True, slots=True)
class Part:
    """How many questions of each side, and documents: those of the questions and, up to `documents`,
    others."""

    train: int
    fit: int
    report: int
    documents: int


PARTS = {
    "squad2": Part(6000, 160, 300, 0),
    "contractnli": Part(1100, 68, 85, 0),
    "policyqa": Part(3000, 160, 200, 0),
    "pubmedqa": Part(400, 52, 50, 0),
    "bioasq": Part(1300, 60, 100, 9000),
    "medquad": Part(3200, 80, 150, 4000),
    "cuad": Part(4000, 200, 300, 0),
    "scifact": Part(0, 80, 150, 1800),
    "fever_pairs": Part(0, 0, 0, 0),
    "fool_me_twice": Part(0, 0, 0, 0),
    "begin": Part(0, 0, 0, 0),
    "covid_qa": Part(1100, 40, 0, 0),
    "doc2dial_val": Part(2400, 40, 0, 0),
    "evidence_inference": Part(0, 0, 0, 0),
    "legalbench_mix": Part(0, 0, 0, 0),
}
"""Chosen by what two cores embed and search in half an hour; sets with 0 documents keep those of the
questions."""
_CONTRACTS = {Side.TRAIN: 140, Side.FIT: 18, Side.REPORT: 30}
"""Documents of cuad, whose questions are many a document and whose documents are long."""


def reduced(questions: QuestionSet, chance: random.Random) -> QuestionSet:
    """The part of the set that `PARTS` says, the same in every run with the same seed."""
    part = PARTS[questions.name]
    links = linked([one.relevant for one in questions.questions if one.relevant])
    sides: dict[Side, list[Question]] = {kind: [] for kind in Side}
    for question in questions.questions:
        if question.spans or question.relevant or (question.document and not question.answerable):
            sides[side_of(questions.name, question, links)].append(question)
    chosen: list[Question] = []
    for kind, most in ((Side.TRAIN, part.train), (Side.FIT, part.fit), (Side.REPORT, part.report)):
        some = sides[kind]
        chance.shuffle(some)
        if questions.name == "cuad":
            homes = list(dict.fromkeys(home(one, {}) for one in some))[: _CONTRACTS[kind]]
            some = [one for one in some if home(one, {}) in homes]
        chosen += _balanced(some, most)
    documents = {
        name for one in chosen for name in (*one.relevant, *(span[0] for span in one.spans), one.document)
    }
    others = [row for row in questions.corpus if row.id not in documents]
    chance.shuffle(others)
    documents |= {row.id for row in others[: max(0, part.documents - len(documents))]}
    return QuestionSet(questions.name, [row for row in questions.corpus if row.id in documents], chosen)


def side_of(name: str, question: Question, links: dict[str, str]) -> Side:
    """The side of the document that the question is about."""
    return side(name, home(question, links))


def home(question: Question, links: dict[str, str]) -> str:
    """The document that decides on which side a question is."""
    document = question.document or (question.spans[0][0] if question.spans else "")
    document = document or (question.relevant[0] if question.relevant else question.id)
    return links.get(document, document)


def _balanced(some: Sequence[Question], most: int) -> list[Question]:
    """At most half of them without an answer."""
    without = [one for one in some if not one.answerable][: most // 2]
    return [one for one in some if one.answerable][: most - len(without)] + without
