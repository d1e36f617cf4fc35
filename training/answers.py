"""Make statements from questions and the words that answer them: some to be found, some to be judged.

With the answer of another question the statement is false for the passage that has the right answer. With a
passage of the same document that does not answer, it is not addressed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from training.declared import YEAR, declared
from training.row import Candidate, Claim, Group

ANSWERED = ("squad2", "covid_qa")
"""Sets with gold of a few words in a sentence."""


def rows_from_answers(groups: Sequence[Group], chance: random.Random) -> Iterator[Group | Claim]:
    """Yield, for each question that makes a statement, a group with the statement in place of the question,
    and claims that are supported, contradicted and not addressed."""
    others = _answers(groups)
    for group in chance.sample(list(groups), len(groups)):
        right = next((one for one in group.candidates if one.words), None)
        if right is None:
            continue
        answer = _words(right)
        true = declared(group.forms[0], answer)
        if true is None:
            continue
        yield Group(f"{group.set} as claims", (true,), group.candidates)
        yield _claim(group.set, true, right, "supported")
        text = " ".join(right.sentences).lower()
        wrong = [one for one in others[right.title, _kind(answer)] if one.lower() not in text]
        false = declared(group.forms[0], chance.choice(wrong)) if wrong else None
        if false is not None:
            yield _claim(group.set, false, right, "contradicted")
        elsewhere = [
            one
            for one in group.candidates
            if one.answers is False and answer.lower() not in " ".join(one.sentences).lower()
        ]
        if elsewhere:
            yield _claim(group.set, true, chance.choice(elsewhere), "not_addressed")


def _answers(groups: Sequence[Group]) -> dict[tuple[str, str], list[str]]:
    """Return the answers in each document, by its title and their kind."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for group in groups:
        for one in group.candidates:
            if one.words:
                found[one.title, _kind(_words(one))].append(_words(one))
    return found


def _words(one: Candidate) -> str:
    assert one.words is not None
    sentence, start, end = one.words
    return one.sentences[sentence][start:end]


def _kind(answer: str) -> str:
    """Return the kind of an answer: only an answer of the same kind can take its place."""
    if YEAR.fullmatch(answer.strip().removeprefix("in ")):
        return "year"
    if any(character.isdigit() for character in answer):
        return "number"
    return "name" if answer[:1].isupper() else "thing"


def _claim(name: str, statement: str, about: Candidate, label: str) -> Claim:
    return Claim(f"{name} answered", statement, about.title, about.heading, about.sentences, label)
