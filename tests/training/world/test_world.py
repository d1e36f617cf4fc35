"""Made-up patients and matters: gold stands where it should, sides share nothing, one seed is one world."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cache
from typing import Any

import pytest

import training.world
from bench.staff.judge import Judgement, judge
from bench.staff.question import WORKED_OUT
from bench.staff.stands import stands
from training.world.asking.asker import Asked
from training.world.make import SCENES, made_collections
from training.world.medicine.drugs import CLASSES
from training.world.people.names import MEN, WOMEN
from training.world.scene import MadeCollection
from training.world.sides import Pool, Side

_EVERY = 10_000
_LETTERED = re.compile(r"\d\([abc]\)")
"""A clause whose letter stands on its line, below its number."""
_ONE_PLACE = {"value by date", "current value", "identifier", "clause by number", "abbreviation"}


@cache
def made(side: Side) -> list[MadeCollection]:
    """Two collections of each kind with all their questions."""
    return list(made_collections(5, side, 2 * len(SCENES), _EVERY))


def asked(side: Side) -> Iterator[tuple[MadeCollection, Asked]]:
    for collection in made(side):
        for one in collection.asked:
            yield collection, one


def pools() -> Iterator[tuple[str, Pool[Any]]]:
    """All pools of the package, also those inside of others."""

    def within(value: object, name: str) -> Iterator[tuple[str, Pool[Any]]]:
        if isinstance(value, Pool):
            yield name, value
        elif isinstance(value, list | tuple):
            for one in value:
                yield from within(one, name)
        elif isinstance(value, dict):
            for one in value.values():
                yield from within(one, name)
        elif is_dataclass(value) and not isinstance(value, type):
            for field in value.__dataclass_fields__:
                yield from within(getattr(value, field), name)

    for module in pkgutil.walk_packages(training.world.__path__, "training.world."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                yield from within(value, f"{module.name}.{name}")


def test_no_wording_layout_name_or_medicine_is_on_two_sides() -> None:
    found = list(pools())
    assert len(found) > 250
    for name, pool in found:
        sides = [pool.of(side) for side in Side]
        assert all(sides), name
        assert sum(map(len, sides)) == len(set().union(*sides)) == len(list(pool)), name


def test_documents_of_one_side_have_no_first_name_or_medicine_of_another() -> None:
    firsts = {name: side for pool in (WOMEN, MEN) for side in Side for name in pool.of(side)}
    drugs = {name: side for kind in CLASSES for side in Side for name in kind.names.of(side)}
    assert sum(len(kind.names.of(side)) for kind in CLASSES for side in Side) == len(drugs)
    seen = 0
    for side in Side:
        for collection in made(side):
            text = "\n".join(word for document in collection.staff.documents for word in document.words())
            words = {word.strip(".,;:()<>\"'") for word in text.split()}
            here = [firsts[word] for word in words if word in firsts]
            here += [drugs[word.lower()] for word in words if word.lower() in drugs]
            assert set(here) <= {side}, collection.staff.name
            seen += len(here)
    assert seen > 200


def test_the_same_seed_gives_the_same_world_and_another_seed_another_one() -> None:
    def content(seed: int, count: int) -> list[object]:
        return [
            [*(one.question for one in collection.asked), *collection.staff.documents]
            for collection in made_collections(seed, Side.DEVELOPMENT, count)
        ]

    assert content(7, len(SCENES)) == content(7, len(SCENES) + 1)[: len(SCENES)]
    assert content(7, 1) != content(8, 1)


@pytest.mark.parametrize("side", Side)
def test_each_place_of_the_gold_stands_in_its_document_with_its_words(side: Side) -> None:
    for collection, one in asked(side):
        texts = {document.file: "\n".join(document.words()) for document in collection.staff.documents}
        for gold in one.gold:
            assert gold.place.text in texts[gold.place.file], one.question.question
            assert gold.words in gold.place.text
            if gold.start >= 0:
                assert gold.place.text[gold.start :].startswith(gold.words)
        for place in one.tempting:
            assert place.text in texts[place.file], one.question.question


@pytest.mark.parametrize("side", Side)
def test_what_must_be_said_stands_in_the_gold_and_what_must_not_does_not(side: Side) -> None:
    for _, one in asked(side):
        question = one.question
        texts = [gold.place.text for gold in one.gold]
        if question.kind in _ONE_PLACE and not _LETTERED.search(question.must[0]):
            assert all(any(stands(must, text) for must in question.must) for text in texts), question
        elif question.kind in {"list", "person", "everyday word"}:
            assert all(stands(must, "\n".join(texts)) for must in question.must), question
        for wrong in question.must_not:
            if question.answerable and wrong != "yes":
                assert not any(stands(wrong, text, whole_words=True) for text in texts), question


def answer(*texts: str, direct: str = "") -> dict[str, object]:
    """What the product would print."""
    statements = [{"text": text, "verdict": "quoted", "citations": [{"quote": text}]} for text in texts]
    first = {"text": direct, "verdict": "quoted", "citations": []} if direct else None
    return {"outcome": "answered", "direct": first, "statements": statements, "evidence": []}


def test_the_judge_calls_the_gold_right_and_what_tempts_not_right() -> None:
    judged = 0
    for collection, one in asked(Side.DEVELOPMENT):
        question = one.question
        if question.kind not in _ONE_PLACE or _LETTERED.search(question.must[0]):
            continue
        documents = collection.staff.documents_of(question)
        right = judge(question, answer(one.gold[0].place.text), documents)
        assert right.judgement is Judgement.RIGHT, (question, right)
        for place in one.tempting:
            if not all(stands(must, place.text) for must in question.must):
                assert judge(question, answer(place.text), documents).judgement is not Judgement.RIGHT, (
                    question
                )
                judged += 1
    assert judged > 200


def test_a_sum_is_the_sum_of_the_cells_that_it_rests_on() -> None:
    sums = 0
    for _, one in asked(Side.TRAIN):
        cells = [gold.words.replace(",", "").strip("£") for gold in one.gold]
        if one.question.kind == "computed" and len(cells) > 2:
            assert f"{sum(map(float, cells)):.2f}" == one.question.must[0]
            sums += 1
    assert sums > 2


def test_a_count_is_the_number_of_its_places() -> None:
    for _, one in asked(Side.TRAIN):
        if one.question.kind == "count":
            assert int(one.question.must[0].split("|")[0]) == len(one.gold), one.question


@pytest.mark.parametrize("side", Side)
def test_there_are_questions_of_every_kind(side: Side) -> None:
    kinds = {one.question.kind for _, one in asked(side)}
    assert kinds >= WORKED_OUT | _ONE_PLACE | {
        "follow-up",
        "misspelt",
        "other language",
        "vague",
        "unanswerable",
    }
    assert all(len(collection.staff.documents) >= 7 for collection in made(side))
