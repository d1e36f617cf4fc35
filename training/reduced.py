"""A part of a question set that two cores can embed in minutes.

It holds some questions of each side, with their documents. A search in a part is easier than in the whole
set: compare the figures of a part with each other (with the reader and without), not with those of the whole
set.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.question_set import QuestionSet, TextQuestion
from training.split import Side, linked, side


@dataclass(frozen=True, slots=True)
class Part:
    """How many questions of each side are kept, and how many documents at least."""

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
"""Chosen so that two cores can embed and search them in half an hour; with 0 documents only those of the
questions are kept."""
_CONTRACTS = {Side.TRAIN: 140, Side.FIT: 18, Side.REPORT: 30}
"""Documents of cuad, which are long and have many questions each."""


def reduced(questions: QuestionSet, chance: random.Random) -> QuestionSet:
    """Return the part of the set that `PARTS` defines; the same seed gives the same part."""
    part = PARTS[questions.name]
    links = linked([one.relevant for one in questions.questions if one.relevant])
    sides: dict[Side, list[TextQuestion]] = {kind: [] for kind in Side}
    for question in questions.questions:
        if question.spans or question.relevant or (question.document and not question.answerable):
            sides[side_of(questions.name, question, links)].append(question)
    chosen: list[TextQuestion] = []
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


def side_of(name: str, question: TextQuestion, links: dict[str, str]) -> Side:
    """Return the side of the document that the question is about."""
    return side(name, home(question, links))


def home(question: TextQuestion, links: dict[str, str]) -> str:
    """Return the document that decides the side of a question."""
    document = question.document or (question.spans[0][0] if question.spans else "")
    document = document or (question.relevant[0] if question.relevant else question.id)
    return links.get(document, document)


def _balanced(some: Sequence[TextQuestion], most: int) -> list[TextQuestion]:
    """Return at most `most` questions, at most half of them without an answer."""
    without = [one for one in some if not one.answerable][: most // 2]
    return [one for one in some if one.answerable][: most - len(without)] + without
