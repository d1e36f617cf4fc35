"""The question sets: every file loads, and every answer stands where its question says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from bench.staff.question import KINDS, WORKED_OUT
from bench.staff.render import render
from bench.staff.sets import FOLDER, SETS, StaffCollection, load_set
from bench.staff.stands import stands
from ingest.formats import read
from ingest.parsed.limits import ParseLimits

_YES_OR_NO = re.compile(r"yes|no", re.I)


@cache
def collections(name: str) -> list[StaffCollection]:
    return load_set(FOLDER / name)


@pytest.fixture(
    scope="module", params=[SETS[0], *(pytest.param(name, marks=pytest.mark.long) for name in SETS[1:])]
)
def read_set(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[tuple[str, str], str]]:
    """The name of a set, and the text that the product reads in each file of it."""
    name: str = request.param
    texts = {}
    for collection in collections(name):
        folder: Path = tmp_path_factory.mktemp(f"{name}-{collection.name}")
        for document in collection.documents:
            parsed = read(render(document, folder), ParseLimits())
            texts[collection.name, document.file] = " ".join(page.text for page in parsed.pages)
    return name, texts


@pytest.mark.parametrize("name", SETS)
def test_every_file_loads_and_kinds_are_from_the_list(name: str) -> None:
    asked = [question for collection in collections(name) for question in collection.questions]
    assert {question.kind for question in asked} <= set(KINDS)


def test_ids_are_unique_in_all_sets_together() -> None:
    ids = [question.id for name in SETS for one in collections(name) for question in one.questions]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", SETS)
def test_no_tempting_string_stands_in_an_answer(name: str) -> None:
    contradictions = [
        f"{question.id}: {string!r} in {spelling!r}"
        for collection in collections(name)
        for question in collection.questions
        for must in question.must
        for spelling in must.split("|")
        for string in question.must_not
        if stands(string, spelling, whole_words=True)
    ]
    assert contradictions == []


@pytest.mark.slow
def test_every_answer_stands_in_a_named_document(
    read_set: tuple[str, dict[tuple[str, str], str]],
) -> None:
    name, texts = read_set
    missing = [
        f"{collection.name}, {question.id}: {must!r}"
        for collection in collections(name)
        for question in collection.questions
        if question.kind not in WORKED_OUT
        for must in question.must
        if not any(_YES_OR_NO.fullmatch(spelling.strip()) for spelling in must.split("|"))
        and not any(stands(must, texts[collection.name, file]) for file in question.documents)
    ]
    assert missing == []


def test_the_product_reads_all_words_of_every_document(
    read_set: tuple[str, dict[tuple[str, str], str]],
) -> None:
    name, texts = read_set
    lost = {}
    for collection in collections(name):
        for document in collection.documents:
            read_words = set(re.findall(r"\w+", texts[collection.name, document.file]))
            missing = set(re.findall(r"\w+", " ".join(document.words()))) - read_words
            if missing:
                lost[f"{collection.name}, {document.file}"] = sorted(missing)
    assert lost == {}
