"""Questions with the words that a right answer holds, on documents that trained nothing."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.staff.stands import stands
from evaluation.question_set import FileQuestion, QuestionSet
from training.reduced import home, reduced, side_of
from training.sets import questions_of
from training.split import Side, linked
from vault.text.words import stems, words

_SHORT = 8
"""Words. Shorter gold must stand in an answer as it is."""
_SHARE = 0.5
"""The share of the words of longer gold that an answer must hold."""
_WORD = re.compile(r"\w+")
SCOPED = frozenset({"squad2", "policyqa", "doc2dial_val", "covid_qa"})
"""Sets whose questions do not name their document: they are asked of it alone."""
TEXT_SETS = ("squad2", "bioasq", "doc2dial_val")
_SIDES = {"doc2dial_val": (Side.FIT, Side.REPORT)}
"""A training set, so it is small on these sides; neither of them trained."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question; an answer is right if it holds any of the `golds`."""

    set: str
    question: str
    answerable: bool
    golds: tuple[str, ...]
    document: str | None = None
    """The id of the document that it is asked of; None for all."""


def text_questions(shared: Path, name: str, most: int) -> tuple[QuestionSet, list[GoldQuestion]]:
    """Return the part of a set that is searched, and at most `most` questions on documents that did not
    train; at most half of them have no answer."""
    folder = shared / ("eval" if (shared / "eval" / name).is_dir() else "train") / name
    questions = reduced(questions_of(folder), random.Random(1))
    links = linked([one.relevant for one in questions.questions if one.relevant])
    sides = _SIDES.get(name, (Side.REPORT,))
    exact = _exact(folder)
    found = []
    for one in questions.questions:
        golds = exact.get(one.id, tuple(dict.fromkeys(one.answers)))
        if side_of(name, one, links) in sides and (golds or not one.answerable):
            document = home(one, {}) if name in SCOPED else None
            found.append(GoldQuestion(name, one.question.strip(), one.answerable, golds, document))
    chance = random.Random(7)
    chance.shuffle(found)
    without = [one for one in found if not one.answerable][: most // 2]
    return questions, [one for one in found if one.answerable][: most - len(without)] + without


def file_question(one: FileQuestion) -> GoldQuestion:
    """Return a question on the sample documents."""
    return GoldQuestion("samples", one.question, one.answerable, (one.words,) if one.words else ())


def holds(text: str, golds: tuple[str, ...]) -> bool:
    """Return whether the text holds any of the golds: a short one as it is, of a longer one half the words.

    >>> holds("It was founded in May 1920.", ("1920",))
    True
    """
    return any(_holds(text, gold) for gold in golds if gold.strip())


def contradicts(statement: str, question: str, golds: tuple[str, ...]) -> bool:
    """Return whether a statement has numbers, the gold too, and they share none.

    Numbers of the question count for neither. A rule for counting, not a judgment: other words than numbers
    may contradict as well.
    """
    numbered = [_numbers(gold) for gold in golds if len(words(gold)) <= _SHORT and _numbers(gold)]
    said = _numbers(statement) - _numbers(question)
    shared = holds(statement, golds) or any(said & numbers for numbers in numbered)
    return bool(numbered and said) and not shared


def not_in_source(statement: str, question: str, quotes: str) -> set[str]:
    """Return the numbers and names of a statement that stand neither in its quotes nor in the question."""
    known = {word.lower() for word in _WORD.findall(f"{quotes} {question}")}
    first, *rest = _WORD.findall(statement) or [""]
    marked = [word for word in rest if word[:1].isupper()] + [
        word for word in (first, *rest) if any(letter.isdigit() for letter in word)
    ]
    return {word for word in marked if word.lower() not in known}


def _holds(text: str, gold: str) -> bool:
    if len(gold.split()) <= _SHORT:
        return stands(gold.strip(" .").replace("|", " "), text)
    wanted = set(stems(gold))
    return len(wanted & set(stems(text))) >= _SHARE * len(wanted)


def _numbers(text: str) -> set[str]:
    return {word for word in words(text.replace(",", "")) if word[:1].isdigit()}


def _exact(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the short answers by the question's id, where the set has them beside its long ones."""
    found = {}
    with gzip.open(folder / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            exact = tuple(_flat(row.get("exact") or []))
            if exact and row.get("type") in ("factoid", "list"):
                found[str(row["id"])] = exact
    return found


def _flat(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, list):
        for value in values:
            yield from _flat(value)
